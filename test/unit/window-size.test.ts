import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { repository } from '../fixtures/setup-scripts.ts'

interface WindowSize {
  readonly firstScript: number
  readonly laterScript: number
  readonly stylesAndFonts: number
}
interface WindowSizeModule {
  readonly MOST_FIRST_SCRIPT_BYTES: number
  windowSize(root: string): WindowSize
  windowSizeSection(size: WindowSize): string
}

const { MOST_FIRST_SCRIPT_BYTES, windowSize, windowSizeSection }: WindowSizeModule = await import(
  pathToFileURL(join(repository, 'test/bench/window-size.mjs')).href
)

describe('the size of the built window', () => {
  const folder = mkdtempSync(join(tmpdir(), 'window-size-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has at most 250 kB of script by gzip -9 until the board is drawn, and the panels in other files', () => {
    const { firstScript, laterScript, stylesAndFonts } = windowSize(repository)
    // React alone has more than 50 kB: less means that the scripts were not found.
    expect(firstScript).toBeGreaterThan(50_000)
    expect(firstScript).toBeLessThanOrEqual(MOST_FIRST_SCRIPT_BYTES)
    // The terminal emulator alone.
    expect(laterScript).toBeGreaterThan(90_000)
    expect(stylesAndFonts).toBeGreaterThan(50_000)
  })

  it('counts what index.html asks for, imports included, and tells when it is over the target', () => {
    mkdirSync(join(folder, 'out/renderer/assets'), { recursive: true })
    const write = (name: string, text: string): void => writeFileSync(join(folder, 'out/renderer', name), text)
    write(
      'index.html',
      '<script type="module" crossorigin src="./assets/index-A.js"></script><link rel="modulepreload" href="./assets/react-B.js">'
    )
    for (const name of ['index-A.js', 'react-B.js', 'Panel-C.js', 'index-D.css', 'font-E.woff2', 'icon-F.svg'])
      write(`assets/${name}`, '')
    const empty = windowSize(folder)
    expect([empty.firstScript, empty.laterScript, empty.stylesAndFonts]).toEqual([40, 20, 40])
    expect(windowSizeSection(empty)).toContain('250.0 kB ✓')
    expect(windowSizeSection({ ...empty, firstScript: MOST_FIRST_SCRIPT_BYTES + 1 })).toContain('250.0 kB ✗')
  })
})
