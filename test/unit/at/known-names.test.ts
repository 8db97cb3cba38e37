import { describe, expect, it } from 'vitest'
import { commands } from '../../../src/shared/commands/index.ts'
import { knownElsewhere } from '../../../src/shared/commands/known-elsewhere.ts'
import { nameStanding, type NameStanding } from '../../../src/shared/commands/known-names.ts'
import { notEmulated } from '../../../src/shared/commands/not-emulated.ts'

describe('what is known of the name of a command (D-42)', () => {
  const standings: readonly (readonly [string, 10 | 12 | 13 | 16, NameStanding])[] = [
    ['#SSLD', 10, 'emulated'],
    ['+CPIN', 12, 'emulated'],
    ['E', 16, 'emulated'],
    ['#PSNT', 12, 'not emulated here'],
    ['#PSNT', 10, 'not on this product'],
    // Declared, but for other lines.
    ['#SSLFASTD', 12, 'not on this product'],
    ['#SSLFASTD', 13, 'emulated'],
    ['+CEREG', 10, 'not on this product'],
    ['+QIOPEN', 12, 'not on this product'],
    ['^SISS', 16, 'not on this product'],
    ['+CGATX', 10, 'unknown'],
    ['#FTPOEPN', 12, 'unknown']
  ]

  it.each(standings)('W-1: %s on line %i is %s', (name, line, standing) => {
    expect(nameStanding(name, line)).toBe(standing)
  })

  it.each(['+FTS', '#CAP', '#HTTPQRY', '+CUAD'])(
    'W-1: %s, which no client needs, is not called unknown on any line',
    (name) => {
      for (const line of [10, 12, 13, 16] as const) expect(nameStanding(name, line)).not.toBe('unknown')
    }
  )

  it('W-1: every command of the guide that the matrix lists as not emulated is known', () => {
    for (const name of notEmulated.flatMap(({ names }) => names))
      expect(nameStanding(name, 12), name).not.toBe('unknown')
  })

  it('no name stands twice in the list, and each is upper case with its prefix', () => {
    const names = knownElsewhere.flatMap((one) => one.names)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    expect(names.filter((name) => !/^(?:[A-Z]|[+#$*@^!%&\\_][A-Z0-9]*|#\/)$/.test(name))).toEqual([])
  })

  it('a declared command that carries secrets has them from its declaration alone', () => {
    const declared = new Set<string>(commands.map(({ name }) => name))
    expect(
      knownElsewhere
        .filter((one) => one.secrets)
        .flatMap((one) => one.names)
        .filter((name) => declared.has(name))
    ).toEqual([])
  })
})
