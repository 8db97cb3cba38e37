import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadSource } from './load-source.mjs'
import { testTitles } from './test-titles.mjs'

/**
 * Which tests show which rule: `{ rows, missing, faults }`. A row is a rule with the tests whose titles cite it; `missing`
 * are those with none that are not put off; `faults` are sentences about what is wrong with the citations themselves.
 */
export async function conformance(root) {
  const { rules } = await loadSource(root, 'src/shared/rules.ts')
  const putOff = JSON.parse(readFileSync(join(root, 'build/reports/put-off.json'), 'utf8'))
  return report(rules, testTitles(root), putOff)
}

/** The same from data: `putOff` names for an id why no test shows it yet. */
export function report(rules, tests, putOff) {
  const cited = new Map(rules.map((rule) => [rule.id, []]))
  const faults = []
  for (const test of tests) {
    for (const id of citedIds(test.title)) {
      if (cited.has(id)) cited.get(id).push(test)
      else faults.push(`${test.file}:${test.line} cites ${id}, which is no rule.`)
    }
  }
  const rows = rules.map((rule) => ({ rule, tests: cited.get(rule.id), putOff: putOff[rule.id] ?? null }))
  for (const id of Object.keys(putOff)) {
    if (!cited.has(id)) faults.push(`put-off.json names ${id}, which is no rule.`)
    else if (cited.get(id).length > 0) faults.push(`put-off.json still names ${id}, which ${cited.get(id)[0].file} shows.`)
  }
  return { rows, missing: rows.filter((row) => row.tests.length === 0 && row.putOff === null), faults }
}

/** Ids in a text: `G-3.2-6`, `D-7`, and spans such as `G-3.5-1..3` or `D-1 to D-3` one by one. */
export function citedIds(text) {
  const ids = new Set()
  for (const [, prefix, from, to] of text.matchAll(/\b(G-\d+(?:\.\d+)?-|D-)(\d+)(?:(?:\.\.| to (?:\1)?)(\d+))?(?![\d.]*-\d)/g)) {
    for (let number = Number(from); number <= Number(to ?? from); number += 1) ids.add(`${prefix}${number}`)
  }
  return [...ids]
}
