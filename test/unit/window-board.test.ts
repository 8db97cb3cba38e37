import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataMatrix14, pathOf } from '../../src/renderer/board/data-matrix.ts'
import { DARK_MS, LampPulse, LIT_MS } from '../../src/renderer/board/lamp-pulse.ts'
import { commandsFor } from '../../src/renderer/board/part-facts.ts'
import { shownPeriodMs, statPattern, waveform } from '../../src/renderer/board/stat-pattern.ts'
import { bareNote, linesOf, shownPort, uartLines } from '../../src/renderer/board/uart-lines.ts'
import { passed } from '../../src/renderer/board/use-traffic.ts'
import { zoneOf } from '../../src/renderer/board/zone.ts'
import { profileNamed } from '../../src/renderer/state/profile-named.ts'
import { drawnPart, type PartId } from '../../src/renderer/state/sentence/board-parts.ts'
import { append, emptyBuffer } from '../../src/renderer/state/store/event-buffer.ts'
import type { PortSnapshot, Snapshot } from '../../src/shared/calls/snapshot.ts'
import { commands } from '../../src/shared/commands/index.ts'
import { clockChipText } from '../../src/shared/hardware/clock-change.ts'
import { products, profileOf } from '../../src/shared/products/catalog.ts'
import { scene } from '../fixtures/window-states.ts'
import { Story } from '../fixtures/window-story.ts'

const inStates = (states: Readonly<Record<string, string>>): Snapshot => {
  const { snapshot } = scene('fresh')
  return { ...snapshot, charts: snapshot.charts.map((chart) => ({ ...chart, state: states[chart.id] ?? chart.state })) }
}

describe('the STAT lamp', () => {
  it.each([
    [{ power: 'off' }, 'off', 'module off'],
    [{ power: 'booting', registration: 'idle' }, 'fast', 'starting'],
    [{ registration: 'searching' }, 'fast', 'searching'],
    [{ registration: 'denied' }, 'fast', 'refused'],
    [{ registration: 'idle' }, 'fast', 'no network'],
    [{ registration: 'home' }, 'slow', 'registered'],
    [{ registration: 'roaming' }, 'slow', 'registered'],
    [{ ssl: 'handshake' }, 'slow', 'registered'],
    [{ ssl: 'open.command' }, 'on', 'connected']
  ])('in %o: %s, %s', (states, kind, because) => {
    expect(statPattern(inStates(states))).toMatchObject({ kind, because })
  })

  it('is drawn as three seconds of its pattern', () => {
    expect(waveform(statPattern(inStates({ power: 'off' })), 30, 5)).toBe('M0 5H30')
    expect(waveform(statPattern(inStates({ ssl: 'open.online' })), 30, 5)).toBe('M0 0H30')
    expect(waveform(statPattern(inStates({})), 30, 5)).toBe('M0 5V0H3V5H30')
    expect(waveform(statPattern(inStates({ registration: 'searching' })), 30, 5)).toBe(
      'M0 5V0H5V5H10V0H15V5H20V0H25V5H30'
    )
  })

  it('keeps the pace of the module’s time, and never flashes more than three times a second', () => {
    const fast = statPattern(inStates({ registration: 'searching' }))
    expect([0.5, 1, 2, 20, 1000].map((speed) => shownPeriodMs(fast, speed))).toEqual([2000, 1000, 500, 400, 400])
  })
})

describe('a lamp of the serial port', () => {
  function bench(): { pulse: LampPulse; shown: [number, boolean][]; pass(ms: number): void } {
    const shown: [number, boolean][] = []
    let nowMs = 0
    let due: { atMs: number; run: () => void } | null = null
    const timer = {
      set: (run: () => void, ms: number) => (due = { atMs: nowMs + ms, run }),
      clear: () => {
        due = null
      }
    }
    const pulse = new LampPulse((lit) => shown.push([nowMs, lit]), timer)
    const pass = (ms: number): void => {
      const untilMs = nowMs + ms
      while (due && due.atMs <= untilMs) {
        const { atMs, run } = due
        due = null
        nowMs = atMs
        run()
      }
      nowMs = untilMs
    }
    return { pulse, shown, pass }
  }

  it('is lit for 80 ms by one burst, and then dark', () => {
    const { pulse, shown, pass } = bench()
    pulse.burst()
    pass(1000)
    expect(shown).toEqual([
      [0, true],
      [LIT_MS, false]
    ])
    expect(LIT_MS).toBeGreaterThanOrEqual(80)
  })

  it('is lit once more by whatever came meanwhile, with a gap that can be seen', () => {
    const { pulse, shown, pass } = bench()
    for (let burst = 0; burst < 5; burst++) {
      pulse.burst()
      pass(10)
    }
    pass(1000)
    expect(shown).toEqual([
      [0, true],
      [LIT_MS, false],
      [LIT_MS + DARK_MS, true],
      [2 * LIT_MS + DARK_MS, false]
    ])
  })

  it('says nothing more once it is stopped', () => {
    const { pulse, shown, pass } = bench()
    pulse.burst()
    pulse.stop()
    pass(1000)
    expect(shown).toEqual([[0, true]])
  })

  it('follows real bytes of AT0, also those that are joined to an older row', () => {
    const story = new Story()
    story.bytes('tx', 'A')
    let buffer = append(emptyBuffer, story.events)
    expect([passed(buffer.rows, 'tx', -1), passed(buffer.rows, 'tx', 0), passed(buffer.rows, 'rx', -1)]).toEqual([
      true,
      false,
      false
    ])
    story.bytes('tx', 'T')
    story.tell({ kind: 'bytes', direction: 'rx', bytes: new Uint8Array([65]), data: false }, null, 1)
    buffer = append(buffer, story.events)
    expect([passed(buffer.rows, 'tx', 0), passed(buffer.rows, 'tx', 1), passed(buffer.rows, 'rx', 0)]).toEqual([
      true,
      false,
      false
    ])
  })
})

describe('the lines of the connector', () => {
  const port: PortSnapshot = {
    id: 1,
    instance: 0,
    kind: 'pty',
    name: '/run/tty0',
    clientPresent: false,
    client: null,
    bytesFromHost: 0,
    bytesToHost: 0,
    has: false,
    refusedBytes: 0,
    lostBytes: 0,
    pace: 'off',
    baud: null,
    trouble: null
  }
  it('are not there on a pty and over TCP, and say why', () => {
    expect(linesOf(port)).toEqual({
      rts: null,
      cts: null,
      dtr: null,
      dsr: null,
      dcd: null,
      ri: null,
      why: 'A pty carries bytes only: it has no modem lines.'
    })
    expect(linesOf({ ...port, kind: 'tcp' }).why).toContain('TCP')
    expect(bareNote(port)).toBe('no modem lines on a pty')
  })
  it('are shown where the port knows them', () => {
    const lines = { rts: true, cts: false, dtr: true, dsr: true, dcd: false, ri: false, why: null }
    expect(bareNote({ ...port, kind: 'serial', lines })).toBeNull()
    expect(linesOf({ ...port, lines })).toBe(lines)
    expect(uartLines.map(({ name }) => name).join(' ')).toBe('TXD RXD CTS RTS DTR DSR DCD RI')
  })
  it('are those of the port that a host has', () => {
    const taken = { ...port, kind: 'tcp' as const, clientPresent: true }
    expect(shownPort([port, taken, { ...taken, instance: 1 }])).toBe(taken)
    expect(shownPort([{ ...port, instance: 1 }])).toBeNull()
  })
})

describe('the code on the can', () => {
  it('is the Data Matrix of the IMEI', () => {
    // Made once with an independent encoder (bwip-js, 14 x 14).
    expect(dataMatrix14('001010100050019')!.map((row) => row.map((dark) => (dark ? '#' : '.')).join(''))).toEqual([
      '#.#.#.#.#.#.#.',
      '##.#....##.###',
      '#..##.#..##...',
      '##......######',
      '#.#..#..##....',
      '#.##...#.#####',
      '#.#.....#..#..',
      '#..#.##..###.#',
      '###...........',
      '##.##...#.#.##',
      '#.##.###...##.',
      '###.#.##..#..#',
      '#..#..#..##...',
      '##############'
    ])
    expect(dataMatrix14('a text that needs a larger symbol')).toBeNull()
    expect(
      pathOf([
        [true, true, false],
        [false, true, true]
      ])
    ).toBe('M0 0h2v1h-2zM1 1h2v1h-2z')
  })
})

describe('what a part tells', () => {
  const parts: readonly PartId[] = ['stat', 'on', 'reset', 'module', 'antenna', 'clock', 'nvm', 'sim', 'uart', 'supply']
  it.each(parts)('%s: the commands that are declared, with their summary', (part) => {
    const told = commandsFor(part, profileNamed('HE910', '12.00.xx5'))
    expect(told.length).toBeGreaterThan(0)
    for (const { line, summary } of told)
      expect(
        commands.find((one) => line.startsWith(`AT${one.name}`) && one.summary === summary),
        line
      ).toBeDefined()
  })
  it('names only commands that the product has', () => {
    expect(commandsFor('nvm', profileNamed('HE910', '12.00.xx5')).map(({ line }) => line)).toEqual([
      'AT#SSLSECDATA?',
      'AT#SSLSECCFG?'
    ])
    const early = products
      .flatMap((one) => one.software.map(({ name }) => profileOf(one.name, name)))
      .find((one) => !one.hasSsl)!
    expect(commandsFor('nvm', early)).toEqual([])
    expect(profileNamed('no such', '1')).toBeNull()
  })
  it('is marked by what an explanation touches, as far as it is drawn', () => {
    const touched = [
      'clock',
      'nvm:ca-certificate',
      'far-end',
      'ssl',
      'registration',
      'network',
      'sim',
      'power',
      'at',
      'timer:txTo',
      'toString'
    ]
    expect(touched.map(drawnPart)).toEqual([
      'clock',
      'nvm',
      null,
      null,
      'antenna',
      'antenna',
      'sim',
      'supply',
      'uart',
      null,
      null
    ])
  })
  it('gives the zone of the clock in hours', () => {
    expect(['26/11/23,09:41:27+04', '26/11/23,09:41:27-14', '26/11/23,09:41:27'].map(zoneOf)).toEqual([
      '+01:00',
      '-03:30',
      ''
    ])
  })
})

describe('a time for the clock chip', () => {
  it.each([
    ['2026-10-01T09:00:00', '26/10/01,09:00:00'],
    ['2026-10-01T09:00', '26/10/01,09:00:00'],
    ['1999-12-31T23:59:59Z', '99/12/31,23:59:59+00'],
    ['2026-10-01T09:00:00-03:30', '26/10/01,09:00:00-14']
  ])('%s is %s', (at, text) => {
    expect(clockChipText(at)).toBe(text)
  })
  it.each([
    '2026-02-30T00:00:00',
    '1979-01-01T00:00:00',
    '2080-01-01T00:00:00',
    '2026-10-01T24:00:00',
    '2026-10-01T09:00:00+01:10',
    'tomorrow'
  ])('%s is refused with one sentence', (at) => {
    expect(() => clockChipText(at)).toThrow(/^[^\n]+\.$/)
  })
})

describe('the colours of the board', () => {
  const css = readFileSync(resolve(import.meta.dirname, '../../src/renderer/theme/tokens.css'), 'utf8').replaceAll(
    /\/\*[\s\S]*?\*\//g,
    ''
  )
  const tokens = (selector: string): Record<string, string> => {
    const start = css.indexOf(`${selector} {`)
    const body = css.slice(start, css.indexOf('\n}', start))
    return Object.fromEntries(
      [...body.matchAll(/--([bc]-[\w-]+):\s*(#[0-9a-fA-F]{3,6})/g)].map((found) => [found[1]!, found[2]!])
    )
  }
  const light = tokens(":root[data-theme='light']")
  const dark = { ...light, ...tokens(":root[data-theme='dark']") }
  const more = tokens(":root[data-contrast='more']")
  const themes = {
    light,
    dark,
    'light, more': { ...light, ...more },
    'dark, more': { ...dark, ...more, ...tokens(":root[data-theme='dark'][data-contrast='more']") }
  }
  const text = [
    ['b-silk', 'b-mask'],
    ['b-silk-2', 'b-mask'],
    ['b-alarm', 'b-mask'],
    ['b-trace-live', 'b-mask'],
    ['b-etch', 'b-can-1'],
    ['b-etch', 'b-can-2'],
    ['b-etch-2', 'b-can-1'],
    ['b-etch-2', 'b-can-2'],
    ['b-epoxy-ink', 'b-epoxy'],
    ['b-epoxy-ink-2', 'b-epoxy'],
    ['b-alarm', 'b-epoxy'],
    ['b-card-ink', 'b-card'],
    ['b-card-ink-2', 'b-card']
  ] as const
  const shapes = [
    ['b-lamp-tx', 'b-lamp-off'],
    ['b-lamp-rx', 'b-lamp-off'],
    ['b-lamp-stat', 'b-lamp-off'],
    ['b-trace-tx', 'b-mask'],
    ['b-trace-rx', 'b-mask'],
    ['b-epoxy-ink', 'b-epoxy-2'],
    ['b-ring', 'b-epoxy'],
    ['b-silk', 'b-mask-2']
  ] as const
  describe.each(Object.entries(themes))('%s', (_name, of) => {
    it.each(text)('%s on %s can be read (4.5)', (ink, ground) => {
      expect(contrast(of[ink]!, of[ground]!)).toBeGreaterThanOrEqual(4.5)
    })
    it.each(shapes)('%s against %s can be seen (3.0)', (shape, ground) => {
      expect(contrast(of[shape]!, of[ground]!)).toBeGreaterThanOrEqual(3)
    })
  })
  it('are all tokens', () => {
    const sheet = readFileSync(resolve(import.meta.dirname, '../../src/renderer/board/board.css'), 'utf8')
    expect(sheet.match(/(?<![\w"(-])#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(/g) ?? []).toEqual([])
  })
})

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
