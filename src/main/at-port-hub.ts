import type { PortSnapshot } from '../shared/api.ts'
import { unknownLines } from '../shared/port-lines.ts'
import type { SerialPortEnd, SerialPortEvents } from '../shared/serial-port.ts'
import type { TimelineReporter } from '../shared/timeline/events.ts'

/**
 * Everything that is plugged into one AT instance: the pty, and TCP or a UART beside it. What the module says goes to
 * all of them; what any of them says goes to the module. A real port has one plug, so a person uses one at a time.
 */
export class AtPortHub {
  private readonly plugs: Plug[] = []
  private reading = true

  constructor(
    private readonly instance: number,
    private readonly timeline: TimelineReporter,
    private readonly module: HubModule
  ) {}

  /** Opens a port with listeners of this hub and plugs it in. */
  async plug<T extends SerialPortEnd>(open: (events: SerialPortEvents) => Promise<T>): Promise<T> {
    const plug: Plug = { end: null, client: null, full: false, bytesFromHost: 0, bytesToHost: 0 }
    const end = await open(this.eventsOf(plug))
    plug.end = end
    this.plugs.push(plug)
    return end
  }

  /** Bytes from the module to every host; false when one that is there can take no more. */
  write(bytes: Uint8Array): boolean {
    let room = true
    for (const plug of this.plugs) {
      const { end } = plug
      if (!end!.clientPresent) {
        // Nobody reads: a wire that leads nowhere must not hold the module back.
        end!.write(bytes)
        continue
      }
      plug.bytesToHost += bytes.length
      plug.full = !end!.write(bytes)
      if (plug.full) room = false
    }
    this.module.output(bytes)
    return room
  }

  setReading(reading: boolean): void {
    if (reading === this.reading) return
    this.reading = reading
    for (const plug of this.plugs) plug.end!.setReading(reading)
  }

  /** The program that has the port, or null when none has: the window may type then. */
  get occupant(): string | null {
    const taken = this.plugs.find((plug) => plug.end!.clientPresent)
    return taken ? (taken.client ?? 'another program') : null
  }

  snapshot(): PortSnapshot[] {
    return this.plugs.map(({ end, client, bytesFromHost, bytesToHost }) => ({
      instance: this.instance,
      kind: end!.kind as PortSnapshot['kind'],
      name: end!.name,
      clientPresent: end!.clientPresent,
      client,
      bytesFromHost,
      bytesToHost,
      lines: end!.lines ?? unknownLines(end!.kind)
    }))
  }

  async close(): Promise<void> {
    await Promise.all(this.plugs.map((plug) => plug.end!.close()))
  }

  private eventsOf(plug: Plug): SerialPortEvents {
    const name = (): string => plug.end?.name ?? 'the port'
    return {
      data: (bytes) => {
        plug.bytesFromHost += bytes.length
        this.module.receive(bytes)
      },
      presence: (present, client) => {
        plug.client = present ? client : null
        this.note(present ? `${client ?? 'A program'} opened ${name()}.` : `${name()} was closed by its client.`, present)
        if (present) this.module.clientChanged()
        else this.emptied(plug)
      },
      drained: () => this.emptied(plug),
      overrun: (droppedBytes) => {
        const sentence = `${name()} was not read; ${droppedBytes} bytes to the host are lost.`
        this.timeline.report({ kind: 'overrun', droppedBytes, sentence }, null, this.instance)
      },
      note: (sentence) => this.note(sentence)
    }
  }

  /** A port that was full has room again, or lost its client. */
  private emptied(plug: Plug): void {
    plug.full = false
    if (!this.plugs.some((one) => one.full)) this.module.drained()
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
  /** Everything the module says on this instance, for the window's terminal. */
  output(bytes: Uint8Array): void
}

interface Plug {
  end: SerialPortEnd | null
  client: string | null
  full: boolean
  bytesFromHost: number
  bytesToHost: number
}
