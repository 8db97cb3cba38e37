import { describe, expect, it } from 'vitest'
import { missingMessages } from '../../src/renderer/panels/handshake/steps.ts'
import { openCommands } from '../../src/renderer/panels/terminal/commands.ts'
import { validityOf } from '../../src/renderer/panels/values/validity.ts'
import {
  grouped,
  limitSeconds,
  parseClockChip,
  seconds,
  shortBytes,
  sinceCause
} from '../../src/renderer/state/sentence/formats.ts'
import { silenceBeforeEscapeMs } from '../../src/renderer/state/terminal/escape-guard.ts'
import { scene } from '../fixtures/window-states.ts'

describe('figures', () => {
  it('groups thousands and writes times with their unit', () => {
    expect([71_023, 999_999, 2_274_900, 123_456_789].map(shortBytes)).toEqual([
      '71\u202f023 B',
      '999\u202f999 B',
      '2.27 MB',
      '123 MB'
    ])
    expect([grouped(7), grouped(1071), grouped(1_234_567)]).toEqual(['7', '1\u202f071', '1\u202f234\u202f567'])
    expect([sinceCause(0), sinceCause(80), sinceCause(12_345), sinceCause(3_600_000)]).toEqual([
      '+0 ms',
      '+80 ms',
      '+12.3 s',
      '+60 min'
    ])
    expect([seconds(1900), seconds(84_100), seconds(120_000), seconds(-5)]).toEqual(['1.9', '84.1', '120', '0.0'])
    expect([limitSeconds(90_000), limitSeconds(5000), limitSeconds(500)]).toEqual(['90', '5.0', '0.5'])
  })

  it('reads the clock chip with its quarters of an hour', () => {
    expect(parseClockChip('26/11/23,09:41:27+04')).toEqual({
      ms: Date.UTC(2026, 10, 23, 8, 41, 27),
      text: '2026-11-23 09:41:27'
    })
    expect(parseClockChip('80/01/06,00:00:00')?.text).toBe('1980-01-06 00:00:00')
    expect(parseClockChip('"26/11/23,09:41:27-20"')?.ms).toBe(Date.UTC(2026, 10, 23, 14, 41, 27))
    expect(parseClockChip('later')).toBeNull()
  })
})

describe('validity against the module’s clock', () => {
  const dates = { notBeforeMs: 1000, notAfterMs: 3000 }
  it.each([
    [2000, 'valid', 0.5],
    [500, 'early', -0.2],
    [3000, 'valid', 1],
    [3999, 'valid', 1],
    [4000, 'expired', 1.2],
    [null, 'unknown', null]
  ] as const)('T-2: at %s: %s', (clockMs, verdict, at) => {
    expect(validityOf(dates, clockMs)).toMatchObject({ verdict, at })
  })
  it('says nothing about a slot without dates', () => {
    expect(validityOf({ notBeforeMs: null, notAfterMs: 5 }, 1)).toBeNull()
  })
})

describe('messages that did not come', () => {
  it('lists what a failed handshake still lacked', () => {
    expect(missingMessages(scene('failed').snapshot.handshake!).map((step) => step.name)).toEqual([
      'ServerHelloDone',
      'ClientKeyExchange',
      'ChangeCipherSpec',
      'Finished',
      'ChangeCipherSpec',
      'Finished'
    ])
  })
  it('lists nothing for one that succeeded or still runs', () => {
    const open = scene('online').snapshot.handshake!
    expect(missingMessages(open)).toEqual([])
    expect(missingMessages({ ...open, outcome: 'running', messages: open.messages.slice(0, 3) })).toEqual([])
  })
})

describe('the terminal', () => {
  it('offers lines that a shell takes as they are', () => {
    expect(openCommands({ kind: 'pty', name: '/run/user/1000/tty0' }).map((one) => one.line)).toEqual([
      'minicom -D /run/user/1000/tty0 -b 115200',
      'picocom -b 115200 --omap delbs /run/user/1000/tty0',
      'python3 -m serial.tools.miniterm /run/user/1000/tty0 115200'
    ])
    expect(openCommands({ kind: 'pty', name: "/home/it's me/tty0" })[1]!.line).toBe(
      String.raw`picocom -b 115200 --omap delbs '/home/it'\''s me/tty0'`
    )
    expect(openCommands({ kind: 'tcp', name: '127.0.0.1:5000' }).map((one) => one.line)).toEqual([
      'python3 -m serial.tools.miniterm socket://127.0.0.1:5000',
      'nc 127.0.0.1 5000',
      'telnet 127.0.0.1 5000'
    ])
  })

  it('is silent before +++ for the module’s guard time, at the pace of its clock', () => {
    const silence = (speed: number, limit: number) =>
      silenceBeforeEscapeMs({
        speed,
        timers: [{ name: 'escape', running: false, unit: 'ms', value: 0, limit, consequence: '' }]
      })
    expect(silenceBeforeEscapeMs(null)).toBe(1100)
    expect(silence(1, 1000)).toBe(1100)
    // ATS12=100.
    expect(silence(1, 2000)).toBe(2100)
    expect(silence(0.5, 1000)).toBe(2200)
    expect(silence(20, 1000)).toBe(1100)
  })
})
