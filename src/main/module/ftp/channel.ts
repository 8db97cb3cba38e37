import type { TcpEvents } from '../../../shared/contracts/bearer.ts'
import type { Clock } from '../../../shared/contracts/clock.ts'
import { ftpFarEnd, type FtpConnectionName } from '../../../shared/lab/far-end-name.ts'
import type { SecureClient, SecureClientRequest, SecureTransport } from '../../../shared/contracts/security.ts'
import type { TimelineFact, TimelineReporter } from '../../../shared/timeline/events.ts'
import type { TlsFailureFacts } from '../../../shared/tls/failure.ts'
import { HandshakeCpu, type SlowCpu } from '../ssl/cpu.ts'
import { processorBusy, tlsFailureEvent } from '../ssl/failures.ts'
import type { HandshakeHistory } from '../ssl/handshake-history.ts'
import type { HandshakeLog } from '../ssl/handshake-log.ts'
import { HandshakeWatch, type HandshakeExpiry } from '../ssl/handshake-watch.ts'
import type { IpConnection, IpStack, TakeConnection } from '../network/ip-stack.ts'
import type { TimerBoard } from '../hardware/timer-board.ts'

/**
 * One of FTP's two connections: plain TCP, which TLS can be laid over at any time (RFC 4217). Each handshake is a full one; no
 * session is taken from one connection to the other (G-5-4).
 */
export class Channel {
  private handshake: HandshakeLog | null = null
  tcp: IpConnection | null = null
  private stage: 'connecting' | 'plain' | 'handshake' | 'secured' | 'ended' = 'connecting'
  private tls: SecureClient | null = null
  private readonly cpu: HandshakeCpu
  private watch: HandshakeWatch | null = null
  private writable = true

  constructor(
    /** For people: `control connection` or `data connection`. */
    private readonly name: FtpConnectionName,
    private readonly parts: ChannelParts,
    private readonly events: ChannelEvents,
    /** Event that asked for what happens now. */
    public cause: number
  ) {
    this.cpu = new HandshakeCpu(parts.clock, parts.cpu(), (durationMs) =>
      this.report(processorBusy(`FTP ${this.name}`, durationMs))
    )
  }

  /** Whether bytes were written that TCP has not taken yet. */
  get holdsUnsent(): boolean {
    return !this.writable
  }

  get over(): boolean {
    return this.stage === 'ended'
  }

  /** Opens TCP; `beside` another connection to the same machine. */
  connect(address: string, port: number, beside: IpConnection | null = null): void {
    const opening = { sentence: `FTP ${this.name}: connecting to ${address}:${port}.`, cause: () => this.cause }
    this.tcp = this.parts.ip.connect(address, port, this.tcpEvents(`${address}:${port}`), opening, beside)
  }

  /** Takes a connection that the server has opened (active mode). */
  take(accepted: TakeConnection): void {
    this.tcp = accepted(this.tcpEvents('the server'), {
      sentence: `FTP ${this.name}: the server connects.`,
      cause: () => this.cause
    })
    this.opened('the server')
  }

  /** Begins a TLS handshake on the open connection; ends in `secured`, `ended`, or with `limits` in their `expired` (D-4). */
  secure(request: SecureClientRequest, limits: HandshakeLimits): void {
    if (this.stage !== 'plain') return
    this.stage = 'handshake'
    const { clock, timers } = this.parts
    this.watch = new HandshakeWatch({ clock, timers, timer: 'ftp', ...limits })
    this.watch.begin(this.cause)
    this.handshake = this.parts.handshakes.begin(ftpFarEnd(request.farEnd, this.name))
    this.tls = this.parts.transport.createClient(request, {
      output: (bytes) => this.output(bytes),
      opened: () => this.secured(),
      data: (bytes) => this.events.data(bytes),
      closedByPeer: () =>
        this.end({ kind: 'closed', orderly: true, sentence: `The server closed the ${this.name} with close_notify.` }),
      failed: (facts) => this.tlsFailed(facts),
      trace: (trace) => {
        const seq = this.report({ kind: 'tls', trace, connection: this.tcp!.connection })
        if (trace.kind === 'record' && trace.direction === 'in' && this.stage === 'handshake')
          this.watch!.recordCame(this.cause)
        this.handshake!.add(trace, seq)
      },
      usesKey: (keyBits) => this.cpu.usesKey(keyBits)
    })
    this.tls.start()
    this.setReading(true)
  }

  /** Sends; false when the far end takes no more for now: wait for `drained`. `shown`: what may be kept of it while it goes in plain text. */
  write(bytes: Uint8Array, shown: Uint8Array = bytes): boolean {
    if (this.stage !== 'plain' && this.stage !== 'secured') return true
    this.writable = true
    if (this.stage === 'plain') this.writable = this.tcp!.write(bytes, shown)
    else this.tls!.send(bytes)
    return this.writable
  }

  /** Stops and restarts what arrives. */
  setReading(reading: boolean): void {
    if (this.stage !== 'ended') this.tcp?.setReading(reading)
  }

  /** Sends what waits, close_notify where there is TLS, then ends TCP. Nothing is reported any more. */
  close(): void {
    if (this.stage === 'ended') return
    const { tls } = this
    this.stage = 'ended'
    this.cpu.stop()
    tls?.close()
    this.tcp?.end()
  }

  /** Drops the connection at once. Nothing is reported any more. */
  abort(): void {
    if (this.stage === 'ended') return
    this.stage = 'ended'
    this.cpu.stop()
    this.handshake?.end('failed', { failure: 'The handshake was given up.' })
    this.tcp?.destroy()
  }

  /** The same for one that was closed and still has something to send: nobody waits for it any more. */
  dropUnsent(): void {
    this.abort()
    this.tcp?.destroy()
  }

  private tcpEvents(where: string): TcpEvents {
    return {
      opened: () => this.opened(where),
      data: (bytes) => this.received(bytes),
      drained: () => {
        this.writable = true
        if (this.stage !== 'ended') this.events.drained()
      },
      closed: (error) => this.tcpClosed(error),
      broken: (report) => {
        this.cause = report(this.cause)
      }
    }
  }

  private opened(where: string): void {
    if (this.stage !== 'connecting') return
    this.stage = 'plain'
    this.report({
      kind: 'tcp',
      what: 'opened',
      sentence: `FTP ${this.name}: open with ${where}.`,
      connection: this.tcp!.connection
    })
    this.events.opened()
  }

  private received(bytes: Uint8Array): void {
    if (this.stage === 'plain') return this.events.data(bytes)
    if (this.stage === 'handshake') this.cpu.received(bytes.length)
    if (this.stage === 'handshake' || this.stage === 'secured') this.tls!.receive(bytes)
  }

  private output(bytes: Uint8Array): void {
    // The last words of a connection that ends still go out; close() and end() follow them.
    if (this.stage === 'handshake') this.cpu.whenDone(() => this.tcp!.write(bytes))
    else this.writable = this.tcp!.write(bytes) && this.writable
  }

  private secured(): void {
    this.stage = 'secured'
    this.handshake!.end('open')
    this.events.secured()
  }

  private tcpClosed(error: Parameters<TcpEvents['closed']>[0]): void {
    if (this.stage === 'ended') return
    const sentence = error?.sentence ?? `The server closed the ${this.name}.`
    if (this.stage === 'connecting') {
      this.report({ kind: 'tcp', what: 'refused', sentence, connection: this.tcp!.connection })
      return this.end({ kind: 'unreachable', sentence })
    }
    this.report({ kind: 'tcp', what: 'closed', sentence, connection: this.tcp!.connection })
    if (this.stage === 'plain') this.end({ kind: 'closed', orderly: error === null, sentence })
    else this.tls!.transportEnded(error?.code === 'ECONNRESET' ? 'reset' : 'closed')
  }

  private tlsFailed(facts: TlsFailureFacts): void {
    if (this.stage === 'ended') return
    // Gone without close_notify: to the host a closure like any other.
    if (facts.blame === 'transport' && facts.inTransfer)
      return this.end({ kind: 'closed', orderly: false, sentence: facts.sentence })
    this.handshake!.end('failed', {
      failure: facts.sentence,
      rule: facts.rule,
      failureSeq: this.report(tlsFailureEvent(facts))
    })
    this.end({ kind: 'tls', facts })
  }

  private end(end: ChannelEnd): void {
    if (this.stage === 'ended') return
    this.stage = 'ended'
    this.cpu.stop()
    // An alert may still be on its way out: end, do not destroy.
    this.tcp?.end()
    this.events.ended(end)
  }

  private report(what: TimelineFact): number {
    return this.parts.timeline.report(what, this.cause)
  }
}

export interface ChannelParts {
  readonly clock: Clock
  readonly timers: TimerBoard
  readonly timeline: TimelineReporter
  readonly ip: IpStack
  readonly handshakes: HandshakeHistory
  readonly transport: SecureTransport
  /** The processor as it is set; `null` where certificates cost it nothing (G-4.1-6). */
  cpu(): SlowCpu | null
}

/** How long a handshake may take, by the tout of `#FTPCFG`. */
export interface HandshakeLimits {
  /** Longest wait for one record, milliseconds of module time. */
  readonly limitMs: number
  expired(end: HandshakeExpiry): void
}

export interface ChannelEvents {
  /** TCP is open. */
  opened(): void
  /** The handshake is complete; what is written and read from here on is protected. */
  secured(): void
  data(bytes: Uint8Array): void
  drained(): void
  /** The last event: the server ended the connection, or it failed. */
  ended(end: ChannelEnd): void
}

export type ChannelEnd =
  /** `orderly`: the server has ended it as the protocol asks, TLS with close_notify, so that nothing can be missing. */
  | { readonly kind: 'closed'; readonly orderly: boolean; readonly sentence: string }
  /** TCP was never open. */
  | { readonly kind: 'unreachable'; readonly sentence: string }
  | { readonly kind: 'tls'; readonly facts: TlsFailureFacts }
