import type { Endpoint } from '../../../shared/contracts/bearer.ts'
import { isAddress } from '../network/dotted.ts'
import type { IpStack } from '../network/ip-stack.ts'
import { PeerConnection } from '../tls-connection/connection.ts'
import type { ConnectionWords } from '../tls-connection/contract.ts'
import type { OpeningEnd } from './failures.ts'
import type { PlainState } from './state.ts'
import { UdpLink } from './udp-link.ts'

/** What becomes of a connection that is being opened, and what it carries then. */
export interface OpeningEvents {
  opened(): void
  data(bytes: Uint8Array): void
  datagram(bytes: Uint8Array, from: Endpoint): void
  drained(): void
  failed(end: OpeningEnd, cause: number | null): void
  /** `orderly`: with FIN. `cause`: its event. */
  closedByPeer(orderly: boolean, sentence: string, cause: number | null): void
}

/** Returns a TCP connection of a plain socket that is not open yet: `dial` or `take` follows. */
export function tcpConnection(
  state: PlainState,
  stack: IpStack,
  name: string,
  cause: number,
  events: OpeningEvents
): PeerConnection {
  const { clock, timeline, transport } = state.parts
  const connection: PeerConnection = new PeerConnection(
    { clock, timeline, transport, timers: state.timers, ip: stack },
    { words: wordsOf(name), cpu: null, cause },
    {
      opened: () => events.opened(),
      secured: () => {},
      data: (bytes) => events.data(bytes),
      drained: () => events.drained(),
      expired: (wait) => {
        connection.giveUp()
        events.failed({ kind: 'expired', wait }, wait.seq)
      },
      ended: (end) => {
        if (end.kind === 'tls') return
        if (end.kind === 'closed') events.closedByPeer(end.orderly, end.sentence, end.seq)
        else events.failed(end, end.seq)
      }
    }
  )
  return connection
}

/** Opens a TCP connection, after a look-up of the name, for which connTo does not count (at-reference 13). */
export function openTcp(
  state: PlainState,
  stack: IpStack,
  to: { readonly host: string; readonly port: number; readonly connToMs: number },
  cause: number,
  events: OpeningEvents
): void {
  const connection = tcpConnection(state, stack, `${to.host}:${to.port}`, cause, events)
  state.link = connection
  connection.dial(
    to.host,
    to.port,
    { timer: 'command', limitMs: to.connToMs },
    { timer: 'command', limitMs: NAME_LIMIT_MS }
  )
}

/** Opens a UDP socket for a peer, after a look-up of its name. */
export function openUdp(
  state: PlainState,
  stack: IpStack,
  to: { readonly host: string; readonly port: number; readonly localPort: number },
  cause: number,
  events: OpeningEvents
): void {
  let isOver = false
  const open = (address: string): void => {
    if (isOver) return
    const remote = { address, port: to.port }
    const sentence = `UDP socket for ${address}:${to.port}.`
    const link = new UdpLink(stack, { remote, localPort: to.localPort, listensFor: null }, sentence, cause, {
      opened: () => events.opened(),
      datagram: (bytes, from) => events.datagram(bytes, from),
      closed: (why, seq) => {
        if (state.chart.within('opening')) events.failed({ kind: 'unreachable', sentence: why, seq }, seq)
        else events.closedByPeer(false, why, seq)
      }
    })
    state.link = link
  }
  if (isAddress(to.host)) return open(to.host)
  const look = stack.resolveName(to.host, cause, (answer) => {
    state.timers.stop('command')
    if (isOver) return
    if (answer.kind === 'found') open(answer.address)
    else events.failed({ kind: 'unresolved', sentence: answer.sentence, seq: answer.seq }, answer.seq)
  })
  const giveUp = (): void => {
    isOver = true
    look.cancel()
    state.timers.stop('command')
  }
  state.link = new PendingLink(`${to.host}:${to.port}`, cause, giveUp)
  const expired = (seq: number): void => {
    giveUp()
    events.failed({ kind: 'expired', wait: { kind: 'name', limitMs: NAME_LIMIT_MS } }, seq)
  }
  state.timers.start('command', NAME_LIMIT_MS, expired, cause)
}

/** A UDP socket whose name is still being looked up. */
class PendingLink {
  readonly counters = { sentBytes: 0, receivedBytes: 0 }
  readonly holdsUnsent = false
  readonly broughtBy = null
  readonly name: string
  cause: number
  readonly giveUp: () => void

  constructor(name: string, cause: number, giveUp: () => void) {
    this.name = name
    this.cause = cause
    this.giveUp = giveUp
  }

  writeBecause(): boolean {
    return true
  }

  setReading(): void {}

  close(): void {
    this.giveUp()
  }

  abort(): void {
    this.giveUp()
  }

  dropUnsent(): void {
    this.giveUp()
  }
}

const wordsOf = (name: string): ConnectionWords => ({
  name,
  connecting: (where) => `Connecting to ${where}.`,
  opened: (where) => `TCP open to ${where}.`,
  tcpClosed: 'The peer closed the TCP connection.',
  closeNotified: '',
  tellsEndOfTls: false,
  tellsEndOfTcp: true
})

/** Longest wait for a name (at-reference 9). */
const NAME_LIMIT_MS = 20_000
