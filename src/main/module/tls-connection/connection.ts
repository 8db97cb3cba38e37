/** @module All TCP connections of the module, with TLS or without, for the SSL socket and both connections of FTP. */

import type { TcpEvents } from '../../../shared/contracts/bearer.ts'
import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import type { TlsFailureFacts } from '../../../shared/tls/failure.ts'
import type { TlsTraceEvent } from '../../../shared/tls/trace.ts'
import { isAddress } from '../network/dotted.ts'
import type { IpConnection, TakeConnection } from '../network/ip-connection.ts'
import type { SocketLink } from '../sockets/link.ts'
import { ConnectionCauses } from './causes.ts'
import type {
  ConnectionEnd,
  ConnectionEvents,
  ConnectionOptions,
  ConnectionParts,
  ConnectOptions,
  HandshakeExpiry,
  TimeLimit,
  TlsState
} from './contract.ts'
import { HandshakeCpu } from './cpu.ts'
import type { HandshakeLog } from './handshake-log.ts'
import { HandshakeWatch } from './handshake-watch.ts'
import { endTcp, nothingToStop, stopWaiting, type Stage } from './stage.ts'
import { tlsFailureFact } from './timeline-facts.ts'

/**
 * A connection to a peer, from the name look-up to the last byte: TCP, on which TLS can be started at any time (RFC
 * 4217). It adds the processor time of a handshake, writes the handshake's log, and passes back-pressure on in both
 * directions. Its user decides what a failure means to the host, and what follows from an expired limit.
 */
export class PeerConnection implements SocketLink {
  readonly counters = { sentBytes: 0, sentRecords: 0, receivedBytes: 0, receivedRecords: 0 }
  readonly causes: ConnectionCauses
  #stage: Stage = { kind: 'new' }
  readonly #tls: TlsState = { suite: null, session: null, resumed: false, closeNotified: false }
  /** Whether TCP took all of the last `write` without asking to wait. */
  #writable = true
  readonly #cpu: HandshakeCpu
  readonly #parts: ConnectionParts
  readonly #options: ConnectionOptions
  readonly #events: ConnectionEvents

  constructor(parts: ConnectionParts, options: ConnectionOptions, events: ConnectionEvents) {
    this.#parts = parts
    this.#options = options
    this.#events = events
    this.causes = new ConnectionCauses(parts.timeline, options.cause)
    this.#cpu = new HandshakeCpu(parts.clock, options, (fact) => this.causes.report(fact))
  }

  /** The name for people: `host:port`, `FTP control connection`. */
  get name(): string {
    return this.#options.words.name
  }

  set cause(asked: number) {
    this.causes.current = asked
  }

  get broughtBy(): number | null {
    return this.causes.broughtBy
  }

  /** The TCP connection; `null` before it is being opened. */
  get tcp(): IpConnection | null {
    return 'tcp' in this.#stage ? this.#stage.tcp : null
  }

  get isOver(): boolean {
    return this.#stage.kind === 'ended'
  }

  /** Whether there are written bytes that TCP has not taken yet. */
  get holdsUnsent(): boolean {
    return !this.#writable
  }

  get tls(): Readonly<TlsState> {
    return this.#tls
  }

  /** Looks up the name and opens TCP, each within its limit. Ends in `opened`, `expired` or `ended`. */
  dial(host: string, port: number, limit: TimeLimit, nameLimit: TimeLimit = limit): void {
    if (isAddress(host)) return this.connect(host, port, { limit })
    const stopLimit = this.#limit('name', nameLimit)
    const lookUp = this.#parts.ip.resolveName(host, this.causes.current, (result) => {
      if (this.#stage.kind !== 'resolving') return
      if (result.kind === 'found') this.connect(result.address, port, { limit })
      else this.#end({ kind: 'unresolved', sentence: result.sentence, seq: result.seq })
    })
    this.#stage = { kind: 'resolving', lookUp, stopLimit }
  }

  /** Opens TCP to a dotted address. Ends in `opened`, `expired` or `ended`. */
  connect(address: string, port: number, { limit = null, beside = null }: ConnectOptions = {}): void {
    const where = `${address}:${port}`
    const stopLimit = limit ? this.#limit('tcp', limit) : nothingToStop
    const opening = { sentence: this.#options.words.connecting(where), cause: () => this.causes.current }
    const tcp = this.#parts.ip.connect(address, port, this.#tcpEvents(where), opening, beside)
    this.#stage = { kind: 'connecting', tcp, stopLimit }
  }

  /** Takes a connection that the peer has opened, and reports it with `sentence`. `where` is the peer's name. */
  take(accepted: TakeConnection, where: string, sentence: string): void {
    const tcp = accepted(this.#tcpEvents(where), { sentence, cause: () => this.causes.current })
    this.#stage = { kind: 'connecting', tcp, stopLimit: nothingToStop }
    this.#opened(where)
  }

  /**
   * Starts a TLS handshake on the open connection. Ends in `secured`, `expired` or `ended`. `limit` is for each wait
   * for a record (D-4). `log` records the handshake.
   */
  secure(request: SecureClientRequest, limit: TimeLimit, log: HandshakeLog): void {
    if (this.#stage.kind !== 'plain') return
    const { tcp } = this.#stage
    const expired = (wait: HandshakeExpiry): void => this.#events.expired({ ...wait, cpuBusy: this.#cpu.isBusy })
    const watch = new HandshakeWatch(this.#parts, limit, expired)
    const tls = this.#parts.transport.createClient(
      { ...request, usesKey: (keyBits) => this.#cpu.usesKey(keyBits) },
      {
        output: (bytes) => this.#output(tcp, bytes),
        opened: (suite, session) => this.#secured(suite, session),
        data: (bytes) => {
          this.counters.receivedBytes += bytes.length
          this.#events.data(bytes)
        },
        closedByPeer: () => {
          this.#tls.closeNotified = true
          this.#closedByPeer(true, this.#options.words.closeNotified)
        },
        failed: (facts) => this.#failed(facts, log),
        trace: (event) => this.#traced(event, tcp, log)
      }
    )
    this.#stage = { kind: 'handshake', tcp, tls, log, watch }
    watch.begin(this.causes.current)
    tls.start()
    // A handshake does not wait for a slow host.
    this.setReading(true)
  }

  /**
   * Sends bytes. Returns false when the caller should wait for `drained`. `shown` is the version for the timeline while
   * they are sent in plain text, of the same length.
   */
  write(bytes: Uint8Array, shown: Uint8Array = bytes): boolean {
    const stage = this.#stage
    if (stage.kind !== 'plain' && stage.kind !== 'secured') return true
    this.counters.sentBytes += bytes.length
    this.#writable = true
    if (stage.kind === 'plain') this.#writable = stage.tcp.write(bytes, shown)
    else stage.tls.send(bytes)
    return this.#writable
  }

  /** Sends bytes that `causes` brought. */
  writeBecause(causes: readonly number[], bytes: Uint8Array): boolean {
    return this.causes.during(causes, () => this.write(bytes))
  }

  /** Pauses and resumes reading, so that a slow host slows down the peer. */
  setReading(reading: boolean): void {
    if (!this.isOver) this.tcp?.setReading(reading)
  }

  /** Sends what waits, close_notify if there is TLS, then ends TCP. No further reports. */
  close(): void {
    const stage = this.#drop()
    if (stage.kind === 'secured') this.#tls.closeNotified = true
    if ('tls' in stage) stage.tls.close()
    endTcp(stage)
  }

  /** Ends TCP without close_notify, or drops it if it is not open yet. No further reports. */
  giveUp(): void {
    endTcp(this.#drop())
  }

  /** Drops an open connection at once. No further reports. */
  abort(): void {
    if (!this.isOver) this.dropUnsent()
  }

  /** The same; also drops what a closed connection has not sent yet (D-38). */
  dropUnsent(): void {
    this.#drop()
    this.tcp?.destroy()
  }

  #tcpEvents(where: string): TcpEvents {
    return {
      opened: () => this.#opened(where),
      data: (bytes) => this.#received(bytes),
      drained: () => {
        this.#writable = true
        if (!this.isOver) this.#events.drained()
      },
      closed: (error) => this.#tcpClosed(error),
      broken: (report) => this.causes.continueFrom(report)
    }
  }

  #opened(where: string): void {
    if (this.#stage.kind !== 'connecting') return
    const { tcp, stopLimit } = this.#stage
    stopLimit()
    this.#stage = { kind: 'plain', tcp }
    const sentence = this.#options.words.opened(where)
    this.causes.report({ kind: 'tcp', what: 'opened', sentence, connection: tcp.connection })
    this.#events.opened()
  }

  #received(bytes: Uint8Array): void {
    const stage = this.#stage
    if (stage.kind === 'plain') {
      this.counters.receivedBytes += bytes.length
      this.causes.broughtBy = stage.tcp.arrivedBy
      return this.#events.data(bytes)
    }
    if (stage.kind === 'handshake') this.#cpu.received(bytes.length)
    if (stage.kind === 'handshake' || stage.kind === 'secured') stage.tls.receive(bytes)
  }

  #output(tcp: IpConnection, bytes: Uint8Array): void {
    // The next flight of a handshake must wait for a processor that is busy with certificates; the end of a connection
    // does not.
    if (this.#stage.kind === 'handshake') this.#cpu.whenDone(() => tcp.write(bytes))
    else this.#writable = tcp.write(bytes) && this.#writable
  }

  #secured(suite: TlsState['suite'], session: TlsState['session']): void {
    if (this.#stage.kind !== 'handshake') return
    const { tcp, tls, log, watch } = this.#stage
    this.#stage = { kind: 'secured', tcp, tls }
    this.#tls.suite = suite
    this.#tls.session = session
    watch.stop()
    log.end('open')
    this.#events.secured()
  }

  #tcpClosed(error: Parameters<TcpEvents['closed']>[0]): void {
    const stage = this.#stage
    if (stage.kind === 'ended' || !('tcp' in stage)) return
    const what = stage.kind === 'connecting' ? 'refused' : 'closed'
    const sentence = error?.sentence ?? this.#options.words.tcpClosed
    const seq = this.causes.report({ kind: 'tcp', what, sentence, connection: stage.tcp.connection })
    const told = this.#options.words.tellsEndOfTcp ? seq : null
    if (stage.kind === 'connecting') this.#end({ kind: 'unreachable', sentence, seq })
    else if (stage.kind === 'plain') this.#end({ kind: 'closed', orderly: error === null, sentence, seq: told })
    else stage.tls.transportEnded(error?.code === 'ECONNRESET' ? 'reset' : 'closed')
  }

  /** The peer has ended a TLS connection; `orderly`: with close_notify. */
  #closedByPeer(orderly: boolean, sentence: string): void {
    const stage = this.#stage
    if (stage.kind !== 'secured') return
    const connection = stage.tcp.connection
    const seq = this.#options.words.tellsEndOfTls
      ? this.causes.report({ kind: 'tcp', what: 'closed', sentence, connection })
      : null
    this.#end({ kind: 'closed', orderly, sentence, seq })
  }

  #failed(facts: TlsFailureFacts, log: HandshakeLog): void {
    if (this.isOver) return
    // Ended without close_notify: for the host a closure like any other.
    if (facts.blame === 'transport' && facts.inTransfer) return this.#closedByPeer(false, facts.sentence)
    this.#cpu.finish()
    const seq = this.causes.report(tlsFailureFact(facts))
    log.end('failed', { failure: facts.sentence, rule: facts.rule, failureSeq: seq })
    this.#end({ kind: 'tls', facts, seq })
  }

  #traced(trace: TlsTraceEvent, tcp: IpConnection, log: HandshakeLog): void {
    if (trace.kind === 'suite') this.#tls.resumed = trace.resumed
    if (trace.kind === 'record') this.counters[trace.direction === 'out' ? 'sentRecords' : 'receivedRecords'] += 1
    const fact = { kind: 'tls', trace, connection: tcp.connection } as const
    if (trace.kind !== 'record' || trace.direction === 'out') return log.add(trace, this.causes.report(fact))
    if (this.#stage.kind === 'handshake') this.#stage.watch.recordCame(this.causes.current)
    log.add(trace, this.causes.reportArrival(fact, tcp.arrivedBy))
  }

  #end(end: ConnectionEnd): void {
    if (this.isOver) return
    // An alert may still be under way: end, do not destroy.
    endTcp(this.#leave())
    this.#events.ended(end)
  }

  /** Leaves the last stage because the user ends the connection. Returns that stage. */
  #drop(): Stage {
    const stage = this.#leave()
    if (stage.kind === 'handshake') stage.log.end('failed', { failure: 'The handshake was given up.' })
    return stage
  }

  /** Leaves the last stage, so that nothing waits any more. Returns that stage. */
  #leave(): Stage {
    const stage = this.#stage
    this.#stage = { kind: 'ended', tcp: this.tcp }
    this.#cpu.stop()
    stopWaiting(stage)
    return stage
  }

  /** Starts the limit of one wait before the handshake. Returns a function that stops it. */
  #limit(kind: 'name' | 'tcp', { timer, limitMs }: TimeLimit): () => void {
    const { timers } = this.#parts
    const expired = (seq: number): void => this.#events.expired({ kind, limitMs, cpuBusy: false, seq })
    timers.start(timer, limitMs, expired, this.causes.current)
    return () => timers.stop(timer)
  }
}
