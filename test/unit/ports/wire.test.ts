import { describe, expect, it } from 'vitest'
import { PacedQueue, PACED_LIMIT_BYTES } from '../../../src/main/ports/paced-queue.ts'
import { UART_BUFFER_BYTES } from '../../../src/main/ports/wire.ts'
import { deadLines, hardwareFlow, type FlowControl, type ModuleUart } from '../../../src/shared/hardware/port-lines.ts'
import { wireBench } from './fake-carrier.ts'
import { FakeTime } from './fake-time.ts'

const noFlow: FlowControl = { byCts: false, byXoff: false, heedsRts: false, hostXoff: 'data' }
const uart = (flow: FlowControl, baud = 0): ModuleUart => ({
  lines: { ...deadLines, cts: true },
  flow,
  baud,
  online: false
})
const text = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, at) => 32 + (at % 90)))

describe('bytes on a serial wire', () => {
  it.each([300, 1_200, 9_600, 115_200, 460_800, 921_600])(
    'at %i baud leave no earlier than on the wire, and at its rate within 1 %',
    (baud) => {
      // Timers of a busy machine: most are slightly late, one in ten by 15 ms.
      const time = new FakeTime((nth) => (nth % 10 === 0 ? 15 : (nth * 7) % 4))
      const arrivals: { atMs: number; total: number }[] = []
      let total = 0
      const queue = new PacedQueue(time, {
        arrived: (bytes) => arrivals.push({ atMs: time.nowMs(), total: (total += bytes.length) }),
        drained: () => {},
        overrun: () => {}
      })
      queue.setRate({ baud, bitsPerByte: 10 })
      const bytes = Math.min(PACED_LIMIT_BYTES, baud * 2)
      const startMs = time.nowMs()
      for (let sent = 0; sent < bytes; sent += 1000) queue.push(text(Math.min(1000, bytes - sent)))
      time.pass(60_000)
      expect(total).toBe(bytes)
      for (const { atMs, total: so } of arrivals)
        expect(atMs - startMs).toBeGreaterThanOrEqual((so * 10_000) / baud - 1e-6)
      const tookMs = arrivals.at(-1)!.atMs - startMs
      expect(tookMs / ((bytes * 10_000) / baud)).toBeLessThan(1.01)
      expect(time.waiting).toBe(0)
    }
  )

  it('counts parity and stop bits, and every pause begins anew', async () => {
    const { wire, carrier, time } = await wireBench(1_200)
    carrier.rate = { baud: 9_600, bitsPerByte: 12 }
    wire.setPace(1_200)
    wire.write(text(10))
    time.pass(99)
    expect(carrier.written).toHaveLength(9)
    time.pass(1)
    expect(carrier.written).toHaveLength(10)
    time.pass(1_000)
    wire.write(text(1))
    time.pass(9)
    expect(carrier.written).toHaveLength(10)
    time.pass(1)
    expect(carrier.written).toHaveLength(11)
  })

  it('comes to the module as slowly as it goes to the host', async () => {
    const { carrier, module, time } = await wireBench(9_600)
    carrier.events.data(text(96))
    time.pass(50.5)
    expect(module.received).toHaveLength(48)
    time.pass(50)
    expect(module.received).toBe(text(96).toString())
  })

  it('without pacing passes at once', async () => {
    const { wire, carrier, module } = await wireBench('off')
    wire.write(text(5))
    carrier.events.data(text(7))
    expect([carrier.written.length, module.received.length]).toEqual([5, 7])
  })

  it('an answer still leaves at the rate it was written at', async () => {
    const { wire, carrier, time } = await wireBench('follow')
    wire.setUart(uart(hardwareFlow, 9_600))
    wire.write(text(10))
    wire.setUart(uart(hardwareFlow, 300))
    time.pass(10.5)
    expect(carrier.written).toHaveLength(10)
    wire.write(text(1))
    time.pass(33)
    expect(carrier.written).toHaveLength(10)
    time.pass(1)
    expect(carrier.written).toHaveLength(11)
  })

  it('a queue that nobody empties is bounded, says that it is full, and counts what it drops', () => {
    const time = new FakeTime()
    let dropped = 0
    let drained = 0
    const queue = new PacedQueue(time, {
      arrived: () => {},
      drained: () => (drained += 1),
      overrun: (bytes) => (dropped += bytes)
    })
    queue.hold(true)
    expect(queue.push(text(4_095))).toBe(true)
    expect(queue.push(text(1))).toBe(false)
    queue.push(Buffer.alloc(PACED_LIMIT_BYTES))
    expect([queue.queuedBytes, dropped]).toEqual([PACED_LIMIT_BYTES, 4_096])
    queue.hold(false)
    expect([queue.queuedBytes, drained]).toEqual([0, 1])
  })
})

describe('the followed rate', () => {
  it("is the host's, else the module's; between different ones nothing can be read", async () => {
    const { wire, carrier, module, time } = await wireBench('follow')
    expect(wire.rate?.baud).toBe(115_200)
    wire.setUart(uart(hardwareFlow, 19_200))
    expect(wire.rate?.baud).toBe(19_200)
    carrier.rate = { baud: 9_600, bitsPerByte: 10 }
    carrier.events.rate!(carrier.rate)
    expect(module.notes.at(-1)).toBe(
      'The host has set the cable to 9600 baud and the module is set to 19200 (AT+IPR), so neither can read the other.'
    )
    expect(wire.trouble).toMatch(/neither can read/)
    carrier.events.data(text(20))
    wire.write(text(20))
    time.pass(1_000)
    expect([module.received, carrier.written.length, module.droppedBytes]).toEqual(['', 0, 40])
    wire.setUart(uart(hardwareFlow, 9_600))
    carrier.events.data(text(20))
    time.pass(1_000)
    expect([wire.trouble, module.received.length]).toEqual([null, 20])
  })

  it('+IPR=0 takes whatever the host has', async () => {
    const { wire, carrier } = await wireBench('follow')
    carrier.rate = { baud: 4_800, bitsPerByte: 10 }
    carrier.events.rate!(carrier.rate)
    expect([wire.rate?.baud, wire.mismatch]).toEqual([4_800, null])
  })
})

describe('flow control', () => {
  it('with RTS/CTS nothing is lost: the wire stands still while either side is busy', async () => {
    const { wire, carrier, module, time } = await wireBench(115_200)
    wire.setUart(uart(hardwareFlow))
    carrier.moveLines({ rts: false, dtr: true })
    wire.write(text(100))
    time.pass(1_000)
    expect(carrier.written).toHaveLength(0)
    carrier.moveLines({ rts: true, dtr: true })
    time.pass(1_000)
    expect(carrier.written).toHaveLength(100)

    wire.setReading(false)
    for (let piece = 0; piece < 5; piece += 1) carrier.events.data(text(1_000))
    time.pass(10_000)
    expect([module.received.length, carrier.reading]).toEqual([0, false])
    wire.setReading(true)
    time.pass(10_000)
    expect([module.received.length, carrier.reading, module.droppedBytes]).toEqual([5_000, true, 0])
  })

  it('without it (AT&K0) the UART of the module overruns, and what did not fit is counted', async () => {
    const { wire, carrier, module, time } = await wireBench(9_600)
    wire.setUart(uart(noFlow))
    wire.setReading(false)
    carrier.events.data(text(3_000))
    time.pass(10_000)
    expect([module.received, module.droppedBytes]).toEqual(['', 3_000 - UART_BUFFER_BYTES])
    wire.setReading(true)
    expect(module.received).toBe(text(3_000).subarray(0, UART_BUFFER_BYTES).toString())
  })

  it('without it a host that does not read loses what the module sends, and the module is not held back', async () => {
    const { wire, carrier, module, time } = await wireBench(9_600)
    wire.setUart(uart(noFlow))
    carrier.room = false
    expect(wire.write(text(500))).toBe(true)
    time.pass(10_000)
    expect(carrier.written.length + module.droppedBytes).toBe(500)
    expect(module.droppedBytes).toBeGreaterThan(400)
    carrier.room = true
    carrier.events.drained()
    wire.write(text(10))
    time.pass(100)
    expect(carrier.written.length + module.droppedBytes).toBe(510)
  })

  it('XOFF stops the module (AT&K4 filters it, AT&K5 passes it on), and the module sends its own', async () => {
    const { wire, carrier, module, time } = await wireBench('off')
    wire.setUart(uart({ byCts: false, byXoff: true, heedsRts: false, hostXoff: 'filtered' }))
    carrier.events.data(Buffer.from('a\x13b'))
    wire.write(text(10))
    expect([module.received, carrier.written.length]).toEqual(['ab', 0])
    carrier.events.data(Buffer.from('\x11'))
    expect([module.received, carrier.written.length]).toEqual(['ab', 10])
    wire.setReading(false)
    wire.setReading(true)
    time.pass(1)
    expect(carrier.written.subarray(10).toString('latin1')).toBe('\x13\x11')
    wire.setUart(uart({ byCts: false, byXoff: true, heedsRts: false, hostXoff: 'heeded' }))
    carrier.events.data(Buffer.from('c\x13'))
    wire.write(text(1))
    expect([module.received, carrier.written.length]).toEqual(['abc\x13', 12])
  })

  it('drives the lines, and a rate of AT+IPR, onto a carrier that has them', async () => {
    const { wire, carrier } = await wireBench('off')
    wire.setUart(uart(hardwareFlow, 115_200))
    expect([carrier.driven?.cts, carrier.baudSet]).toEqual([true, null])
    wire.setUart(uart(hardwareFlow, 9_600))
    expect(carrier.baudSet).toBe(9_600)
  })
})
