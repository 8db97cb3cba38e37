import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readSources } from '../../fixtures/import-graph.ts'

// The licences of the packages in this program.

const root = resolve(import.meta.dirname, '../../..')
const { bundledPackages, importedPackages, noticesDocument } = (await import(
  pathToFileURL(join(root, 'build/reports/notices-document.mjs')).href
)) as NoticesModule
const bundled = bundledPackages(root)

describe('THIRD-PARTY-NOTICES.md', () => {
  it('is what the sources import now', () => {
    expect(readFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), 'utf8')).toBe(noticesDocument(root))
  })

  it('knows every package that a parser finds in the sources, and the fonts', () => {
    const parsed = readSources(root, 'src')
      .flatMap(({ imports }) => imports.map(({ to }) => to))
      .filter((to) => !to.startsWith('src/') && !to.startsWith('node:') && to !== 'electron')
      .map((to) => /^(@[^/]+\/)?[^/]+/.exec(to)![0])
    expect([...new Set(parsed)].filter((name) => !bundled.some((one) => one.name === name))).toEqual([])
    expect(importedPackages(root).filter((name) => name.startsWith('@fontsource'))).toHaveLength(
      readFileSync(join(root, 'src/renderer/theme/fonts.css'), 'utf8').match(/@font-face/g)!.length
    )
  })

  it('knows every package that the bundler put into the main program', () => {
    const maps = readdirSync(join(root, 'out/main'), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.map'))
    expect(maps.length).toBeGreaterThan(5)
    const packed = maps.flatMap((name) => {
      const { sources } = JSON.parse(readFileSync(join(root, 'out/main', name), 'utf8')) as { sources: string[] }
      return sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [])
    })
    expect(packed).toContain('valibot')
    expect([...new Set(packed)].filter((name) => !bundled.some((one) => one.name === name))).toEqual([])
  })

  it.each(bundled)('$name $version has a licence that lets it be passed on, with its text', ({ licence, text }) => {
    expect(licence.replace(/[()]/g, '').split(' OR ')).toSatisfy((choices: string[]) =>
      choices.some((one) =>
        ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'OFL-1.1', '0BSD'].includes(one)
      )
    )
    expect(text).toMatch(/copyright|license/i)
  })
})

interface NoticesModule {
  noticesDocument(root: string): string
  importedPackages(root: string): readonly string[]
  bundledPackages(
    root: string
  ): readonly { readonly name: string; readonly version: string; readonly licence: string; readonly text: string }[]
}
