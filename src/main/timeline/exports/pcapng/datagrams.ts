import type { TimelineFact } from '../../../../shared/timeline/events.ts'
import { echoPacket, udpPacket } from './headers.ts'
import type { StreamPacket } from './tcp-stream.ts'

type Datagram = Extract<TimelineFact, { readonly kind: 'datagram' }>
type Ping = Extract<TimelineFact, { readonly kind: 'ping' }>

/** Returns a datagram as a packet. */
export function datagramPacket(what: Datagram, identification: number): StreamPacket {
  const outbound = what.direction === 'out'
  const [from, to] = outbound ? [what.local, what.remote] : [what.remote, what.local]
  const comments = what.masked ? [MASKED] : []
  return { bytes: udpPacket(from, to, what.bytes, identification), outbound, comments }
}

/** Returns an echo request or its reply as a packet; `null` where no reply came. `seq`: of the event. */
export function pingPacket(what: Ping, seq: number, identification: number): StreamPacket | null {
  if (what.what === 'none') return null
  const outbound = what.what === 'request'
  const number = outbound ? seq : what.request
  const [from, to] = outbound ? [what.local, what.remote] : [what.remote, what.local]
  const { lengthBytes, timeToLive } = what
  const bytes = echoPacket({ from, to, reply: !outbound, number, lengthBytes, timeToLive }, identification)
  return { bytes, outbound, comments: outbound ? [PING_MADE_UP] : [] }
}

/** The comment of a packet in which a secret is masked. */
export const MASKED = 'A secret in this packet is replaced by stars; the true packet had as many other bytes.'
const PING_MADE_UP = 'This echo and its payload are made up: no ICMP left the machine that runs the simulator.'
