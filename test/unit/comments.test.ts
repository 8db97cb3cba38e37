import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseSync, type Comment } from 'oxc-parser'
import { describe, expect, it } from 'vitest'

describe('doc comments', () => {
  const root = resolve(import.meta.dirname, '../..')
  const files = ['src', 'test', 'build'].flatMap((folder) => sourcesBelow(root, folder))

  it('stand directly above a symbol, except the one that describes a room', () => {
    expect(files.length).toBeGreaterThan(1000)
    expect(files.flatMap((path) => looseComments(path, readFileSync(join(root, path), 'utf8')))).toEqual([])
  })

  it.each([
    ['an import', "/** About a file. */\nimport 'node:fs'", 1],
    ['a re-export', "/** About a file. */\nexport { join } from 'node:path'", 1],
    ['another comment', '/** About a file. */\n/** About x. */\nexport const x = 1', 1],
    ['an empty line', '/** About a file. */\n\nexport const x = 1', 1],
    ['the end of a block', 'export interface A {\n  readonly a: 1\n  /** About nothing. */\n}', 3],
    ['the end of a file', 'export const x = 1\n/** About nothing. */\n', 2]
  ])('are found in front of %s', (_what, text, line) => {
    expect(looseComments('planted.ts', text)).toEqual([`planted.ts:${line}`])
  })

  it.each([
    '/** @module A room. */\n\nimport "node:fs"',
    '/** About x. */\nexport const x = 1',
    'export interface A {\n  /** About a. */\n  readonly a: 1\n}',
    '/** Loads the rest. */\nvoid import("node:fs")',
    '/** About x. */\n// oxlint-disable-next-line no-control-regex\nexport const x = /\\0/',
    '// About a file.\n\nexport const x = 1'
  ])('are not found in %j', (text) => {
    expect(looseComments('planted.ts', text)).toEqual([])
  })
})

/** Returns the places of doc comments that are not directly above a symbol. */
function looseComments(path: string, text: string): readonly string[] {
  const { program, comments, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]!.message}`)
  const imports = new Set(
    program.body
      .filter((node) => node.type === 'ImportDeclaration' || ('source' in node && node.source))
      .map(({ start }) => start)
  )
  const isLoose = ({ type, value, end }: Comment): boolean => {
    if (type !== 'Block' || !value.startsWith('*') || /^[*\s]*@module\b/.test(value)) return false
    const at = end + text.slice(end).search(/\S|$/)
    const next = text.slice(at)
    return (
      /\n[ \t]*\n/.test(text.slice(end, at)) || imports.has(at) || /^(?:$|[)\]}]|\/\*|\/\/ (?!oxlint-|@ts-))/.test(next)
    )
  }
  return comments.filter(isLoose).map(({ start }) => `${path}:${text.slice(0, start).split('\n').length}`)
}

/** Returns the paths of all sources in a folder, below `root`. */
function sourcesBelow(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:tsx?|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !path.includes('node_modules/'))
    .toSorted()
}
