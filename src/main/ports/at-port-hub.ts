import type { PortSnapshot } from '../../shared/calls/snapshot.ts'
import type { Pace } from '../../shared/hardware/line-rates.ts'
import { deadUart, noHostLines, type HostLines, type ModuleUart } from '../../shared/hardware/port-lines.ts'
import type { SerialPortEnd, SerialPortEvents } from '../../shared/contracts/serial-port.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import { Wire } from './index.ts'

/** Every way to reach an instance at once, and some to spare; a real port has one plug. */
const MOST_PLUGS = 8
/** A UART's host cannot be seen leaving: after so long a silence another host may have the port. */
const UART_HOLD_MS = 10_000

/**
 * Everything that is plugged into one AT instance. The rule for several at once: what the module says goes to all of them;
 * the host that sends first has the port, and until it closes it what the others send is refused and counted, with one
 * sentence to the other and in the timeline. A UART, which never closes, gives the port up after ten seconds of silence.
 * Only the host that has the port holds the module back, by its lines or by not reading; with none, any of them does.
 */
export class AtPortHub {
  private readonly plugs: Plug[] = []
  private reading = true
  private holder: Plug | null = null
  private uart: ModuleUart = deadUart
  private hostLines: HostLines = noHostLines
  private paceOfAll: Pace

  constructor(
    private readonly instance: number,
    private readonly timeline: TimelineReporter,
    private readonly module: HubModule,
    pace: Pace = 'off',
    private readonly nowMs: () => number = () => performance.now()
  ) {
    this.paceOfAll = pace
  }

  /** Opens a port with listeners of this hub and plugs it in. Rejects as the opener does, or when there are too many. */
  async plug<T extends SerialPortEnd>(open: (events: SerialPortEvents) => Promise<T>): Promise<Plugged<T>> {
    if (this.plugs.length >= MOST_PLUGS)
      throw new Error(`AT instance ${this.instance} has ${MOST_PLUGS} ports already; close one first.`)
    const plug: Plug = {
      id: nextId++,
      wire: null,
      client: null,
      full: false,
      bytesFromHost: 0,
      bytesToHost: 0,
      refusedBytes: 0,
      lostBytes: 0,
      refusalTold: false,
      lastByteMs: 0
    }
    const opened: { end: T | null } = { end: null }
    plug.wire = await Wire.open(
      async (events) => (opened.end = await open(events)),
      this.paceOfAll,
      this.eventsOf(plug)
    )
    this.plugs.push(plug)
    plug.wire.setUart(this.uart)
    plug.wire.setReading(this.reading)
    return { id: plug.id, end: opened.end! }
  }

  /** Closes one of its ports; false when it has no such. */
  async unplug(id: number): Promise<boolean> {
    const at = this.plugs.findIndex((plug) => plug.id === id)
    const plug = this.plugs[at]
    if (!plug) return false
    const { name } = plug.wire!
    this.plugs.splice(at, 1)
    this.left(plug)
    await plug.wire!.close()
    this.note(`${name} was closed by hand.`)
    return true
  }

  /** Bytes from the module to every host; false when it should hold back. */
  write(bytes: Uint8Array): boolean {
    for (const plug of this.plugs) {
      const { wire } = plug
      if (wire!.clientPresent) plug.bytesToHost += bytes.length
      // Nobody reads: a wire that leads nowhere must not hold the module back.
      plug.full = !wire!.write(bytes) && wire!.clientPresent
    }
    this.module.output(bytes)
    return !this.full
  }

  setReading(reading: boolean): void {
    if (reading === this.reading) return
    this.reading = reading
    for (const plug of this.plugs) plug.wire!.setReading(reading)
  }

  /** What the module drives, and how its UART is set. */
  setUart(uart: ModuleUart): void {
    this.uart = uart
    for (const plug of this.plugs) plug.wire!.setUart(uart)
  }

  /** The module was exchanged: the new one finds the lines as they are. */
  moduleChanged(): void {
    this.module.hostLines(this.hostLines)
  }

  get pace(): Pace {
    return this.paceOfAll
  }

  setPace(pace: Pace): void {
    this.paceOfAll = pace
    for (const plug of this.plugs) plug.wire!.setPace(pace)
    const how =
      pace === 'off'
        ? 'as fast as it goes'
        : pace === 'follow'
          ? 'at the rate that the host has set'
          : `at ${pace} baud`
    this.note(`AT${this.instance}: bytes pass ${how} from here on.`)
  }

  /** The program that has the port, or null when none has: the window may type then. */
  get occupant(): string | null {
    const taken = this.holder ?? this.plugs.find((plug) => plug.wire!.clientPresent)
    return taken ? clientOf(taken) : null
  }

  snapshot(): PortSnapshot[] {
    return this.plugs.map((plug) => {
      const { id, wire, client, bytesFromHost, bytesToHost, refusedBytes, lostBytes } = plug
      const { kind, name, clientPresent, lines, rate, pace, trouble } = wire!
      return {
        id,
        instance: this.instance,
        kind,
        name,
        clientPresent,
        client,
        bytesFromHost,
        bytesToHost,
        lines,
        has: plug === this.holder,
        refusedBytes,
        lostBytes,
        pace,
        baud: rate?.baud ?? wire!.carrier.rate?.baud ?? null,
        trouble
      }
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.plugs.map((plug) => plug.wire!.close()))
  }

  private eventsOf(plug: Plug): SerialPortEvents {
    const name = (): string => plug.wire?.name ?? 'the port'
    return {
      data: (bytes) => {
        if (!this.mayType(plug)) return this.refuse(plug, bytes.length)
        plug.bytesFromHost += bytes.length
        this.module.receive(bytes)
      },
      presence: (present, client) => {
        plug.client = present ? client : null
        plug.refusalTold = false
        const sentence = present ? `${client ?? 'A program'} opened ${name()}.` : `${name()} was closed by its client.`
        this.note(sentence, present && this.holder === null)
        if (!present) return this.left(plug)
        // Somebody else is in the middle of something: a newcomer changes nothing for that one.
        if (this.holder === null) this.module.clientChanged()
        this.linesMoved()
      },
      drained: () => this.emptied(plug),
      overrun: (droppedBytes, sentence) => {
        plug.lostBytes += droppedBytes
        const told = sentence ?? `${name()} was not read; ${droppedBytes} bytes to the host are lost.`
        this.timeline.report({ kind: 'overrun', droppedBytes, sentence: told }, null, this.instance)
      },
      note: (sentence) => this.note(sentence),
      hostLines: () => this.linesMoved()
    }
  }

  /** Whether this host's bytes count; the first one to send takes the port. */
  private mayType(plug: Plug): boolean {
    const now = this.nowMs()
    const { holder } = this
    if (holder && holder !== plug && (holder.wire!.kind !== 'serial' || now - holder.lastByteMs < UART_HOLD_MS))
      return false
    plug.lastByteMs = now
    if (holder === plug) return true
    this.holder = plug
    plug.refusalTold = false
    if (holder) {
      this.note(
        `${clientOf(plug)} has AT${this.instance} now: ${holder.wire!.name} was silent for ${UART_HOLD_MS / 1000} s.`,
        true
      )
      this.module.clientChanged()
    }
    this.linesMoved()
    return true
  }

  private refuse(plug: Plug, bytes: number): void {
    plug.refusedBytes += bytes
    if (plug.refusalTold) return
    plug.refusalTold = true
    const { holder } = this
    const has = `${clientOf(holder!)} has AT instance ${this.instance} by ${holder!.wire!.name}`
    const sentence = `${has}; what is sent to ${plug.wire!.name} is refused until that is closed.`
    this.timeline.report({ kind: 'port', sentence }, null, this.instance)
    plug.wire!.write(Buffer.from(`\r\n${sentence}\r\n`, 'utf8'))
  }

  /** A host is gone: the port is free, and who was refused may have it. */
  private left(plug: Plug): void {
    if (plug === this.holder) {
      this.holder = null
      for (const other of this.plugs) other.refusalTold = false
    }
    this.linesMoved()
    this.emptied(plug)
  }

  private get full(): boolean {
    return this.holder ? this.holder.full : this.plugs.some((plug) => plug.full)
  }

  /** A port that was full has room again, or lost its client. */
  private emptied(plug: Plug): void {
    plug.full = false
    if (!this.full) this.module.drained()
  }

  /** The module sees the lines of the host that has the port, or of the only one there. */
  private linesMoved(): void {
    const there = this.plugs.filter((plug) => plug.wire!.clientPresent)
    const seen = this.holder ?? (there.length === 1 ? there[0]! : null)
    const { rts, dtr } = seen?.wire!.lines ?? noHostLines
    if (rts === this.hostLines.rts && dtr === this.hostLines.dtr) return
    this.hostLines = { rts, dtr }
    // AT&D gives the drop of DTR a meaning, so a transcript has to have it.
    const sentence =
      rts === null && dtr === null
        ? 'No lines of a host are seen any more.'
        : `The host has ${lineWords('DTR', dtr)} and ${lineWords('RTS', rts)}.`
    this.timeline.report(
      { kind: 'port', sentence, act: { name: 'lines', argument: { rts, dtr } } },
      null,
      this.instance
    )
    this.module.hostLines(this.hostLines)
  }

  /** `opened`: another program has the port from here on, and the module forgets the habits of the last one. */
  private note(sentence: string, opened = false): void {
    const act = opened ? { act: { name: 'client' as const, argument: {} } } : {}
    this.timeline.report({ kind: 'port', sentence, ...act }, null, this.instance)
  }
}

/** What the hub needs of the module behind it; the module may be exchanged at run time. */
export interface HubModule {
  receive(bytes: Uint8Array): void
  clientChanged(): void
  drained(): void
  /** The host's lines have moved; null where there are none. */
  hostLines(lines: HostLines): void
  /** Everything the module says on this instance, for the window's terminal. */
  output(bytes: Uint8Array): void
}

export interface Plugged<T extends SerialPortEnd> {
  /** As in PortSnapshot. */
  readonly id: number
  readonly end: T
}

interface Plug {
  readonly id: number
  wire: Wire | null
  client: string | null
  full: boolean
  bytesFromHost: number
  bytesToHost: number
  refusedBytes: number
  lostBytes: number
  refusalTold: boolean
  lastByteMs: number
}

/** Of all ports of this process: a number is never used again. */
let nextId = 1

function lineWords(name: string, on: boolean | null): string {
  return `${name} ${on === null ? 'unseen' : on ? 'on' : 'off'}`
}

function clientOf(plug: Plug): string {
  return plug.client ?? (plug.wire!.kind === 'serial' ? 'The UART' : 'another program')
}
