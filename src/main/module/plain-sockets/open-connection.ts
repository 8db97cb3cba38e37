import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { AtInstance } from '../at/instance.ts'
import { CommandData } from '../sockets/command-data.ts'
import { farEndGone, farEndReset } from '../sockets/ends.ts'
import type { Held } from '../sockets/held-bytes.ts'
import { OnlineSession } from '../sockets/online-session.ts'
import { SocketEnds } from '../sockets/socket-ends.ts'
import { PeerConnection } from '../tls-connection/connection.ts'
import type { OpeningEnd } from './failures.ts'
import type { OpeningEvents } from './opening.ts'
import { lastClosures, type PlainState } from './state.ts'
import { UdpLink } from './udp-link.ts'

/** The connection of a plain socket while it is open: its data in both modes, its time limit, and how it ends. */
export class OpenConnection {
  readonly data: CommandData
  readonly #state: PlainState
  readonly #ends: SocketEnds
  /** Bytes that TCP had taken when it last took all. */
  #takenBytes = 0

  constructor(state: PlainState) {
    this.#state = state
    this.#ends = new SocketEnds(state)
    this.data = new CommandData(state, this.#ends)
  }

  /** Returns the events of a connection that is being opened. */
  events(opened: () => void, failed: (end: OpeningEnd, cause: number | null) => void): OpeningEvents {
    const state = this.#state
    return {
      opened,
      failed,
      data: (bytes) => this.arrived(bytes),
      datagram: (bytes, from) => {
        // In online mode the boundaries are lost.
        if (!state.session) state.datagrams.add(from, bytes.length)
        this.arrived(bytes)
      },
      drained: () => {
        this.#takenBytes = state.record.counters.sentBytes
        state.session?.peerDrained()
        state.pendingSend.drained()
      },
      closedByPeer: (orderly, sentence, cause) => this.#closedByPeer(orderly, sentence, cause)
    }
  }

  /** The connection is open: notes its ends and counters, and begins to watch maxTo. */
  opened(kind: 'tcp' | 'udp', direction: 'dialled' | 'accepted', remotePort: number, cause: number): void {
    const state = this.#state
    const { link } = state
    if (link instanceof UdpLink)
      state.record = { kind, direction, local: link.local, remote: link.remote, counters: link.counters }
    else if (link instanceof PeerConnection) {
      const remote = { address: link.tcp?.remoteAddress ?? '', port: remotePort }
      state.record = { kind, direction, local: link.tcp?.local ?? null, remote, counters: link.counters }
    }
    this.#takenBytes = 0
    state.idle.start(state.settings.maxTo * 1000, cause, (expired) => {
      state.lastClosure = lastClosures.idle
      this.#ends.idle(expired)
    })
  }

  /** Bytes that TCP has not taken yet. */
  get unsentBytes(): number {
    const { link, record } = this.#state
    return link?.holdsUnsent ? record.counters.sentBytes - this.#takenBytes : 0
  }

  /** Sends an entry. */
  send(entered: Held, timeoutMs: number, cause: number, finish: Parameters<CommandData['send']>[3]): void {
    const { link, record } = this.#state
    if (!link?.holdsUnsent) this.#takenBytes = record.counters.sentBytes
    this.data.send(entered, timeoutMs, cause, finish)
  }

  /** Takes held data, of a UDP socket at most one datagram. */
  take(maxBytes: number): Held {
    const state = this.#state
    const first = state.datagrams.first
    const held = this.data.take(first ? Math.min(maxBytes, first.leftBytes) : maxBytes)
    state.datagrams.taken(held.bytes.length)
    if (state.reader.heldBytes === 0) state.announced = false
    return held
  }

  /** The port carries data from now on. Called once CONNECT was sent. `hungUp`: DTR dropped with AT&D2. */
  beginOnline(instance: AtInstance, hungUp: (cause: number) => void): void {
    const state = this.#state
    const link = state.link!
    const { pktSize, txTo, bufferStart } = state.settings
    const session = new OnlineSession(
      {
        packetBytes: pktSize || AUTOMATIC_PACKET_BYTES,
        txToMs: SHORT_TX_TO_MS[txTo] ?? txTo * 100,
        everyByteRestartsTxTo: bufferStart === 1
      },
      { link, instance, timers: state.timers, idle: state.idle },
      {
        suspended: (cause) => {
          state.session = null
          const { hiddenEnd } = state
          if (!hiddenEnd) {
            state.chart.send('ESCAPE', cause)
            link.setReading(true)
            return null
          }
          state.chart.send('FAR_END_CLOSED', cause)
          state.endConnection()
          return { detail: state.noCarrierDetail(), because: hiddenEnd.because }
        },
        hungUp
      }
    )
    state.session = session
    instance.attach(session)
    state.datagrams.clear()
    state.announced = false
    session.begin(state.reader.take(state.reader.heldBytes))
    // The connection had already ended, and this was its last data.
    const { end } = state.aftermath
    if (end) this.#ends.endOnline('FAR_END_CLOSED', end.cause, end.because)
  }

  /** The PDP context of an open connection went down. */
  contextLost(cid: number, cause: number | null): void {
    const state = this.#state
    if (!state.chart.within('open') || state.hiddenEnd) return
    if (!state.chart.within('open.draining')) state.lastClosure = lastClosures.context
    this.#ends.contextLost(cid, cause)
  }

  arrived(bytes: Uint8Array): void {
    const { session, link } = this.#state
    const broughtBy = link?.broughtBy ?? null
    const causes = broughtBy === null ? [] : [broughtBy]
    if (session) session.fromPeer(bytes, causes)
    else this.data.arrived({ bytes, causes })
  }

  #closedByPeer(orderly: boolean, sentence: string, cause: number | null): void {
    const state = this.#state
    const name = state.link?.name ?? ''
    const because: EndReason = orderly ? farEndGone(name) : farEndReset(name, sentence)
    state.lastClosure = orderly ? lastClosures.fin : lastClosures.reset
    const hides = state.closureType === 255 && (state.online || state.settings.keepsClosed === 1)
    if (!orderly || !hides) return this.#ends.farEndClosed(cause, because)
    state.hiddenEnd = { cause, because }
    state.idle.stop()
  }
}

/** pktSz 0 means automatic, which is 300. */
const AUTOMATIC_PACKET_BYTES = 300
/** Values of txTo beyond its range that late software takes. */
const SHORT_TX_TO_MS: Readonly<Record<number, number>> = { 256: 10, 257: 20 }
