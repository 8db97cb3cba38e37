import type { Endpoint, TcpAwaitEvents, TcpConnection, TcpEvents } from '../../../shared/contracts/bearer.ts'
import type { TcpFacts, TimelineReporter } from '../../../shared/timeline/events.ts'

/** A TCP connection of the module that reports its traffic. */
export class IpConnection {
  tcp!: TcpConnection
  remoteAddress = ''
  /** The module's address and port. */
  local: Endpoint = { address: '', port: 0 }
  /** Masks received bytes for the timeline; the length stays the same. */
  shownOf: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes
  private id = 0
  private sentBytes = 0
  private receivedBytes = 0
  private open = false
  /** How each side has ended its direction; `null` while it is open. */
  private ends: Record<'out' | 'in', 'fin' | 'rst' | null> = { out: null, in: null }
  private lingeringBytes = 0
  /** The event of what arrived last; `null` before anything did. */
  arrivedBy: number | null = null

  constructor(
    private readonly timeline: TimelineReporter,
    private readonly events: TcpEvents,
    private readonly cause: () => number
  ) {}

  /** `seq` of the connection's first event, which all its `tcp` events carry. */
  get connection(): number {
    return this.id
  }

  begin(
    sentence: string,
    ends: Required<Pick<TcpFacts, 'local' | 'remote'>>,
    connect: (events: TcpEvents) => TcpConnection
  ): void {
    // No event comes before `connect` has returned. The destination is then known.
    this.tcp = connect(this.tapped())
    this.remoteAddress = ends.remote.address
    this.local = ends.local
    const { target } = this.tcp
    const elsewhere = target && (target.host !== ends.remote.address || target.port !== ends.remote.port)
    const leadsTo = elsewhere ? `${target.host}:${target.port}` : null
    this.id = this.timeline.report(
      { kind: 'tcp', what: 'connecting', sentence, connection: null, ...ends, leadsTo },
      this.cause()
    )
  }

  accept(
    sentence: string,
    local: Required<TcpFacts>['local'],
    remoteOf: (tcp: TcpConnection) => Required<TcpFacts>['remote'],
    take: Parameters<TcpAwaitEvents['accepted']>[0]
  ): void {
    this.tcp = take(this.tapped())
    this.open = true
    const remote = remoteOf(this.tcp)
    this.remoteAddress = remote.address
    this.local = local
    this.id = this.timeline.report(
      { kind: 'tcp', what: 'connecting', sentence, connection: null, local, remote, incoming: true },
      this.cause()
    )
  }

  /**
   * Like `TcpConnection.write`. `shown` is the version for the timeline where `bytes` hold a secret, of the same
   * length.
   */
  write(bytes: Uint8Array, shown: Uint8Array = bytes): boolean {
    this.report('out', shown, null, shown !== bytes)
    this.sentBytes += bytes.length
    return this.tcp.write(bytes)
  }

  setReading(reading: boolean): void {
    this.tcp.setReading(reading)
  }

  end(): void {
    this.ended('out', 'fin')
    this.tcp.end()
  }

  destroy(): void {
    this.ended('out', 'rst')
    this.tcp.destroy()
  }

  private tapped(): TcpEvents {
    const { events } = this
    return {
      opened: () => {
        this.open = true
        events.opened()
      },
      data: (bytes) => {
        this.arrived(bytes)
        events.data(bytes)
      },
      drained: () => events.drained(),
      broken: (report) => {
        if (events.broken) events.broken(report)
        else report(this.cause())
      },
      closed: (error) => {
        if (this.open || error?.code === 'ECONNREFUSED' || error?.code === 'ECONNRESET')
          this.ended('in', error ? 'rst' : 'fin')
        events.closed(error)
      },
      lingered: (rest) => {
        if (rest.kind !== 'data') return this.ended('in', rest.kind)
        this.lingeringBytes += rest.bytes.length
        // Unwanted data: the peer may send without end, so the rest of it and its end are not reported.
        if (this.lingeringBytes > MAX_LINGERING_BYTES) this.ends.in = 'fin'
        else this.arrived(rest.bytes)
      }
    }
  }

  private arrived(bytes: Uint8Array): void {
    const shown = this.shownOf(bytes)
    this.arrivedBy = this.report('in', shown, null, shown !== bytes)
    this.receivedBytes += bytes.length
  }

  /** One side has ended, and the end of the other is still to come, except after a reset. */
  private ended(direction: 'out' | 'in', end: 'fin' | 'rst'): void {
    const isReset = this.ends.out === 'rst' || this.ends.in === 'rst'
    if (!this.open && direction === 'out') return
    if (isReset || this.ends[direction] !== null) return
    this.ends[direction] = end
    this.report(direction, NOTHING, end)
  }

  private report(direction: 'out' | 'in', bytes: Uint8Array, end: 'fin' | 'rst' | null, masked = false): number {
    const [offset, otherOffset] =
      direction === 'out' ? [this.sentBytes, this.receivedBytes] : [this.receivedBytes, this.sentBytes]
    return this.timeline.report(
      { kind: 'segment', connection: this.id, direction, bytes, offset, otherOffset, end, masked },
      this.cause()
    )
  }
}

export interface Opening {
  readonly sentence: string
  /** The event that causes what happens at that moment. */
  cause(): number
}

/** Takes a connection that the peer has opened. Must be called at once. */
export type TakeConnection = (events: TcpEvents, opening: Opening) => IpConnection

/** Enough for a last response and a close_notify, but not for the rest of a file. */
const MAX_LINGERING_BYTES = 65_536
const NOTHING = new Uint8Array()
