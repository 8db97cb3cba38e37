import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Limit of the script that is loaded before the board is drawn, in bytes after `gzip -9`. */
export const MOST_FIRST_SCRIPT_BYTES = 250_000

/**
 * Returns the sizes of the built window after `gzip -9`, in bytes. `firstScript` is what `index.html` loads to draw the
 * board. `laterScript` is loaded afterwards for the panels (`test/desktop/later-panels.test.ts`).
 */
export function windowSize(root) {
  const folder = join(root, 'out/renderer')
  const first = firstScripts(readFileSync(join(folder, 'index.html'), 'utf8'))
  const files = readdirSync(join(folder, 'assets')).map((name) => ({
    name,
    bytes: gzipSync(readFileSync(join(folder, 'assets', name)), { level: 9 }).length
  }))
  const sum = (wanted) => files.filter(wanted).reduce((total, { bytes }) => total + bytes, 0)
  const isScript = ({ name }) => name.endsWith('.js')
  return {
    firstScript: sum((file) => first.includes(file.name)),
    laterScript: sum((file) => isScript(file) && !first.includes(file.name)),
    stylesAndFonts: sum(({ name }) => /\.(css|woff2)$/.test(name))
  }
}

/** Returns the scripts that `index.html` loads: the first one and its imports. */
export function firstScripts(html) {
  return Array.from(html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.js)"/g), ([, name]) => name)
}

export function windowSizeSection({ firstScript, laterScript, stylesAndFonts }) {
  const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`
  const met = firstScript <= MOST_FIRST_SCRIPT_BYTES ? '✓' : '✗'
  return `## Size of the window

The files of the built window, each after \`gzip -9\`.

| | size | target |
| --- | --- | --- |
| script until the board is drawn | **${kb(firstScript)}** | ${kb(MOST_FIRST_SCRIPT_BYTES)} ${met} |
| script of the panels and sheets, loaded after it | ${kb(laterScript)} | reported |
| styles and fonts | ${kb(stylesAndFonts)} | reported |`
}
