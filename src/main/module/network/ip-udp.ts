import type { Endpoint, Listening, UdpEvents, UdpSocket } from '../../../shared/contracts/bearer.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Opening } from './ip-connection.ts'

/** A UDP socket or listener of the module that reports its traffic. */
export class IpUdpSocket {
  readonly local: Endpoint
  sentBytes = 0
  receivedBytes = 0
  /** The event of what arrived last; `null` before anything did. */
  arrivedBy: number | null = null
  readonly #parts: IpUdpParts
  readonly #udp: UdpSocket & Partial<Listening>
  readonly #id: number
  #over = false

  constructor(parts: IpUdpParts, open: (events: UdpEvents) => UdpSocket & Partial<Listening>) {
    this.#parts = parts
    this.local = parts.local
    // No event comes before `open` has returned.
    this.#udp = open(this.#tapped())
    this.#id = this.#report('opened', parts.opening.sentence, null)
  }

  /** `seq` of the socket's first event, which all its events carry. */
  get socket(): number {
    return this.#id
  }

  /** The address of this machine that leads to a listener; `null` for none. */
  get forwardedFrom(): Endpoint | null {
    return this.#udp.forwardedFrom ?? null
  }

  /**
   * Sends one datagram. Returns false when it was lost because the send queue is full. `shown` is the version for the
   * timeline where `bytes` hold a secret, of the same length.
   */
  send(bytes: Uint8Array, address: string, port: number, shown: Uint8Array = bytes): boolean {
    if (this.#over) return false
    const sent = this.#datagram('out', shown, { address, port }, shown !== bytes, this.#parts.opening.cause())
    this.sentBytes += bytes.length
    if (this.#udp.send(bytes, address, port)) return true
    const sentence = `The datagram to ${address}:${port} was lost: the send queue is full.`
    this.#parts.timeline.report({ kind: 'overrun', droppedBytes: bytes.length, sentence }, sent)
    return false
  }

  /** Closes the socket. `sentence` is what the timeline says of it. */
  close(sentence: string, cause: number | null = this.#parts.opening.cause()): void {
    if (this.#over) return
    this.#over = true
    this.#udp.close()
    this.#report('closed', sentence, this.#id, cause)
  }

  #tapped(): UdpEvents {
    const { events, timeline, opening } = this.#parts
    return {
      opened: () => events.opened(),
      datagram: (bytes, from, byFault) => {
        const seq = this.#datagram('in', bytes, from, false, byFault ?? opening.cause())
        this.receivedBytes += bytes.length
        this.arrivedBy = seq
        events.datagram(bytes, from, seq)
      },
      struck: (report) => report(opening.cause()),
      unsent: (sentence) => void timeline.report({ kind: 'network', sentence }, opening.cause()),
      closed: (error) => {
        if (this.#over) return
        this.#over = true
        events.closed(error, this.#report('failed', error.sentence, this.#id))
      }
    }
  }

  #datagram(direction: 'out' | 'in', bytes: Uint8Array, remote: Endpoint, masked: boolean, cause: number): number {
    const { timeline, local } = this.#parts
    return timeline.report({ kind: 'datagram', direction, socket: this.#id, local, remote, bytes, masked }, cause)
  }

  #report(
    what: 'opened' | 'closed' | 'failed',
    sentence: string,
    socket: number | null,
    cause: number | null = this.#parts.opening.cause()
  ): number {
    return this.#parts.timeline.report({ kind: 'udp', what, sentence, socket }, cause)
  }
}

export interface IpUdpEvents {
  /** It can send. */
  opened(): void
  /** `seq`: the event of the datagram. */
  datagram(bytes: Uint8Array, from: Endpoint, seq: number): void
  /** The socket could not be opened, or the network ended it. `seq`: the event that says so. */
  closed(error: { readonly code: string; readonly sentence: string }, seq: number): void
}

export interface IpUdpParts {
  readonly timeline: TimelineReporter
  /** The module's address and port. */
  readonly local: Endpoint
  readonly events: IpUdpEvents
  readonly opening: Opening
}
