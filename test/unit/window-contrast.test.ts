import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

// The contrast of colours that meet in the window, by WCAG 2.2 (1.4.3 and 1.4.11), computed from the tokens.

const css = readFileSync(resolve(import.meta.dirname, '../../src/renderer/theme/tokens.css'), 'utf8').replaceAll(
  /\/\*[\s\S]*?\*\//g,
  ''
)

const light = tokensOf(":root[data-theme='light']")
const dark = { ...light, ...tokensOf(":root[data-theme='dark']") }
const more = tokensOf(":root[data-contrast='more']")
const themes = {
  light,
  dark,
  'light, more contrast': { ...light, ...more },
  'dark, more contrast': { ...dark, ...more, ...tokensOf(":root[data-theme='dark'][data-contrast='more']") }
}

/** Text colours, with the backgrounds on which they are used. */
const text: readonly (readonly [string, readonly string[]])[] = [
  ['ink', ['panel', 'panel-2', 'frame', 'hover', 'live-soft', 'err-soft', 'field']],
  ['ink-2', ['panel', 'panel-2', 'frame', 'hover', 'live-soft', 'field', 'err-soft']],
  ['ink-3', ['panel', 'panel-2', 'frame', 'hover', 'live-soft', 'field']],
  ['live', ['panel', 'panel-2', 'frame', 'live-soft']],
  ['tx', ['panel', 'hover', 'live-soft']],
  ['rx', ['panel', 'hover', 'live-soft']],
  ['urc', ['panel', 'hover', 'live-soft']],
  ['eng', ['panel', 'hover', 'live-soft']],
  ['inj', ['panel', 'inj-soft']],
  ['err', ['panel', 'panel-2', 'frame', 'err-soft']],
  ['invert', ['live-fill', 'ink', 'live']]
]

/** Outlines of controls and states, bars on their track, marks. */
const shapes: readonly (readonly [string, readonly string[]])[] = [
  ['line-2', ['panel', 'panel-2']],
  ['live-fill', ['panel', 'field', 'panel-2']],
  ['ink-2', ['field']],
  ['err', ['field', 'panel', 'err-soft']],
  ['live', ['panel', 'panel-2']]
]

describe.each(Object.entries(themes))('%s', (_name, tokens) => {
  it.each(pairs(text))('%s on %s can be read (4.5)', (ink, ground) => {
    expect(contrast(tokens[ink]!, tokens[ground]!)).toBeGreaterThanOrEqual(4.5)
  })
  it.each(pairs(shapes))('%s against %s can be seen (3.0)', (shape, ground) => {
    expect(contrast(tokens[shape]!, tokens[ground]!)).toBeGreaterThanOrEqual(3)
  })
})

it('knows the two ends of the scale', () => {
  expect(contrast('#000', '#FFFFFF')).toBeCloseTo(21)
  expect(contrast('#777777', '#777777')).toBe(1)
})

it('finds no colour outside the tokens', () => {
  for (const file of ['base', 'shell', 'dock', 'float', 'panels', 'timeline', 'fonts']) {
    const sheet = readFileSync(resolve(import.meta.dirname, `../../src/renderer/theme/${file}.css`), 'utf8')
    expect(sheet.match(/(?<![\w"-])#[0-9a-fA-F]{3,8}\b(?!")|\brgba?\(|\bhsla?\(/g) ?? [], `${file}.css`).toEqual([])
  }
})

function tokensOf(selector: string): Readonly<Record<string, string>> {
  const start = css.indexOf(`${selector} {`)
  if (start < 0) throw new Error(`tokens.css has no rule ${selector}.`)
  const body = css.slice(start, css.indexOf('\n}', start))
  return Object.fromEntries(
    [...body.matchAll(/--c-([\w-]+):\s*(#[0-9a-fA-F]{3,6})/g)].map((found) => [found[1]!, found[2]!])
  )
}

function pairs(table: readonly (readonly [string, readonly string[]])[]): (readonly [string, string])[] {
  return table.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const))
}

function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.slice(1).replaceAll(/./g, '$&$&') : hex.slice(1)
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(digits.slice(at, at + 2), 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
