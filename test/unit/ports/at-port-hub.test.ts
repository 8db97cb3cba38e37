import { beforeEach, describe, expect, it } from 'vitest'
import { RealClock } from '../../../src/main/clock/real-clock.ts'
import { AtPortHub } from '../../../src/main/ports/at-port-hub.ts'
import { TimelineStore } from '../../../src/main/timeline/store.ts'
import type { HostLines } from '../../../src/shared/hardware/port-lines.ts'
import { FakeCarrier } from './fake-carrier.ts'
import { FakeTime } from './fake-time.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

describe('several ports on one AT instance', () => {
  let hub: AtPortHub
  let nowMs: number
  let received: string
  let clients: number
  let drained: number
  let lines: HostLines[]
  let timeline: TimelineStore
  let pty: FakeCarrier
  let tcp: FakeCarrier
  let uart: FakeCarrier

  async function plugged(kind: FakeCarrier['kind'], name: string): Promise<FakeCarrier> {
    const { end } = await hub.plug(async (events) => {
      const carrier = new FakeCarrier(events, new FakeTime())
      carrier.kind = kind
      carrier.name = name
      return carrier
    })
    return end
  }

  beforeEach(async () => {
    nowMs = 0
    received = ''
    clients = 0
    drained = 0
    lines = []
    timeline = new TimelineStore(new RealClock())
    hub = new AtPortHub(
      0,
      timeline,
      {
        receive: (piece) => (received += Buffer.from(piece).toString('latin1')),
        clientChanged: () => (clients += 1),
        drained: () => (drained += 1),
        hostLines: (moved) => lines.push(moved),
        output: () => {}
      },
      'off',
      () => nowMs
    )
    pty = await plugged('pty', '/run/tty0')
    tcp = await plugged('tcp', 'tcp 127.0.0.1:5000')
    uart = await plugged('serial', '/dev/ttyUSB0')
  })

  const sentences = (): string[] =>
    timeline.query({ fromSeq: 0, limit: 100 }).events.flatMap(({ what }) => ('sentence' in what ? [what.sentence] : []))

  it('all of them hear the module; the first to send has it, and what others send is refused once in words, and counted', () => {
    hub.write(bytes('hello'))
    expect([pty, tcp, uart].map(({ written }) => written.toString())).toEqual(['hello', 'hello', 'hello'])
    tcp.events.presence(true, '127.0.0.1:4711')
    tcp.events.data(bytes('AT\r'))
    pty.events.data(bytes('ATI\r'))
    pty.events.data(bytes('ATI\r'))
    expect(received).toBe('AT\r')
    const sentence =
      '127.0.0.1:4711 has AT instance 0 by tcp 127.0.0.1:5000; what is sent to /run/tty0 is refused until that is closed.'
    expect(pty.written.toString()).toBe(`hello\r\n${sentence}\r\n`)
    expect(sentences().filter((one) => one === sentence)).toHaveLength(1)
    expect(hub.snapshot().map(({ has, refusedBytes, bytesFromHost }) => [has, refusedBytes, bytesFromHost])).toEqual([
      [false, 8, 0],
      [true, 0, 3],
      [false, 0, 0]
    ])
    expect(hub.occupant).toBe('127.0.0.1:4711')
  })

  it('closing it frees the instance for whoever sends next', () => {
    tcp.events.data(bytes('AT\r'))
    tcp.clientPresent = false
    tcp.events.presence(false, null)
    pty.events.data(bytes('ATI\r'))
    expect(received).toBe('AT\rATI\r')
    expect(hub.snapshot().map(({ has }) => has)).toEqual([true, false, false])
  })

  it('a UART, whose host is never seen leaving, gives it up after ten seconds of silence', () => {
    uart.events.data(bytes('A'))
    nowMs = 9_000
    pty.events.data(bytes('B'))
    uart.events.data(bytes('C'))
    nowMs = 18_999
    pty.events.data(bytes('D'))
    nowMs = 19_000
    pty.events.data(bytes('E'))
    uart.events.data(bytes('F'))
    expect(received).toBe('ACE')
    expect(sentences()).toContain('Another program has AT0 now: /dev/ttyUSB0 was silent for 10 s.')
  })

  it('only the host that has it holds the module back', () => {
    pty.room = false
    tcp.events.data(bytes('AT\r'))
    hub.write(bytes('first'))
    expect(hub.write(Buffer.alloc(5_000))).toBe(true)
    tcp.room = false
    hub.write(bytes('x'))
    expect(hub.write(Buffer.alloc(5_000))).toBe(false)
    tcp.room = true
    tcp.events.drained()
    expect(drained).toBeGreaterThan(0)
    expect(hub.write(bytes('x'))).toBe(true)
  })

  it('with nobody having it, a host that does not read holds it back, until it leaves', () => {
    pty.room = false
    hub.write(bytes('first'))
    expect(hub.write(Buffer.alloc(5_000))).toBe(false)
    pty.clientPresent = false
    pty.events.presence(false, null)
    expect(drained).toBeGreaterThan(0)
    expect(hub.write(bytes('x'))).toBe(true)
  })

  it('the module sees the lines of the host that has it, and finds them dropped when that one goes', () => {
    tcp.moveLines({ rts: true, dtr: true })
    expect(lines).toEqual([])
    tcp.events.data(bytes('AT\r'))
    expect(lines).toEqual([{ rts: true, dtr: true }])
    pty.moveLines({ rts: false, dtr: false })
    tcp.moveLines({ rts: true, dtr: false })
    hub.moduleChanged()
    expect(lines.slice(1)).toEqual([
      { rts: true, dtr: false },
      { rts: true, dtr: false }
    ])
    tcp.clientPresent = false
    tcp.events.presence(false, null)
    expect(lines.at(-1)).toEqual({ rts: null, dtr: null })
    // Reported as acts, because AT&D gives the lines a meaning and a transcript must repeat them.
    const acts = timeline
      .query({ fromSeq: 0, limit: 100 })
      .events.flatMap(({ what }) => (what.kind === 'port' && what.act?.name === 'lines' ? [what] : []))
    expect(acts.map(({ act }) => act!.argument)).toEqual([
      { rts: true, dtr: true },
      { rts: true, dtr: false },
      { rts: null, dtr: null }
    ])
    expect(acts.map(({ sentence }) => sentence)).toEqual([
      'The host has DTR on and RTS on.',
      'The host has DTR off and RTS on.',
      'No lines of a host are seen any more.'
    ])
  })

  it('a newcomer does not disturb the one that has it', () => {
    tcp.events.data(bytes('AT'))
    pty.events.presence(true, 'picocom (pid 9)')
    expect(clients).toBe(0)
  })

  it('a port is closed by its number, and no more than eight are opened', async () => {
    const [first] = hub.snapshot()
    expect(await hub.unplug(first!.id)).toBe(true)
    expect([pty.closed, await hub.unplug(first!.id), hub.snapshot().length]).toEqual([true, false, 2])
    for (let more = 0; more < 6; more += 1) await plugged('tcp', 'tcp')
    await expect(plugged('tcp', 'tcp')).rejects.toThrow('AT instance 0 has 8 ports already; close one first.')
  })
})
