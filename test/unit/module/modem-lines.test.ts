import { describe, expect, it } from 'vitest'
import type { ModuleUart } from '../../../src/shared/hardware/port-lines.ts'
import { Bench, type FarEnd } from '../../fixtures/bench.ts'

const dialOnline = 'AT#SSLD=1,443,"123.124.125.126",0,0'

function uartOf(bench: Bench): ModuleUart {
  return bench.uarts.at(-1)!
}

/** Returns the names of the module's lines that are on. */
function on(bench: Bench): string {
  return Object.entries(uartOf(bench).lines)
    .flatMap(([name, state]) => (state ? [name] : []))
    .join(' ')
}

function online(...before: readonly string[]): { bench: Bench; far: FarEnd } {
  let far!: FarEnd
  const bench = new Bench().farEnd((end) => (far = end)).readyToDial()
  for (const line of before) bench.at(line)
  expect(bench.at(dialOnline)).toContain('CONNECT')
  return { bench, far }
}

/** Sets DTR on, then off. */
function dropDtr(bench: Bench, offMs = 200): void {
  const { uart } = bench.module.instances[0]!
  uart.hostLines({ rts: true, dtr: true })
  uart.hostLines({ rts: true, dtr: false })
  bench.pass(offMs)
}

describe('the lines that the module drives (at-reference 2.1)', () => {
  it('are off while it is off, and CTS and DSR are on once commands are heard', () => {
    const bench = new Bench()
    expect(on(bench)).toBe('cts dsr')
    bench.at('AT#SHDN')
    bench.pass(3_000)
    expect(on(bench)).toBe('')
  })

  it('DCD follows the connection with AT&C1, the factory setting', () => {
    const { bench, far } = online()
    expect(on(bench)).toBe('cts dsr dcd')
    far.close()
    bench.pass(100)
    expect(bench.output()).toContain('NO CARRIER')
    expect(on(bench)).toBe('cts dsr')
  })

  it('DCD goes off with +++ and on again with #SSLO', () => {
    const { bench } = online()
    bench.pass(1_100)
    bench.type('+++')
    bench.pass(1_100)
    expect(on(bench)).toBe('cts dsr')
    bench.at('AT#SSLO=1')
    expect(on(bench)).toBe('cts dsr dcd')
  })

  it('DCD is always on with AT&C0, and off for a moment at the end with AT&C2', () => {
    const bench = new Bench()
    bench.at('AT&C0')
    expect(on(bench)).toBe('cts dsr dcd')
    const { bench: winking, far } = online('AT&C2')
    expect(on(winking)).toBe('cts dsr dcd')
    far.close()
    winking.pass(100)
    expect(on(winking)).toBe('cts dsr')
    winking.pass(600)
    expect(on(winking)).toBe('cts dsr dcd')
  })

  it('DSR follows the connection with AT&S2', () => {
    const { bench, far } = online('AT&S2')
    expect(on(bench)).toBe('cts dsr dcd')
    far.close()
    bench.pass(100)
    expect(on(bench)).toBe('cts')
  })

  it('RI is on for a second when data waits for a host in command mode', () => {
    let far!: FarEnd
    const bench = new Bench().farEnd((end) => (far = end)).readyToDial()
    bench.at('AT#SSLCFG=1,1,300,90,100,50,1')
    expect(bench.at('AT#SSLD=1,443,"123.124.125.126",0,1')).toContain('OK')
    far.send('hello')
    bench.pass(200)
    expect(bench.output()).toContain('SSLSRING')
    expect(on(bench)).toBe('cts dsr ri')
    bench.pass(1_000)
    expect(on(bench)).toBe('cts dsr')
  })

  it('AT&K and AT+IPR reach the port, the rate after its OK', () => {
    const bench = new Bench()
    expect(uartOf(bench).flow).toEqual({ byCts: true, byXoff: false, heedsRts: true, hostXoff: 'data' })
    bench.at('AT&K0')
    expect(uartOf(bench).flow).toMatchObject({ byCts: false, heedsRts: false })
    bench.at('AT&K4')
    expect(uartOf(bench).flow).toMatchObject({ byXoff: true, hostXoff: 'filtered' })
    expect(uartOf(bench).baud).toBe(115_200)
    bench.at('AT+IPR=9600')
    expect(uartOf(bench).baud).toBe(9_600)
    // Not stored: the next start has the factory setting.
    bench.module.pressReset()
    bench.pass(3_000)
    expect(uartOf(bench).baud).toBe(115_200)
  })
})

describe('DTR dropped by the host', () => {
  it('is ignored with AT&D0, the factory setting', () => {
    const { bench } = online()
    dropDtr(bench)
    expect(bench.output()).toBe('')
    expect(bench.module.instances[0]!.mode).toBe('online')
  })

  it('goes back to commands with AT&D1, and the connection stays', () => {
    const { bench } = online('AT&D1')
    dropDtr(bench)
    expect(bench.output()).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SSLS=1')).toContain('#SSLS: 1,2')
    expect(bench.at('AT#SSLO=1')).toContain('CONNECT')
  })

  it('ends the connection with AT&D2', () => {
    const { bench, far } = online('AT&D2')
    bench.type('last words')
    dropDtr(bench)
    expect(bench.output()).toBe('\r\nNO CARRIER\r\n')
    expect(bench.at('AT#SSLS=1')).toContain('#SSLS: 1,1')
    expect([far.text, far.closedByPeer]).toEqual(['last words', true])
    expect(bench.facts('port').map(({ sentence }) => sentence)).toContain('DTR dropped: AT&D2 ends the connection.')
    expect(on(bench)).toBe('cts dsr')
  })

  it('a host that is gone has dropped it', () => {
    const { bench } = online('AT&D2')
    const { uart } = bench.module.instances[0]!
    uart.hostLines({ rts: true, dtr: true })
    uart.hostLines({ rts: null, dtr: null })
    bench.pass(100)
    expect(bench.output()).toBe('\r\nNO CARRIER\r\n')
  })

  it('counts only when it lasts as long as S25 says', () => {
    const { bench } = online('AT&D1', 'ATS25=50')
    const { uart } = bench.module.instances[0]!
    uart.hostLines({ rts: true, dtr: true })
    uart.hostLines({ rts: true, dtr: false })
    bench.pass(400)
    uart.hostLines({ rts: true, dtr: true })
    bench.pass(400)
    expect(bench.output()).toBe('')
    uart.hostLines({ rts: true, dtr: false })
    bench.pass(490)
    expect(bench.output()).toBe('')
    bench.pass(20)
    expect(bench.output()).toBe('\r\nOK\r\n')
  })

  it('a port without lines changes nothing', () => {
    const { bench } = online('AT&D2')
    bench.module.instances[0]!.uart.hostLines({ rts: null, dtr: null })
    bench.pass(500)
    expect(bench.module.instances[0]!.mode).toBe('online')
  })
})
