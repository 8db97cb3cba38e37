import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'

// The page with the rooms, and the way of a byte, an event and an act through them.

const root = resolve(import.meta.dirname, '../../..')
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
const { architectureDocument, roomsOf, sourceTexts } = (await import(
  pathToFileURL(join(root, 'build/reports/rooms.mjs')).href
)) as RoomModule
const sources = sourceTexts(root)

describe('docs/architecture.md', () => {
  it('has the room of every folder of src, as its main file says it', () => {
    expect(roomsOf(sources).problems).toEqual([])
    expect(architectureDocument(root)).toBe(page)
    const inTable = new Set([...page.matchAll(/^\| `(src\/[^`]+)` \| `[^`]+` \| /gm)].map(([, folder]) => folder!))
    const folders = new Set(sources.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))
    expect([...folders].filter((folder) => !inTable.has(folder))).toEqual([])
  })

  it.each(roomsOf(sources).rooms)('$folder is told in one sentence', ({ sentence }) => {
    expect(sentence).toMatch(/^[A-Z`][^.]*(\.\w+[^.]*)*\.$/)
    expect(sentence.split(' ').length).toBeLessThanOrEqual(30)
  })

  it('names only files and folders that exist', () => {
    const named = [...page.matchAll(/`((?:src|test|build|docs)\/[^`]+)`/g)].map(([, path]) => path!)
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it.each(['a byte', 'an event', 'an act'])('draws the way of %s through several rooms', (what) => {
    const chapter = page.split(`## The way of ${what}\n`)[1]!.split('\n## ')[0]!
    const rooms = new Set([...chapter.matchAll(/`(src\/\w+\/\w+)\//g)].map(([, room]) => room))
    expect(rooms.size).toBeGreaterThanOrEqual(4)
  })
})

describe('the table of rooms', () => {
  it('finds a folder without a main file, and one with two', () => {
    const text = '/** @module A room. */\n'
    const { rooms, problems } = roomsOf([
      { path: 'src/a/one.ts', text },
      { path: 'src/a/two.ts', text },
      { path: 'src/b/one.ts', text: `import {} from './x'\n${text}` },
      { path: 'src/c/one.ts', text: '/**\n * @module A room\n * of two lines.\n */\n' }
    ])
    expect(problems).toEqual([
      'src/a needs one file that begins with /** @module … */ and has 2.',
      'src/b needs one file that begins with /** @module … */ and has 0.'
    ])
    expect(rooms).toEqual([{ folder: 'src/c', file: 'one.ts', sentence: 'A room of two lines.' }])
  })
})

interface RoomModule {
  architectureDocument(root: string): string
  sourceTexts(root: string): { readonly path: string; readonly text: string }[]
  roomsOf(sources: readonly { readonly path: string; readonly text: string }[]): {
    readonly rooms: readonly { readonly folder: string; readonly file: string; readonly sentence: string }[]
    readonly problems: readonly string[]
  }
}
