import type { PortSnapshot } from '../../shared/calls/snapshot.ts'
import type { SerialPortEvents } from '../../shared/contracts/serial-port.ts'
import type { Pace } from '../../shared/hardware/line-rates.ts'
import { Wire } from './wire.ts'

/** One port of an AT instance: its line, and what the hub knows of the host on it. */
export class Plug {
  /** As in PortSnapshot. */
  readonly id = nextId++
  readonly wire: Wire
  /** The program that has the port open, where the system tells; `null` while nobody has it open. */
  client: string | null = null
  /** Whether the line takes no more of the module's bytes for now. */
  full = false
  bytesFromHost = 0
  bytesToHost = 0
  refusedBytes = 0
  lostBytes = 0
  /** Whether the host has been told that another one owns the instance. */
  refusalTold = false
  lastByteMs = 0

  /** `events` returns the listeners of this port. Its line must still be opened. */
  constructor(pace: Pace, events: (plug: Plug) => SerialPortEvents) {
    this.wire = new Wire(pace, events(this))
  }

  /** The host on this port, at the start of a sentence. */
  get clientName(): string {
    return this.client ?? (this.wire.kind === 'serial' ? 'The UART' : 'Another program')
  }

  get facts(): Omit<PortSnapshot, 'instance' | 'has'> {
    const { id, client, bytesFromHost, bytesToHost, refusedBytes, lostBytes } = this
    const { kind, name, clientPresent, lines, rate, carrier, pace, trouble } = this.wire
    return {
      id,
      kind,
      name,
      clientPresent,
      client,
      bytesFromHost,
      bytesToHost,
      lines,
      refusedBytes,
      lostBytes,
      pace,
      baud: rate?.baud ?? carrier.rate?.baud ?? null,
      trouble
    }
  }
}

/** Unique among all ports of this process. */
let nextId = 1
