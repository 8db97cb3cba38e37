import type { Endpoint } from '../../../shared/contracts/bearer.ts'
import type { IpStack } from '../network/ip-stack.ts'
import type { IpUdpSocket } from '../network/ip-udp.ts'
import type { PlainLink } from './parts.ts'

/** A UDP socket as the connection of a plain socket: every packet is one datagram to its peer. */
export class UdpLink implements PlainLink {
  readonly holdsUnsent = false
  cause: number
  broughtBy: number | null = null
  remote: Endpoint
  #reading = true
  #unread: { readonly bytes: Uint8Array; readonly from: Endpoint; readonly seq: number }[] = []
  readonly #events: UdpLinkEvents
  readonly #udp: IpUdpSocket

  /** `listensFor`: the connection to which callers come; `null` for a socket that dials. */
  constructor(
    stack: IpStack,
    where: { readonly remote: Endpoint; readonly localPort: number; readonly listensFor: number | null },
    sentence: string,
    cause: number,
    events: UdpLinkEvents
  ) {
    this.remote = where.remote
    this.cause = cause
    this.#events = events
    const tapped = {
      opened: () => events.opened(),
      datagram: (bytes: Uint8Array, from: Endpoint, seq: number) => this.#arrived(bytes, from, seq),
      closed: (error: { readonly sentence: string }, seq: number) => events.closed(error.sentence, seq)
    }
    const opening = { sentence, cause: () => this.cause }
    this.#udp =
      where.listensFor === null
        ? stack.openUdp(where.localPort, tapped, opening)
        : stack.listenUdp(where.listensFor, where.localPort, tapped, opening)
  }

  get name(): string {
    return `${this.remote.address}:${this.remote.port}`
  }

  get local(): Endpoint {
    return this.#udp.local
  }

  get counters(): { readonly sentBytes: number; readonly receivedBytes: number } {
    return this.#udp
  }

  /** The address of this machine that leads to a listener; `null` for none. */
  get forwardedFrom(): Endpoint | null {
    return this.#udp.forwardedFrom
  }

  writeBecause(causes: readonly number[], bytes: Uint8Array): boolean {
    return this.sendTo(bytes, this.remote, causes)
  }

  /** Sends one datagram to any peer. Nothing tells whether it arrives, so a full queue is a lost datagram. */
  sendTo(bytes: Uint8Array, { address, port }: Endpoint, causes: readonly number[]): true {
    this.cause = causes.at(-1) ?? this.cause
    this.#udp.send(bytes, address, port)
    return true
  }

  setReading(reading: boolean): void {
    this.#reading = reading
    while (this.#reading && this.#unread.length > 0) {
      const { bytes, from, seq } = this.#unread.shift()!
      this.#pass(bytes, from, seq)
    }
  }

  close(): void {
    this.#unread = []
    this.#udp.close('The UDP socket was closed.')
  }

  abort(): void {
    this.close()
  }

  dropUnsent(): void {
    this.close()
  }

  giveUp(): void {
    this.close()
  }

  #arrived(bytes: Uint8Array, from: Endpoint, seq: number): void {
    if (this.#reading) return this.#pass(bytes, from, seq)
    // A datagram without room is lost, as in any UDP stack.
    if (this.#unread.length < MOST_UNREAD) this.#unread.push({ bytes, from, seq })
  }

  #pass(bytes: Uint8Array, from: Endpoint, seq: number): void {
    this.broughtBy = seq
    this.#events.datagram(bytes, from)
  }
}

export interface UdpLinkEvents {
  opened(): void
  datagram(bytes: Uint8Array, from: Endpoint): void
  /** The socket could not be opened, or the network ended it. `seq`: the event that says so. */
  closed(sentence: string, seq: number): void
}

/** Datagrams that wait while the host reads nothing. */
const MOST_UNREAD = 64
