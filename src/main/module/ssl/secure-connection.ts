import type { Cancellable } from '../../../shared/contracts/bearer.ts'
import type { Clock } from '../../../shared/contracts/clock.ts'
import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'
import type {
  KeptSession,
  SecureClient,
  SecureClientRequest,
  SecureTransport
} from '../../../shared/contracts/security.ts'
import type { CipherSuite } from '../../../shared/tls/suites.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { FailureFact, Finding } from '../../../shared/rules/failure-facts.ts'
import type { TlsFailureFacts } from '../../../shared/tls/failure.ts'
import type { TlsTraceEvent } from '../../../shared/tls/trace.ts'
import type { IpConnection, IpStack } from '../network/ip-stack.ts'
import type { TimerBoard } from '../hardware/timer-board.ts'
import { HandshakeCpu, type SlowCpu } from './cpu.ts'
import { processorBusy, tlsCommandFailure, tlsFailureEvent } from './failures.ts'
import type { HandshakeHistory } from './handshake-history.ts'
import type { HandshakeLog } from './handshake-log.ts'
import { HandshakeWatch, type HandshakeExpiry } from './handshake-watch.ts'

/**
 * One attempt at a secured connection, from the name look-up to the last byte: joins the TCP connection to the TLS
 * client. The handshake timer bounds each wait until the handshake is done: for the address, for TCP, for the next record (D-4).
 */
export class SecureConnection {
  readonly farEnd: string
  private readonly handshake: HandshakeLog
  readonly counters = { sentBytes: 0, sentRecords: 0, receivedBytes: 0, receivedRecords: 0 }
  suite: CipherSuite | null = null
  session: KeptSession | null = null
  /** Whether the session that was to be taken up was. */
  resumed = false
  /** Whether either side said close_notify before the end: only then may the session be taken up again (D-24, RFC 2246 7.2.1). */
  closeNotified = false
  /** Event that asked for what happens now; outgoing records carry it as their cause. */
  cause: number
  private stage: 'resolving' | 'connecting' | 'handshake' | 'open' | 'ended' = 'resolving'
  private lookUp: Cancellable | null = null
  private tcp: IpConnection | null = null
  private tls: SecureClient | null = null
  /** Whether TCP has taken all of the last `send` without asking to wait. */
  private writable = true
  private readonly cpu: HandshakeCpu
  private readonly watch: HandshakeWatch

  constructor(
    private readonly request: DialRequest,
    private readonly parts: ConnectionParts,
    private readonly events: ConnectionEvents,
    cause: number
  ) {
    this.farEnd = `${request.host}:${request.port}`
    this.handshake = parts.handshakes.begin(this.farEnd)
    this.cpu = new HandshakeCpu(parts.clock, request.cpu, (durationMs) =>
      this.report(processorBusy(this.farEnd, durationMs))
    )
    const { clock, timers } = parts
    this.watch = new HandshakeWatch({
      clock,
      timers,
      timer: 'handshake',
      limitMs: request.packetTimeoutMs,
      expired: (end) => this.fail(this.handshakeExpired(end))
    })
    this.cause = cause
  }

  /** Looks the name up, opens TCP, shakes hands. Ends in `opened` or `failed`. */
  dial(): void {
    if (isAddress(this.request.host)) return this.connect(this.request.host)
    this.limitWait(() =>
      this.fail(
        this.unresolved(
          `No name server answered for ${this.request.host} in ${this.request.packetTimeoutMs / 1000} s.`,
          this.waited
        )
      )
    )
    this.lookUp = this.parts.ip.resolveName(this.request.host, this.cause, (result) => {
      this.lookUp = null
      if (this.stage !== 'resolving') return
      if (result.kind === 'found') this.connect(result.address)
      else this.fail(this.unresolved(result.sentence))
    })
  }

  /** Sends application data; false when the far end takes no more for now: wait for `drained`. */
  send(bytes: Uint8Array, cause: number | null): boolean {
    if (this.stage !== 'open') return true
    if (cause !== null) this.cause = cause
    this.counters.sentBytes += bytes.length
    this.writable = true
    this.tls!.send(bytes)
    return this.writable
  }

  /** Stops and restarts what arrives, so that a slow host slows the far end. */
  setReading(reading: boolean): void {
    this.tcp?.setReading(reading)
  }

  /** close_notify, then the end of TCP. Nothing is reported any more. */
  close(): void {
    if (this.stage === 'ended') return
    const tls = this.tls
    if (this.stage === 'open') this.closeNotified = true
    this.stage = 'ended'
    this.release()
    tls?.close()
    this.tcp?.end()
  }

  /** Drops everything at once: the context or the power is gone. */
  abort(): void {
    this.stage = 'ended'
    this.release()
    this.tcp?.destroy()
  }

  /** The same for a connection that has ended and still holds bytes that TCP has not taken: they are never sent (D-38). */
  dropUnsent(): void {
    this.tcp?.destroy()
  }

  /** What carries the connection has gone while it was being opened: the dial fails. */
  lost(sentence: string): void {
    this.fail(this.unreachable(sentence, 'context-lost'))
  }

  private connect(address: string): void {
    this.stage = 'connecting'
    const { port } = this.request
    this.limitWait(() =>
      this.fail(
        this.unreachable(
          `${this.farEnd} did not answer in ${this.request.packetTimeoutMs / 1000} s.`,
          'tcp-silent',
          this.waited
        )
      )
    )
    this.tcp = this.parts.ip.connect(
      address,
      port,
      {
        opened: () => this.tcpOpened(address),
        data: (bytes) => this.received(bytes),
        drained: () => this.events.drained(),
        closed: (error) => this.tcpClosed(error),
        broken: (report) => {
          this.cause = report(this.cause)
        }
      },
      { sentence: `Connecting to ${address}:${port}.`, cause: () => this.cause }
    )
  }

  private tcpOpened(address: string): void {
    if (this.stage !== 'connecting') return
    this.stage = 'handshake'
    this.report({
      kind: 'tcp',
      what: 'opened',
      sentence: `TCP open to ${address}:${this.request.port}.`,
      connection: this.tcp!.connection
    })
    this.events.tcpOpened()
    this.watch.begin(this.cause)
    this.tls = this.parts.transport.createClient(this.request.client, {
      output: (bytes) => this.output(bytes),
      opened: (suite, session) => this.opened(suite, session),
      data: (bytes) => {
        this.counters.receivedBytes += bytes.length
        this.events.data(bytes)
      },
      closedByPeer: () => {
        this.closeNotified = true
        this.endedByPeer('The server closed with close_notify.')
      },
      failed: (failure) => this.tlsFailed(failure),
      trace: (event) => this.traced(event),
      usesKey: (keyBits) => this.cpu.usesKey(keyBits)
    })
    this.tls.start()
  }

  private output(bytes: Uint8Array): void {
    if (this.stage === 'open') this.writable = this.tcp!.write(bytes) && this.writable
    // A handshake's answer has to wait for a processor that is busy with certificates.
    else this.cpu.whenDone(() => this.tcp!.write(bytes))
  }

  private received(bytes: Uint8Array): void {
    if (this.stage === 'handshake') this.cpu.received(bytes.length)
    if (this.stage === 'handshake' || this.stage === 'open') this.tls!.receive(bytes)
  }

  private opened(suite: CipherSuite, session: KeptSession | null): void {
    this.stage = 'open'
    this.suite = suite
    this.session = session
    this.parts.timers.stop('handshake')
    this.handshake.end('open')
    this.events.opened()
  }

  private tcpClosed(error: { code: string; sentence: string } | null): void {
    if (this.stage === 'ended') return
    const what = this.stage === 'connecting' ? 'refused' : 'closed'
    const sentence = error?.sentence ?? 'The server closed the TCP connection.'
    this.report({ kind: 'tcp', what, sentence, connection: this.tcp!.connection })
    if (this.stage === 'connecting') this.fail(this.unreachable(sentence, 'tcp-refused'))
    else this.tls!.transportEnded(error?.code === 'ECONNRESET' ? 'reset' : 'closed')
  }

  private tlsFailed(facts: TlsFailureFacts): void {
    if (this.stage === 'ended') return
    // The far end went away without close_notify: to the host that is a remote closure like any other.
    if (facts.blame === 'transport' && facts.inTransfer) return this.endedByPeer(facts.sentence)
    this.cpu.finish()
    const cause = this.report(tlsFailureEvent(facts))
    this.fail(tlsCommandFailure(facts), cause)
  }

  private endedByPeer(sentence: string): void {
    if (this.stage === 'handshake') {
      const text = `${sentence} The handshake was not finished.`
      return this.fail({
        ...hostFailure('sslHandshake', text, { rule: 'G-4.1-4', finding: 'far-end-left' }),
        blame: 'far-end'
      })
    }
    if (this.stage !== 'open') return
    const cause = this.report({ kind: 'tcp', what: 'closed', sentence, connection: this.tcp!.connection })
    // The engine is over by now and has nothing left to say.
    this.stage = 'ended'
    this.release()
    this.tcp!.end()
    this.events.farEndClosed(cause)
  }

  /** `cause`: the event that tells of it; left out, nothing does but the answer. */
  private fail(failure: CommandFailure, cause: number | null = null): void {
    if (this.stage === 'ended') return
    const inTransfer = this.stage === 'open'
    this.stage = 'ended'
    this.release()
    this.handshake.end('failed', { failure: failure.sentence, rule: failure.rule, failureSeq: cause })
    // An alert may still be on its way out: end, do not destroy, once TCP was open.
    if (this.tls) this.tcp?.end()
    else this.tcp?.destroy()
    const farEnd = { kind: 'far-end', name: this.farEnd } as const
    this.events.failed({ ...failure, facts: [...(failure.facts ?? []), farEnd] }, inTransfer, cause)
  }

  private traced(trace: TlsTraceEvent): void {
    if (trace.kind === 'record') {
      if (trace.direction === 'out') this.counters.sentRecords += 1
      else this.counters.receivedRecords += 1
      if (trace.direction === 'in' && this.stage === 'handshake') this.watch.recordCame(this.cause)
    }
    if (trace.kind === 'suite') this.resumed = trace.resumed
    const seq = this.report({ kind: 'tls', trace, connection: this.tcp!.connection })
    this.handshake.add(trace, seq)
  }

  private limitWait(expired: () => void): void {
    this.parts.timers.start('handshake', this.request.packetTimeoutMs, expired, this.cause)
  }

  private release(): void {
    this.lookUp?.cancel()
    this.lookUp = null
    this.cpu.stop()
    this.parts.timers.stop('handshake')
  }

  private report(what: Parameters<TimelineReporter['report']>[0]): number {
    return this.parts.timeline.report(what, this.cause)
  }

  /** How long the wait was. */
  private get waited(): readonly FailureFact[] {
    return [{ kind: 'timer', name: 'handshake', limitMs: this.request.packetTimeoutMs }]
  }

  private unresolved(sentence: string, facts: readonly FailureFact[] = []): CommandFailure {
    return {
      ...hostFailure('cannotResolveName', sentence, { rule: 'D-27', finding: 'name-unknown', facts }),
      blame: 'network'
    }
  }

  private unreachable(sentence: string, finding: Finding, facts: readonly FailureFact[] = []): CommandFailure {
    return {
      ...hostFailure('sslSocket', sentence, { expected: 'a TCP connection', rule: 'D-27', finding, facts }),
      blame: 'network'
    }
  }

  private handshakeExpired({ kind, limitMs }: HandshakeExpiry): CommandFailure {
    const limitS = limitMs / 1000
    const facts = [{ kind: 'timer', name: 'handshake', limitMs }] as const
    if (this.cpu.isBusy) {
      const slow = `The processor was still busy with the certificates of ${this.farEnd} when the ${limitS} s of the handshake were over.`
      const busy = {
        expected: `an answer within ${limitS} s`,
        got: 'a busy processor',
        rule: 'G-4.1-6',
        finding: 'processor-busy',
        facts
      } as const
      return { ...hostFailure('sslHandshake', slow, busy), blame: 'module' }
    }
    const failure =
      kind === 'silent'
        ? hostFailure(
            'sslHandshake',
            `No whole record came from ${this.farEnd} for ${limitS} s during the handshake.`,
            {
              expected: `a record within ${limitS} s`,
              rule: 'G-4.1-5',
              finding: 'handshake-silent',
              facts
            }
          )
        : hostFailure('sslHandshake', `The handshake with ${this.farEnd} was not complete after ${limitS} s.`, {
            expected: `a complete handshake within ${limitS} s`,
            rule: 'D-4',
            finding: 'handshake-slow',
            facts
          })
    return { ...failure, blame: 'far-end' }
  }
}

export interface DialRequest {
  readonly host: string
  readonly port: number
  /** Longest wait for address, TCP and each record of the handshake, milliseconds of module time (D-4). */
  readonly packetTimeoutMs: number
  /** `null` where certificates cost the processor nothing (G-4.1-6). */
  readonly cpu: SlowCpu | null
  readonly client: SecureClientRequest
}

export interface ConnectionParts {
  readonly clock: Clock
  readonly timers: TimerBoard
  readonly timeline: TimelineReporter
  readonly ip: IpStack
  readonly handshakes: HandshakeHistory
  readonly transport: SecureTransport
}

export interface ConnectionEvents {
  tcpOpened(): void
  opened(): void
  data(bytes: Uint8Array): void
  drained(): void
  /** The far end closed an open connection; `cause` is its event in the timeline. */
  farEndClosed(cause: number): void
  /** `cause`: the event in the timeline that tells of it, where there is one. */
  failed(failure: CommandFailure, inTransfer: boolean, cause: number | null): void
}

const isAddress = (host: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(host) && host.split('.').every((part) => Number(part) <= 255)
