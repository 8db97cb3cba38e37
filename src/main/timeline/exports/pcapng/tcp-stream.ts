import type { TcpAddress, TcpFacts, TimelineFact } from '../../../../shared/timeline/events.ts'
import { MAX_SEGMENT_BYTES, tcpPacket } from './headers.ts'

export type SegmentFact = Extract<TimelineFact, { readonly kind: 'segment' }>

/** A packet of a connection, seen from the module. */
export interface StreamPacket {
  readonly bytes: Uint8Array
  readonly outbound: boolean
  readonly comments: readonly string[]
}

/**
 * One connection as packets: the data is real, the headers are made up. Both sides begin at sequence number 0. Data is
 * acknowledged by the next packet of the other side, or by a packet of its own when that comes late.
 */
export class TcpStream {
  /** Next sequence number of each side, and how much of it the other side has acknowledged. */
  private next = { out: 1, in: 1 }
  private acknowledged = { out: 1, in: 1 }
  private ended = { out: false, in: false }
  /** False while only a SYN was seen: a reset is then a refusal. */
  private answered = true

  constructor(
    private readonly local: TcpAddress,
    private readonly remote: TcpAddress,
    /** Whether the peer opened the connection. */
    private readonly incoming: boolean,
    private readonly nextIdentification: () => number
  ) {}

  /** Returns the SYN of the side that opens the connection. */
  syn(comments: readonly string[]): StreamPacket[] {
    this.answered = false
    return [
      this.packet(this.incoming ? 'in' : 'out', { sequence: 0, acknowledgement: null, syn: true }, NOTHING, comments)
    ]
  }

  /** Returns the SYN and ACK of the other side, and the ACK of the first. */
  opened(): StreamPacket[] {
    this.answered = true
    const [opener, other] = this.incoming ? (['in', 'out'] as const) : (['out', 'in'] as const)
    return [
      this.packet(other, { sequence: 0, acknowledgement: 1, syn: true }),
      this.packet(opener, { sequence: 1, acknowledgement: 1 })
    ]
  }

  /** Returns the bytes of a `segment` in packets of the largest size, or the end that it reports. */
  carry({ direction, bytes, offset, otherOffset, end }: SegmentFact, comments: readonly string[]): StreamPacket[] {
    const other = direction === 'out' ? 'in' : 'out'
    if (end === 'rst' && direction === 'in' && !this.answered) return this.refused(comments)
    // Taken from the offsets, not counted: bytes that are missing in the timeline must be missing here too.
    this.next[direction] = Math.max(this.next[direction], 1 + offset)
    this.next[other] = Math.max(this.next[other], 1 + otherOffset)
    const packets: StreamPacket[] = []
    for (let at = 0; at < bytes.length; at += MAX_SEGMENT_BYTES) {
      const payload = bytes.subarray(at, at + MAX_SEGMENT_BYTES)
      packets.push(this.packet(direction, {}, payload, at === 0 ? comments : []))
      this.next[direction] += payload.length
      if (this.next[direction] - this.acknowledged[direction] >= ACKNOWLEDGE_BYTES) packets.push(this.packet(other, {}))
    }
    if (end !== null) {
      packets.push(this.packet(direction, { [end]: true }, NOTHING, comments))
      if (end === 'fin') this.next[direction] += 1
      this.ended[direction] = true
      this.ended[other] ||= end === 'rst'
      // A FIN is acknowledged by the other side's next packet. After the last FIN there is none, so add one.
      if (end === 'fin' && this.ended[other]) packets.push(this.packet(other, {}))
    }
    return packets
  }

  /** Whether both sides have ended. */
  get over(): boolean {
    return this.ended.out && this.ended.in
  }

  private refused(comments: readonly string[]): StreamPacket[] {
    this.ended = { out: true, in: true }
    return [this.packet('in', { sequence: 0, acknowledgement: 1, rst: true }, NOTHING, comments)]
  }

  private packet(
    direction: 'out' | 'in',
    flags: Partial<Parameters<typeof tcpPacket>[0]>,
    payload: Uint8Array = NOTHING,
    comments: readonly string[] = []
  ): StreamPacket {
    const other = direction === 'out' ? 'in' : 'out'
    const [from, to] = direction === 'out' ? [this.local, this.remote] : [this.remote, this.local]
    this.acknowledged[other] = this.next[other]
    const header = { from, to, sequence: this.next[direction], acknowledgement: this.next[other], ...flags }
    return { bytes: tcpPacket(header, payload, this.nextIdentification()), outbound: direction === 'out', comments }
  }
}

/** Returns the ends of a connection from the event that began it; `null` when that has no addresses. */
export function endsOf(facts: TcpFacts): { local: TcpAddress; remote: TcpAddress; incoming: boolean } | null {
  const { local, remote, incoming = false } = facts
  return local && remote ? { local, remote, incoming } : null
}

const NOTHING = new Uint8Array()
/** Half of a window, so that Wireshark never reports a full window. */
const ACKNOWLEDGE_BYTES = 32_768
