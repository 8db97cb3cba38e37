import { hostFailure, type CommandFailure } from '../../../shared/errors.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { KeptSession } from '../../../shared/security.ts'
import { sslChart } from '../../../shared/statecharts/ssl.ts'
import { proposedSuites, suiteNumber } from '../../../shared/suites.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { AtInstance } from '../at/instance.ts'
import type { Chart } from '../chart.ts'
import type { ClockChip } from '../clock-chip.ts'
import type { Nvm } from '../nvm.ts'
import type { PacketContext } from '../packet-context.ts'
import { contextDown, disconnected, enabledAlready, farEndStuck, illegalState, notConnected, notEnabled, openAlready, ownedByAnother } from './failures.ts'
import type { HandshakeLog } from './handshake-log.ts'
import { OnlineSession } from './online-session.ts'
import { Reader, type ReceiveResult } from './reader.ts'
import { SecureConnection, type ConnectionParts, type DialRequest } from './secure-connection.ts'
import type { SecurityData } from './security-data.ts'

/**
 * The one SSL socket (guide chapters 3 and 4). Its chart decides what is legal; this class carries it out: dial, data
 * in command and online mode, the far end's closure in each (D-7), and the errors of D-27.
 */
export class SslSocket {
  /** AT instance that enabled SSL and alone may use it (G-3.1-3). */
  private ownerInstance: AtInstance | null = null
  private connection: SecureConnection | null = null
  private session: OnlineSession | null = null
  private readonly reader: Reader
  /** A failure in transfer that no command has told the host of yet (D-27). */
  private untold: CommandFailure | null = null
  private closureType = 0
  private kept: KeptSession | null = null
  private lastFailureSentence: string | null = null
  private lastHandshake: HandshakeLog | null = null
  /** Ends a #SSLSEND that waits until TCP has taken its bytes. */
  private whenDrained: (() => void) | null = null

  constructor(
    private readonly chart: Chart,
    private readonly parts: SslSocketParts
  ) {
    this.reader = new Reader(parts.timers)
    parts.context.onDown((cause) => this.broken(cause))
  }

  get enabled(): boolean {
    return !this.chart.within('disabled')
  }

  get owner(): number | null {
    return this.ownerInstance?.index ?? null
  }

  /** `#SSLEN=1,1`: 835 when it is on already, 831 when another instance has it (D-14, D-27). */
  enable(instance: AtInstance, cause: number | null): Outcome {
    if (this.chart.send('ENABLE', cause)) {
      this.ownerInstance = instance
      return ok
    }
    return failed(this.ownerInstance === instance ? enabledAlready() : ownedByAnother(this.owner))
  }

  /** `#SSLEN=1,0`: closes what is open, silently (D-14). */
  disable(instance: AtInstance, cause: number): Outcome {
    if (!this.enabled) return failed(notEnabled())
    if (this.ownerInstance !== instance) return failed(ownedByAnother(this.owner))
    if (this.chart.within('open')) this.hangUp(0, cause)
    if (!this.chart.send('DISABLE', cause)) return failed(illegalState(this.chart.state))
    this.ownerInstance = null
    this.kept = null
    this.untold = null
    return ok
  }

  /** `#SSLD`: ends in OK or CONNECT, or in the failure that D-27 names. */
  dial(request: SslDial, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = this.dialRefusal()
    if (refusal) return finish(this.refuse(refusal))
    const { nvm, securityData, transport } = this.parts
    const missing = transport.checkStored(securityData.forDial(nvm.contents.sslSecurity.authMode), securityData.policy)
    if (missing) {
      const { sentence, expected, got, rule } = missing
      return finish(this.refuse(hostFailure('sslSecurityData', sentence, { expected, got, rule })))
    }
    if (!this.chart.send('DIAL', cause)) return finish(this.refuse(illegalState(this.chart.state)))
    this.closureType = request.closureType
    this.untold = null
    this.connection = this.connectionFor(this.dialRequest(request), request, instance, cause, finish)
    this.lastHandshake = this.connection.handshake
    this.connection.dial()
  }

  /** `#SSLO`: CONNECT on an open socket, also one opened in command mode (G-4.2-3). */
  goOnline(instance: AtInstance, cause: number): Outcome {
    if (!this.chart.can('GO_ONLINE')) return failed(this.notOpen())
    this.chart.send('GO_ONLINE', cause)
    return { kind: 'connect', begin: () => this.beginOnline(instance) }
  }

  /** Whether `#SSLSEND` may ask for data now; the failure when not: 840, 838 or 833. */
  sendRefusal(): CommandFailure | null {
    return this.chart.can('SEND') ? null : this.notOpen()
  }

  /** Sends what was entered at the prompt; ends when TCP has taken it, or 832 when it does not in time. */
  send(bytes: Uint8Array, timeoutMs: number, cause: number, finish: (outcome: Outcome) => void): void {
    // The far end may have closed while the host typed.
    if (!this.chart.send('SEND', cause)) return finish(failed(this.connection === null && this.untold === null ? disconnected() : this.notOpen()))
    if (bytes.length === 0 || this.connection!.send(bytes, cause)) return finish(ok)
    this.parts.timers.start('command', timeoutMs, () => {
      this.whenDrained = null
      finish(failed(farEndStuck(timeoutMs)))
    })
    this.whenDrained = () => {
      this.parts.timers.stop('command')
      finish(ok)
    }
  }

  /** `#SSLRECV`: answers as soon as any data is there (D-6), or after `timeoutMs`, or when the far end has closed (D-7). */
  receive(maxBytes: number, timeoutMs: number, cause: number, done: (result: ReceiveResult) => void): void {
    if (!this.chart.send('RECEIVE', cause)) return done({ kind: 'failed', failure: this.notOpen() })
    if (this.reader.heldBytes > 0) this.deliver(maxBytes, done)
    else this.reader.wait(maxBytes, timeoutMs, done)
  }

  /** `#SSLH`: closes; the closureType decides whether the session is kept (D-5). */
  hangUp(closureType: number | undefined, cause: number): Outcome {
    if (!this.chart.send('HANG_UP', cause)) return failed(this.notOpen())
    if ((closureType ?? this.closureType) === 0) this.kept = null
    this.endConnection()
    this.chart.send('CLOSED', cause)
    return ok
  }

  /** The answer of `#SSLS` after its name: `1,2,3` (G-4.5-6, D-13, D-31). */
  status(): string {
    const state = sslChart.states[this.chart.state]!.ssls!
    const suite = state === 2 && this.connection?.suite ? `,${suiteNumber(this.parts.profile.suites, this.connection.suite)}` : ''
    return `1,${state}${suite}`
  }

  /** The module goes down: everything is dropped, nothing said. */
  powerLost(cause: number | null): void {
    this.connection?.close()
    this.connection = null
    this.session?.end()
    this.session = null
    this.reader.stopWaiting()
    this.reader.clear()
    this.whenDrained = null
    this.untold = null
    this.kept = null
    this.ownerInstance = null
    this.chart.send('POWER_LOST', cause)
  }

  /** For the window. */
  facts(): SslFacts {
    return {
      farEnd: this.connection?.farEnd ?? null,
      suite: this.connection?.suite ?? null,
      counters: this.connection?.counters ?? { sentBytes: 0, sentRecords: 0, receivedBytes: 0, receivedRecords: 0 },
      heldBytes: this.reader.heldBytes,
      online: this.session !== null,
      waitingBytes: this.session?.waitingBytes ?? 0,
      closureType: this.closureType,
      sessionKept: this.kept !== null,
      lastFailure: this.lastFailureSentence,
      handshake: this.lastHandshake
    }
  }

  private dialRefusal(): CommandFailure | null {
    if (this.chart.within('open')) return openAlready(this.connection!.farEnd)
    if (!this.parts.context.active) return contextDown()
    return this.chart.can('DIAL') ? null : illegalState(this.chart.state)
  }

  private dialRequest({ host, port, timeout100ms }: SslDial): DialRequest {
    const { nvm, securityData, profile, clockChip } = this.parts
    const { suite, authMode } = nvm.contents.sslSecurity
    const { checkNotBefore, checkExpiry, acceptSha256Signatures, securityDataBytes } = profile
    return {
      host,
      port,
      packetTimeoutMs: (timeout100ms ?? nvm.contents.sslConfig.defTo) * 100,
      client: {
        suites: proposedSuites(profile.suites, suite),
        stored: securityData.forDial(authMode),
        storedPolicy: securityData.policy,
        serverPolicy: { checkNotBefore, checkExpiry, acceptSha256Signatures, maxCertificateBytes: securityDataBytes },
        clockChipMs: () => clockChip.utcMs(),
        farEnd: `${host}:${port}`
      }
    }
  }

  private connectionFor(dial: DialRequest, request: SslDial, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): SecureConnection {
    return new SecureConnection(
      dial,
      this.parts,
      {
        tcpOpened: () => this.chart.send('TCP_OPEN', cause),
        opened: () => {
          this.lastFailureSentence = null
          this.kept = request.closureType === 1 ? this.connection!.session : null
          this.chart.send(request.online ? 'FINISHED_ONLINE' : 'FINISHED', cause)
          finish(request.online ? { kind: 'connect', begin: () => this.beginOnline(instance) } : ok)
        },
        data: (bytes) => this.arrived(bytes),
        drained: () => this.drained(),
        farEndClosed: (closeCause) => this.farEndClosed(closeCause),
        failed: (failure, inTransfer) => {
          this.lastFailureSentence = failure.sentence
          if (inTransfer) return this.failedInTransfer(failure)
          this.connection = null
          this.chart.send('FAILED', cause)
          finish(failed(failure))
        }
      },
      cause
    )
  }

  private refuse(failure: CommandFailure): Outcome {
    this.lastFailureSentence = failure.sentence
    return failed(failure)
  }

  private beginOnline(instance: AtInstance): void {
    const { pktSize, txTo, maxTo } = this.parts.nvm.contents.sslConfig
    this.session = new OnlineSession(
      { packetBytes: pktSize || AUTOMATIC_PACKET_BYTES, txToMs: txTo * 100, maxToMs: maxTo * 1000 },
      this.connection!,
      instance,
      this.parts.timers,
      {
        idle: () => this.idle(),
        suspended: (cause) => {
          this.session = null
          this.chart.send('ESCAPE', cause)
          this.connection?.setReading(true)
        }
      }
    )
    instance.attach(this.session)
    // What came while the socket was in command mode comes first.
    if (this.reader.heldBytes > 0) this.session.fromFarEnd(this.reader.take(this.reader.heldBytes))
  }

  private arrived(bytes: Uint8Array): void {
    if (this.session) return this.session.fromFarEnd(bytes)
    this.reader.arrived(bytes)
    if (this.reader.full) this.connection?.setReading(false)
  }

  private deliver(maxBytes: number, done: (result: ReceiveResult) => void): void {
    const bytes = this.reader.take(maxBytes)
    if (this.reader.hasRoom) this.connection?.setReading(true)
    const drainedNow = this.reader.heldBytes === 0 && this.chart.within('open.draining')
    done({ kind: 'data', bytes })
    if (!drainedNow) return
    // D-7 (2): the socket is closed now, NO CARRIER follows as a burst of its own.
    this.afterFarEnd(null)
    const instance = this.ownerInstance
    this.parts.clock.schedule(OWN_BURST_MS, () => instance?.report('NO CARRIER'))
  }

  private drained(): void {
    this.session?.farEndDrained()
    const whenDrained = this.whenDrained
    this.whenDrained = null
    whenDrained?.()
  }

  /** D-7, in each of its cases. */
  private farEndClosed(cause: number): void {
    const wasOnline = this.session !== null
    this.chart.send('FAR_END_CLOSED', cause)
    if (wasOnline) {
      this.endConnection()
      this.ownerInstance?.carrierLost(cause)
      return
    }
    if (this.reader.heldBytes > 0) return
    this.afterFarEnd(cause)
    this.reader.stopWaiting()?.done({ kind: 'disconnected' })
    this.ownerInstance?.report('NO CARRIER', cause)
  }

  /** The far end has closed and everything was read. */
  private afterFarEnd(cause: number | null): void {
    this.chart.send('EMPTIED', cause)
    this.endConnection()
  }

  private failedInTransfer(failure: CommandFailure): void {
    this.chart.send('BROKEN')
    const wasOnline = this.session !== null
    this.endConnection()
    if (wasOnline) return this.ownerInstance?.carrierLost(null)
    const read = this.reader.stopWaiting()
    if (read) read.done({ kind: 'failed', failure })
    else this.untold = failure
  }

  /** maxTo: the module closes (G-3.4-3, G-4.2-4). */
  private idle(): void {
    this.chart.send('IDLE')
    this.endConnection()
    this.chart.send('CLOSED')
    this.ownerInstance?.carrierLost(null)
  }

  /** The context went down under the socket. */
  private broken(cause: number | null): void {
    if (this.connection === null) return
    const wasOnline = this.session !== null
    if (!this.chart.send('BROKEN', cause)) return this.connection.lost('The PDP context went down.')
    this.connection.abort()
    this.endConnection()
    if (wasOnline) return this.ownerInstance?.carrierLost(cause)
    this.reader.stopWaiting()?.done({ kind: 'disconnected' })
    this.ownerInstance?.report('NO CARRIER', cause)
  }

  private endConnection(): void {
    this.session?.end()
    this.session = null
    this.connection?.close()
    this.connection = null
    this.reader.clear()
  }

  /** Why nothing can be sent or read: 840, what broke the connection (once), or 833. */
  private notOpen(): CommandFailure {
    const untold = this.untold
    this.untold = null
    if (untold) return untold
    if (this.chart.within('open.draining')) return disconnected()
    return notConnected()
  }
}

export interface SslSocketParts extends ConnectionParts {
  readonly profile: ModuleProfile
  readonly nvm: Nvm
  readonly clockChip: ClockChip
  readonly securityData: SecurityData
  /** PDP context 1, the only one SSL works with (G-2.1-2). */
  readonly context: PacketContext
}

export interface SslDial {
  readonly host: string
  readonly port: number
  readonly closureType: number
  readonly online: boolean
  readonly timeout100ms: number | undefined
}

export interface SslFacts {
  readonly farEnd: string | null
  readonly suite: SecureConnection['suite']
  readonly counters: SecureConnection['counters']
  readonly heldBytes: number
  readonly online: boolean
  /** Gathered for the next packet. */
  readonly waitingBytes: number
  readonly closureType: number
  readonly sessionKept: boolean
  readonly lastFailure: string | null
  readonly handshake: HandshakeLog | null
}

/** pktSize 0 means automatic, which is 300 (D-3). */
const AUTOMATIC_PACKET_BYTES = 300
/** D-7: NO CARRIER keeps this distance from the OK before it. */
const OWN_BURST_MS = 50

