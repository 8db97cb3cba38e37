import { Wire } from '../../../src/main/ports/index.ts'
import type { LineRate, PortKind, SerialPortEnd, SerialPortEvents } from '../../../src/shared/contracts/serial-port.ts'
import type { Pace } from '../../../src/shared/hardware/line-rates.ts'
import { noHostLines, type HostLines, type ModuleLines } from '../../../src/shared/hardware/port-lines.ts'
import { FakeTime } from './fake-time.ts'
import { PortRecorder } from './port-recorder.ts'

/** A host's end in memory, controlled by the test. */
export class FakeCarrier implements SerialPortEnd {
  kind: PortKind = 'rfc2217'
  name = 'the cable'
  clientPresent = true
  rate: LineRate | null = null
  room = true
  reading = true
  closed = false
  host: HostLines = noHostLines
  driven: ModuleLines | null = null
  baudSet: number | null = null
  written: Buffer = Buffer.alloc(0)
  writes: { readonly atMs: number; readonly bytes: number }[] = []

  constructor(
    readonly events: SerialPortEvents,
    private readonly time: FakeTime
  ) {}

  get lines() {
    return { ...this.host, cts: null, dsr: null, dcd: null, ri: null, why: null }
  }

  write(bytes: Uint8Array): boolean {
    this.written = Buffer.concat([this.written, bytes])
    this.writes.push({ atMs: this.time.nowMs(), bytes: bytes.length })
    return this.room
  }

  setReading(reading: boolean): void {
    this.reading = reading
  }

  drive(lines: ModuleLines): void {
    this.driven = lines
  }

  setBaud(baud: number): void {
    this.baudSet = baud
  }

  async close(): Promise<void> {
    this.closed = true
  }

  moveLines(lines: HostLines): void {
    this.host = lines
    this.events.hostLines?.(lines)
  }
}

export interface WireBench {
  readonly wire: Wire
  readonly carrier: FakeCarrier
  readonly module: PortRecorder
  readonly time: FakeTime
}

/** Returns a serial line with the test at both ends. */
export async function wireBench(pace: Pace, time = new FakeTime()): Promise<WireBench> {
  const module = new PortRecorder()
  const wire = new Wire(pace, module, time)
  const carrier = await wire.open(async (events) => new FakeCarrier(events, time))
  return { wire, carrier, module, time }
}
