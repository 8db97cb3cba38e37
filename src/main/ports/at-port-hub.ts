import type { PortSnapshot } from '../../shared/calls/snapshot.ts'
import type { SerialPortEnd, SerialPortEvents } from '../../shared/contracts/serial-port.ts'
import type { Pace } from '../../shared/hardware/line-rates.ts'
import { deadUart, noHostLines, type HostLines, type ModuleUart } from '../../shared/hardware/port-lines.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import { Plug } from './plug.ts'

/** More than all kinds of ports for one instance together. */
const MOST_PLUGS = 8
/** A UART does not show when its host leaves. After so long a silence another host may take the AT instance. */
const UART_HOLD_MS = 10_000

/**
 * All ports of one AT instance. Output of the module goes to all of them. The host that sends first owns the instance
 * until it closes its port: what others send is refused and counted, with one sentence to them and on the timeline. A
 * UART, which never closes, loses it after ten seconds of silence. Only the owner can hold the module back, by its
 * lines or by not reading; without an owner, any host can.
 */
export class AtPortHub {
  private readonly plugs: Plug[] = []
  private reading = true
  private owner: Plug | null = null
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

  /** Opens a port and adds it. Rejects as the opener does, or when there are too many ports. */
  async plug<T extends SerialPortEnd>(open: (events: SerialPortEvents) => Promise<T>): Promise<Plugged<T>> {
    if (this.plugs.length >= MOST_PLUGS)
      throw new Error(`AT instance ${this.instance} has ${MOST_PLUGS} ports already; close one first.`)
    const plug = new Plug(this.paceOfAll, (own) => this.eventsOf(own))
    const end = await plug.wire.open(open)
    this.plugs.push(plug)
    plug.wire.setUart(this.uart)
    plug.wire.setReading(this.reading)
    return { id: plug.id, end }
  }

  /** Closes one of the ports. Returns false when there is none with this id. */
  async unplug(id: number): Promise<boolean> {
    const at = this.plugs.findIndex((plug) => plug.id === id)
    const plug = this.plugs[at]
    if (!plug) return false
    const { name } = plug.wire
    this.plugs.splice(at, 1)
    this.left(plug)
    await plug.wire.close()
    this.note(`${name} was closed by hand.`)
    return true
  }

  /** Sends bytes of the module to every host. Returns false when the module should pause. */
  write(bytes: Uint8Array): boolean {
    for (const plug of this.plugs) {
      const { wire } = plug
      if (wire.clientPresent) plug.bytesToHost += bytes.length
      // A port without a client never makes the module pause.
      plug.full = !wire.write(bytes) && wire.clientPresent
    }
    this.module.output(bytes)
    return !this.full
  }

  setReading(reading: boolean): void {
    if (reading === this.reading) return
    this.reading = reading
    for (const plug of this.plugs) plug.wire.setReading(reading)
  }

  /** Sets the lines that the module drives and the settings of its UART. */
  setUart(uart: ModuleUart): void {
    this.uart = uart
    for (const plug of this.plugs) plug.wire.setUart(uart)
  }

  /** Tells a new module the present state of the host's lines. */
  moduleChanged(): void {
    this.module.hostLines(this.hostLines)
  }

  get pace(): Pace {
    return this.paceOfAll
  }

  setPace(pace: Pace): void {
    this.paceOfAll = pace
    for (const plug of this.plugs) plug.wire.setPace(pace)
    const how =
      pace === 'off'
        ? 'as fast as it goes'
        : pace === 'follow'
          ? 'at the rate that the host has set'
          : `at ${pace} baud`
    this.note(`AT${this.instance}: bytes pass ${how} from here on.`)
  }

  /** The program that owns the instance or has it open; `null` when there is none, and the window may type. */
  get occupant(): string | null {
    const taken = this.owner ?? this.plugs.find((plug) => plug.wire.clientPresent)
    return taken?.clientName ?? null
  }

  snapshot(): PortSnapshot[] {
    return this.plugs.map((plug) => ({ ...plug.facts, instance: this.instance, has: plug === this.owner }))
  }

  async close(): Promise<void> {
    await Promise.all(this.plugs.map((plug) => plug.wire.close()))
  }

  private eventsOf(plug: Plug): SerialPortEvents {
    const name = (): string => plug.wire.name
    return {
      data: (bytes) => {
        const owner = this.ownerAgainst(plug)
        if (owner) return this.refuse(plug, owner, bytes.length)
        plug.bytesFromHost += bytes.length
        this.module.receive(bytes)
      },
      presence: (present, client) => {
        plug.client = present ? client : null
        plug.refusalTold = false
        const sentence = present ? `${client ?? 'A program'} opened ${name()}.` : `${name()} was closed by its client.`
        this.note(sentence, present && this.owner === null)
        if (!present) return this.left(plug)
        // While another host owns the instance, a new client changes nothing for the module.
        if (this.owner === null) this.module.clientChanged()
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

  /** Returns the owner, if this host may not send because of it. Otherwise this host becomes or stays the owner. */
  private ownerAgainst(plug: Plug): Plug | null {
    const now = this.nowMs()
    const { owner } = this
    if (owner && owner !== plug && (owner.wire.kind !== 'serial' || now - owner.lastByteMs < UART_HOLD_MS)) return owner
    plug.lastByteMs = now
    if (owner === plug) return null
    this.owner = plug
    plug.refusalTold = false
    if (owner) {
      this.note(
        `${plug.clientName} has AT${this.instance} now: ${owner.wire.name} was silent for ${UART_HOLD_MS / 1000} s.`,
        true
      )
      this.module.clientChanged()
    }
    this.linesMoved()
    return null
  }

  private refuse(plug: Plug, owner: Plug, bytes: number): void {
    plug.refusedBytes += bytes
    if (plug.refusalTold) return
    plug.refusalTold = true
    const has = `${owner.clientName} has AT instance ${this.instance} by ${owner.wire.name}`
    const sentence = `${has}; what is sent to ${plug.wire.name} is refused until that is closed.`
    this.timeline.report({ kind: 'port', sentence }, null, this.instance)
    plug.wire.write(Buffer.from(`\r\n${sentence}\r\n`, 'utf8'))
  }

  /** Handles a host that has left. If it was the owner, the instance is free again. */
  private left(plug: Plug): void {
    if (plug === this.owner) {
      this.owner = null
      for (const other of this.plugs) other.refusalTold = false
    }
    this.linesMoved()
    this.emptied(plug)
  }

  private get full(): boolean {
    return this.owner ? this.owner.full : this.plugs.some((plug) => plug.full)
  }

  /** Handles a port that has room again or lost its client. */
  private emptied(plug: Plug): void {
    plug.full = false
    if (!this.full) this.module.drained()
  }

  /** Passes on the lines of the owner or, without an owner, of the only host. */
  private linesMoved(): void {
    const there = this.plugs.filter((plug) => plug.wire.clientPresent)
    const seen = this.owner ?? (there.length === 1 ? there[0]! : null)
    const { rts, dtr } = seen?.wire.lines ?? noHostLines
    if (rts === this.hostLines.rts && dtr === this.hostLines.dtr) return
    this.hostLines = { rts, dtr }
    // An act, so that a transcript records it: AT&D gives a meaning to a drop of DTR.
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

  /**
   * Reports a sentence on the timeline. `opened`: another program has the instance from now on, so the module resets
   * what it learned of the last one.
   */
  private note(sentence: string, opened = false): void {
    const act = opened ? { act: { name: 'client' as const, argument: {} } } : {}
    this.timeline.report({ kind: 'port', sentence, ...act }, null, this.instance)
  }
}

/** What the hub needs of the module, which may be replaced while it runs. */
export interface HubModule {
  receive(bytes: Uint8Array): void
  clientChanged(): void
  drained(): void
  /** The host's lines have changed. They are `null` where the port has none. */
  hostLines(lines: HostLines): void
  /** Everything that the module sends on this instance, for the window's terminal. */
  output(bytes: Uint8Array): void
}

export interface Plugged<T extends SerialPortEnd> {
  /** As in PortSnapshot. */
  readonly id: number
  readonly end: T
}

function lineWords(name: string, on: boolean | null): string {
  return `${name} ${on === null ? 'unseen' : on ? 'on' : 'off'}`
}
