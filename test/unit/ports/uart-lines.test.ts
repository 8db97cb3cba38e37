import type { SerialPort } from 'serialport'
import { describe, expect, it } from 'vitest'
import { UartLines } from '../../../src/main/ports/uart-lines.ts'
import { plainUart } from '../../../src/shared/hardware/line-rates.ts'
import type { HostLines } from '../../../src/shared/hardware/port-lines.ts'

/** A stand-in for the driver of an adapter, since no test machine has the hardware. */
class Adapter {
  readonly set_: unknown[] = []
  asked = 0
  status = { cts: true, dsr: false, dcd: false }
  broken = false

  set(flags: unknown, done: (error: Error | null) => void): void {
    this.set_.push(flags)
    setImmediate(() => done(this.broken ? new Error('Inappropriate ioctl for device') : null))
  }

  get(done: (error: Error | null, status?: unknown) => void): void {
    this.asked += 1
    setImmediate(() =>
      done(this.broken ? new Error('Inappropriate ioctl for device') : null, this.broken ? undefined : this.status)
    )
  }

  get port(): SerialPort {
    return this as unknown as SerialPort
  }
}

describe('the lines of a UART adapter, crossed as a null modem crosses them', () => {
  it("reads the host's RTS and DTR at CTS and DSR, and drives CTS by RTS and DCD by DTR", async () => {
    const adapter = new Adapter()
    const seen: HostLines[] = []
    const lines = new UartLines(plainUart, (moved) => seen.push(moved))
    lines.attach(adapter.port)
    lines.drive({ cts: true, dsr: true, dcd: true, ri: false })
    await expect.poll(() => seen).toEqual([{ rts: true, dtr: false }])
    expect(lines.now).toMatchObject({ rts: true, dtr: false, cts: true, dsr: null, dcd: true, ri: null })
    await expect
      .poll(() => adapter.set_)
      .toEqual([
        { rts: false, dtr: false },
        { rts: true, dtr: true }
      ])
    adapter.status = { cts: true, dsr: true, dcd: false }
    await expect.poll(() => seen.at(-1)).toEqual({ rts: true, dtr: true })
    lines.stop()
    expect(seen.at(-1)).toEqual({ rts: null, dtr: null })
  })

  it('leaves RTS and CTS to the system where it has them, and wires DTR as asked', async () => {
    const adapter = new Adapter()
    const lines = new UartLines({ ...plainUart, rtscts: true, dtrDrives: 'ri' }, () => {})
    lines.attach(adapter.port)
    lines.drive({ cts: false, dsr: true, dcd: true, ri: true })
    await expect.poll(() => adapter.set_.at(-1)).toEqual({ rts: true, dtr: true })
    expect(lines.now).toMatchObject({ cts: null, dcd: null, dsr: null, ri: true })
    lines.stop()
  })

  it('an adapter without lines is asked once, and the lines say that they are not there', async () => {
    const adapter = new Adapter()
    adapter.broken = true
    const lines = new UartLines(plainUart, () => {})
    lines.attach(adapter.port)
    await expect.poll(() => lines.now.why).toBe('This UART does not tell the state of its modem lines.')
    lines.drive({ cts: true, dsr: true, dcd: true, ri: false })
    expect([adapter.asked, adapter.set_.length]).toEqual([1, 1])
    lines.stop()
  })
})
