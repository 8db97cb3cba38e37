import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { scratchFolder } from './ports/scratch-folder.ts'

const root = resolve(import.meta.dirname, '../..')
const { unsortedFiles, withSortedImports } = (await import(
  pathToFileURL(resolve(root, 'build/sort-imports.mjs')).href
)) as {
  unsortedFiles(root: string): readonly { readonly path: string }[]
  withSortedImports(path: string, source: string): string
}

describe('the imports of a file', () => {
  it('stand in the order that npm run format makes', () => {
    expect(unsortedFiles(root).map(({ path }) => path)).toEqual([])
  })

  it('are sorted in our own files only, not in packages that a folder has of its own', () => {
    const project = scratchFolder()
    const unsorted = "import { b } from 'b'\nimport { a } from 'a'\n"
    for (const folder of ['src', 'test', 'build/packaging/node_modules/got']) {
      mkdirSync(join(project, folder), { recursive: true })
      writeFileSync(join(project, folder, 'index.ts'), unsorted)
    }
    expect(unsortedFiles(project).map(({ path }) => relative(project, path))).toEqual([
      join('src', 'index.ts'),
      join('test', 'index.ts')
    ])
  })

  it.each([
    [
      'Node, packages, own files from far to near',
      "import { d } from './d.ts'\nimport { c } from '../../c.ts'\nimport { b } from 'b'\nimport { a } from 'node:a'\n",
      "import { a } from 'node:a'\nimport { b } from 'b'\nimport { c } from '../../c.ts'\nimport { d } from './d.ts'\n"
    ],
    [
      'by name where they are equally far',
      "import { b } from '../b.ts'\n\nimport type { a } from '../a.ts'\n\na()\n",
      "import type { a } from '../a.ts'\nimport { b } from '../b.ts'\n\na()\n"
    ],
    [
      'around one that is there for its effect, and a comment',
      "import { d } from './d.ts'\nimport { c } from './c.ts'\nimport './z.css'\nimport { b } from './b.ts'\n// Last.\nimport { a } from './a.ts'\n",
      "import { c } from './c.ts'\nimport { d } from './d.ts'\nimport './z.css'\nimport { b } from './b.ts'\n// Last.\nimport { a } from './a.ts'\n"
    ]
  ])('come in this order: %s', (_order, before, after) => {
    expect(withSortedImports('planted.ts', before)).toBe(after)
    expect(withSortedImports('planted.ts', after)).toBe(after)
  })
})
