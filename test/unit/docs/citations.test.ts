import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decisions } from '../../../src/shared/rules/decisions.ts'
import { guideRules } from '../../../src/shared/rules/guide-rules.ts'

// Everything that code, tests and pages cite can be looked up in this repository.

const root = resolve(import.meta.dirname, '../../..')
const page = (name: string): string => readFileSync(join(root, 'docs', name), 'utf8')

const ruleIds = new Set([...page('rules.md').matchAll(/^\| (G-[\d.]+-\d+) \|/gm)].map(([, id]) => id!))
/** Decisions about the module are in tables, those about the program under headings. */
const decisionIds = new Set([...page('decisions.md').matchAll(/^(?:\| |### )(D-\d+) /gm)].map(([, id]) => id!))
const chapters = new Set([...page('at-reference.md').matchAll(/^##+ (\d+(?:\.\d+)?)\.? /gm)].map(([, id]) => id!))

const texts = ['src', 'test', 'build', 'docs'].flatMap((folder) => textsBelow(folder))

describe('what is cited', () => {
  it.each([
    ['a rule of the guide', /\bG-\d[\d.]*-\d+\b/g, ruleIds],
    ['a decision', /\bD-\d+\b/g, decisionIds],
    ['a chapter of the AT reference', /(?<=\bat-reference )\d+(?:\.\d+)?/gi, chapters]
  ])('stands in the docs: %s', (_kind, cited, known) => {
    const dangling = texts.flatMap(({ path, text }) =>
      [...text.matchAll(cited)].filter(([id]) => !known.has(id)).map(([id]) => `${path}: ${id}`)
    )
    expect(dangling).toEqual([])
  })

  it('decisions in code and docs are the same ones', () => {
    const built = [...page('decisions.md').matchAll(/^\| (D-\d+) \| (.*)$/gm)]
      .filter(([, , rest]) => !rest!.includes('Not built yet'))
      .map(([, id]) => id!)
    expect(built.toSorted()).toEqual(decisions.map(({ id }) => id).toSorted())
    expect([...ruleIds].toSorted()).toEqual(guideRules.map(({ id }) => id).toSorted())
  })

  it('is looked for in many files', () => {
    expect(texts.length).toBeGreaterThan(300)
    expect(texts.filter(({ text }) => /\bD-\d+\b/.test(text)).length).toBeGreaterThan(20)
  })
})

function textsBelow(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|mjs|md)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') }))
}
