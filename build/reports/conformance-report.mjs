import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadSource } from './load-source.mjs'
import { testTitles } from './test-titles.mjs'

/**
 * Returns which tests show which rule: `{ tables, rows, missing, faults }`. A row is a rule with the tests whose titles
 * cite it; `tables` are the rows under their headings; `missing` are rules without a test that are not put off;
 * `faults` are sentences about wrong citations.
 */
export async function conformance(root) {
  const { rules, ruleTables } = await loadSource(root, 'src/shared/rules/rules.ts')
  const putOff = JSON.parse(readFileSync(join(root, 'build/reports/put-off.json'), 'utf8'))
  const found = report(rules, testTitles(root), putOff)
  const rowOf = new Map(found.rows.map((row) => [row.rule.id, row]))
  const tables = ruleTables.map(({ heading, rules: listed }) => ({
    heading,
    rows: listed.map(({ id }) => rowOf.get(id))
  }))
  return { ...found, tables }
}

/** The same from data. `putOff` has for each id the reason why no test shows it yet. */
export function report(rules, tests, putOff) {
  const cited = new Map(rules.map((rule) => [rule.id, []]))
  const faults = []
  for (const test of tests) {
    for (const id of citedIds(test.title)) {
      if (cited.has(id)) cited.get(id).push(test)
      // Findings from outside (M-…) may be cited without a rule, because some were fixed without a new rule.
      else if (!id.startsWith('M-')) faults.push(`${test.file}:${test.line} cites ${id}, which is no rule.`)
    }
  }
  const rows = rules.map((rule) => ({ rule, tests: cited.get(rule.id), putOff: putOff[rule.id] ?? null }))
  for (const id of Object.keys(putOff)) {
    if (!cited.has(id)) faults.push(`put-off.json names ${id}, which is no rule.`)
    else if (cited.get(id).length > 0)
      faults.push(`put-off.json still names ${id}, which ${cited.get(id)[0].file} shows.`)
  }
  return { rows, missing: rows.filter((row) => row.tests.length === 0 && row.putOff === null), faults }
}

/**
 * Returns the ids in a text, such as `G-3.2-6`, `D-7`, `M-1`. Spans such as `G-3.5-1..3` or `D-1 to D-3` are expanded.
 */
export function citedIds(text) {
  const ids = new Set()
  for (const [, prefix, from, to] of text.matchAll(
    /\b(G-\d+(?:\.\d+)?-|D-|M-)(\d+)(?:(?:\.\.| to (?:\1)?)(\d+))?(?![\d.]*-\d)/g
  )) {
    for (let number = Number(from); number <= Number(to ?? from); number += 1) ids.add(`${prefix}${number}`)
  }
  return [...ids]
}
