/** @module The SSL socket: dialling, data in command and online mode, security data, and how a connection ends. */

import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import { sslChart } from '../../../shared/statecharts/ssl.ts'
import { suiteNumber } from '../../../shared/tls/suites.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { AtInstance } from '../at/instance.ts'
import type { Chart } from '../chart.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'
import { Aftermath } from './aftermath.ts'
import { Dial, type DialRequest } from './dial.ts'
import { dialRequest, storedDataRefusal, type SslDial, type SslSocketParts } from './dial-request.ts'
import {
  contextDown,
  disconnected,
  enabledAlready,
  farEndStuck,
  illegalState,
  noSession,
  notEnabled,
  openAlready,
  ownedByAnother
} from './failures.ts'
import { brokenBy, contextGone, farEndGone, idleTooLong, readEnded, sendGivenUp, sessionNotTakenUp } from './ends.ts'
import type { SslFacts } from './facts.ts'
import { OnlineSession } from './online-session.ts'
import { SessionKeeper } from './kept-session.ts'
import { SocketOwner } from './owner.ts'
import { PendingSend } from './pending-send.ts'
import { Reader, type ReceiveResult } from './reader.ts'
import { OWN_BURST_MS } from './ring.ts'

/**
 * The one SSL socket (guide chapters 3 and 4). Its chart decides what is legal; this class carries it out: dial, data
 * in command and online mode, the far end's closure in each (D-7), and the errors of D-27.
 */
export class SslSocket {
  private readonly holder: SocketOwner
  /** The last dial, until its connection is over and read to its end. */
  private dialled: Dial | null = null
  private session: OnlineSession | null = null
  private readonly reader: Reader
  private readonly aftermath = new Aftermath()
  private closureType = 0
  /** `#CPUMODE`, for this power cycle (D-33). */
  cpuMode = 0
  private readonly sessions = new SessionKeeper()
  private farEnd: { host: string; port: number } | null = null
  private lastFailureSentence: string | null = null
  private readonly pendingSend: PendingSend

  constructor(
    private readonly chart: Chart<'ssl'>,
    private readonly parts: SslSocketParts
  ) {
    this.reader = new Reader(parts.timers)
    this.pendingSend = new PendingSend(parts.timers)
    const { clock, nvm, profile } = parts
    this.holder = new SocketOwner({
      clock,
      nvm,
      reader: this.reader,
      maxReadBytes: profile.receiveLimit.value,
      handOver: (maxBytes) => this.handOver(maxBytes)
    })
    parts.context.onDown((cause) => this.contextLost(cause))
  }

  get enabled(): boolean {
    return !this.chart.within('disabled')
  }

  get owner(): number | null {
    return this.holder.instance?.index ?? null
  }

  /** `#SSLEN=1,1`: 835 when it is on already, 831 when another instance has it (D-14, D-27). */
  enable(instance: AtInstance, cause: number | null): Outcome {
    if (this.chart.send('ENABLE', cause)) {
      this.holder.take(instance)
      return ok
    }
    return failed(this.holder.instance === instance ? enabledAlready() : ownedByAnother(this.owner))
  }

  /** `#SSLEN=1,0`: closes what is open, silently (D-14). */
  disable(instance: AtInstance, cause: number): Outcome {
    if (!this.enabled) return failed(notEnabled())
    if (this.holder.instance !== instance) return failed(ownedByAnother(this.owner))
    if (this.chart.within('open')) this.hangUp(0, cause)
    if (!this.chart.send('DISABLE', cause)) return failed(illegalState(this.chart.state))
    this.holder.release()
    this.sessions.forget()
    this.aftermath.forget()
    return ok
  }

  /** `#SSLD`: ends in OK or CONNECT, or in the failure that D-27 names. */
  dial(request: SslDial, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = this.dialRefusal()
    if (refusal) return finish(this.refuse(refusal))
    if (!this.chart.send('DIAL', cause)) return finish(this.refuse(illegalState(this.chart.state)))
    this.holder.forgetNoCarrier()
    this.closureType = request.closureType
    this.aftermath.forget()
    this.dialled = this.dialFor(dialRequest(request, this.parts, this.cpuMode), request, instance, cause, finish)
    this.dialled.start()
  }

  /** `#SSLFASTD`: dials the kept session's far end and takes the session up; 830 when none is kept (G-4.4-2, D-27). */
  fastDial(
    online: boolean,
    timeout100ms: number | undefined,
    instance: AtInstance,
    cause: number,
    finish: (outcome: Outcome) => void
  ): void {
    const kept = this.sessions.session
    if (kept === null) {
      return finish(
        this.refuse(
          this.chart.within('open') ? openAlready(this.connection!.name) : noSession(this.sessions.lossSentence)
        )
      )
    }
    const { host, port } = kept
    this.dial({ host, port, closureType: 1, online, timeout100ms, resume: kept }, instance, cause, finish)
  }

  /** `#SSLO`: CONNECT on an open socket, also one opened in command mode (G-4.2-3), or whose data is still held (D-7 (5)). */
  goOnline(instance: AtInstance, cause: number): Outcome {
    if (!this.chart.send('GO_ONLINE', cause)) return failed(this.notOpen())
    return { kind: 'connect', begin: () => this.beginOnline(instance) }
  }

  /** Whether `#SSLSEND` may ask for data now; the failure when not: 840, 838 or 833. */
  sendRefusal(): CommandFailure | null {
    return this.chart.can('SEND') ? null : this.notOpen()
  }

  /** Sends what was entered at the prompt; ends when TCP has taken it, or 832 when it does not in time. */
  send(bytes: Uint8Array, timeoutMs: number, cause: number, finish: (outcome: Outcome) => void): void {
    // The far end may have closed while the host typed.
    if (!this.chart.send('SEND', cause))
      return finish(
        failed(this.connection === null && !this.aftermath.hasFailureToTell ? disconnected() : this.notOpen())
      )
    const connection = this.connection!
    if (bytes.length === 0) return finish(ok)
    connection.cause = cause
    if (connection.write(bytes)) return finish(ok)
    const waiting = { dropUnsent: () => connection.dropUnsent(), finish }
    this.pendingSend.wait(timeoutMs, cause, waiting, (expired) => this.sendExpired(timeoutMs, expired))
  }

  /** `#SSLRECV`: answers as soon as any data is there (D-6), or after `timeoutMs`, or when the far end has closed (D-7). */
  receive(maxBytes: number, timeoutMs: number, cause: number, done: (result: ReceiveResult) => void): void {
    if (!this.chart.send('RECEIVE', cause)) return done({ kind: 'failed', failure: this.notOpen() })
    if (this.reader.heldBytes > 0) this.deliver(maxBytes, done)
    else this.reader.wait(maxBytes, timeoutMs, cause, done)
  }

  /** `#SSLH`: closes; the closureType decides whether the session is kept (D-5). */
  hangUp(closureType: number | undefined, cause: number): Outcome {
    if (!this.chart.send('HANG_UP', cause)) return failed(this.notOpen())
    this.keepSession(closureType ?? this.closureType)
    this.endConnection()
    this.chart.send('CLOSED', cause)
    return ok
  }

  /** The answer of `#SSLS` after its name: `1,2,3` (G-4.5-6, D-13, D-31). */
  status(): string {
    const state = sslChart.states[this.chart.state]!.ssls!
    const suite =
      state === 2 && this.connection?.suite ? `,${suiteNumber(this.parts.profile.suites, this.connection.suite)}` : ''
    return `1,${state}${suite}`
  }

  /** The module goes down: everything is dropped, nothing said. */
  powerLost(cause: number | null): void {
    this.connection?.dropUnsent()
    this.dialled = null
    this.session?.end()
    this.session = null
    this.reader.stopWaiting()
    this.reader.clear()
    this.pendingSend.forget()
    this.aftermath.forget()
    this.sessions.forget()
    this.cpuMode = 0
    this.holder.release()
    this.chart.send('POWER_LOST', cause)
  }

  /** For the window. */
  facts(): SslFacts {
    return {
      farEnd: this.connection?.name ?? null,
      suite: this.connection?.suite ?? null,
      counters: this.connection?.counters ?? { sentBytes: 0, sentRecords: 0, receivedBytes: 0, receivedRecords: 0 },
      heldBytes: this.reader.heldBytes,
      online: this.online,
      waitingBytes: this.session?.waitingBytes ?? 0,
      closureType: this.closureType,
      sessionKept: this.sessions.session !== null,
      lastFailure: this.lastFailureSentence
    }
  }

  private get connection(): PeerConnection | null {
    return this.dialled?.connection ?? null
  }

  private get online(): boolean {
    return this.chart.within('open.online')
  }

  /** A #SSLCFG has given the SSLSRING mode. */
  ringModeGiven(): void {
    this.holder.ringAsked = true
  }

  private dialRefusal(): CommandFailure | null {
    if (this.chart.within('open')) return openAlready(this.connection!.name)
    if (!this.parts.context.active) return contextDown()
    return storedDataRefusal(this.parts) ?? (this.chart.can('DIAL') ? null : illegalState(this.chart.state))
  }

  private dialFor(
    what: DialRequest,
    request: SslDial,
    instance: AtInstance,
    cause: number,
    finish: (outcome: Outcome) => void
  ): Dial {
    return new Dial(
      what,
      this.parts,
      {
        tcpOpened: () => this.chart.send('TCP_OPEN', cause),
        opened: () => {
          if (!this.chart.send(request.online ? 'FINISHED_ONLINE' : 'FINISHED', cause))
            return this.cannotOpen(cause, finish)
          this.lastFailureSentence = null
          this.farEnd = { host: request.host, port: request.port }
          this.keepSession(request.closureType)
          const because = this.slowAllTheSame(what, request)
          finish({
            ...(request.online ? { kind: 'connect', begin: () => this.beginOnline(instance) } : ok),
            ...(because ? { because } : {})
          })
        },
        data: (bytes) => this.arrived(bytes),
        drained: () => this.drained(),
        closedByPeer: (closeCause) => this.farEndClosed(closeCause),
        failed: (failure, inTransfer, failureCause) => {
          this.lastFailureSentence = failure.sentence
          // RFC 2246 7.2.2: a session whose connection ended with a fatal alert is not taken up again.
          if (failure.error === 'sslHandshake' || failure.error === 'sslEncryption') this.sessions.forget()
          if (inTransfer) return this.failedInTransfer(failure, failureCause)
          this.dialled = null
          this.chart.send('FAILED', cause)
          finish(failed(failure))
        }
      },
      cause
    )
  }

  /** Why a fast dial made a full handshake (D-24); null for one that did not, and for any other dial. */
  private slowAllTheSame({ client }: DialRequest, { resume }: SslDial): EndReason | null {
    if (!resume || this.connection!.resumed) return null
    return sessionNotTakenUp(this.connection!.name, resume.session.suite, client.suites)
  }

  /** The chart has no way from here into an open socket. */
  private cannotOpen(cause: number, finish: (outcome: Outcome) => void): void {
    const failure = illegalState(this.chart.state)
    this.endConnection()
    this.chart.send('FAILED', cause)
    finish(this.refuse(failure))
  }

  /** G-4.4-2: closureType 1 keeps the session of the connection, 0 ends it for good. */
  private keepSession(closureType: number): void {
    if (this.connection && this.farEnd)
      this.sessions.keep(closureType, this.connection, this.farEnd.host, this.farEnd.port)
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
        idle: (cause) => this.idle(cause),
        suspended: (cause) => {
          this.session = null
          this.chart.send('ESCAPE', cause)
          this.connection?.setReading(true)
        },
        hungUp: (cause) => {
          this.hangUp(undefined, cause)
          this.holder.carrierLost(cause)
        }
      }
    )
    instance.attach(this.session)
    this.session.begin(this.reader.take(this.reader.heldBytes))
    // D-7 (5): the connection had ended before, and this was the last of it.
    const { end } = this.aftermath
    if (end) this.endOnline('FAR_END_CLOSED', end.cause, end.because)
  }

  private arrived(bytes: Uint8Array): void {
    if (this.session) return this.session.fromFarEnd(bytes)
    this.reader.arrived(bytes)
    this.holder.dataWaits()
    if (this.reader.full) this.connection?.setReading(false)
  }

  private deliver(maxBytes: number, done: (result: ReceiveResult) => void): void {
    const bytes = this.reader.take(maxBytes)
    if (this.reader.hasRoom) this.connection?.setReading(true)
    const drainedNow = this.reader.heldBytes === 0 && this.chart.within('open.draining')
    if (drainedNow) {
      // D-7 (2): the socket is closed now, before the rest of the line asks for it; NO CARRIER follows as a burst of its own.
      const { cause, because } = this.aftermath.end!
      this.afterFarEnd(cause)
      this.holder.noCarrier(cause, because, OWN_BURST_MS)
    }
    done({ kind: 'data', bytes })
    this.holder.dataWaits()
  }

  private handOver(maxBytes: number): Uint8Array {
    let taken = new Uint8Array()
    this.deliver(maxBytes, (result) => {
      if (result.kind === 'data') taken = Uint8Array.from(result.bytes)
    })
    return taken
  }

  private drained(): void {
    this.session?.farEndDrained()
    this.pendingSend.drained()
  }

  /** D-7, in each of its cases. */
  private farEndClosed(cause: number | null): void {
    const because = farEndGone(this.connection!.name)
    if (this.online) return this.endOnline('FAR_END_CLOSED', cause, because)
    // What the closure itself ends (a read, a send) is no result to keep a distance from.
    this.endInCommandMode('FAR_END_CLOSED', cause, because, disconnected(because.facts), this.holder.quietInMs)
  }

  /** The connection is over under online mode: NO CARRIER. */
  private endOnline(event: 'FAR_END_CLOSED' | 'BROKEN', cause: number | null, because: EndReason): void {
    this.chart.send(event, cause)
    this.endConnection()
    this.holder.carrierLost(cause, because)
  }

  /**
   * The connection is over in command mode, and the host did not ask for it. What is held stays readable until it is read or
   * #SSLH comes (D-7 (1), (6)); with nothing held all is over before the command is told: what was typed behind it may dial anew.
   */
  private endInCommandMode(
    event: 'FAR_END_CLOSED' | 'CUT_OFF',
    cause: number | null,
    because: EndReason,
    failure: CommandFailure,
    inMs: number
  ): void {
    this.aftermath.end = { cause, because }
    this.chart.send(event, cause)
    if (this.reader.heldBytes > 0) return this.pendingSend.fail(failure)
    const read = this.reader.stopWaiting()
    this.afterFarEnd(cause)
    this.holder.noCarrier(cause, because, inMs)
    this.pendingSend.fail(failure)
    read?.done({ kind: 'disconnected', because: readEnded(because) })
  }

  /** D-38: what is told to have failed must never arrive, so the connection goes with it. */
  private sendExpired(timeoutMs: number, cause: number): void {
    const connection = this.connection!
    connection.abort()
    this.endInCommandMode('CUT_OFF', cause, sendGivenUp(connection.name, timeoutMs), farEndStuck(timeoutMs), 0)
  }

  /** The connection has ended and everything was read. */
  private afterFarEnd(cause: number | null): void {
    this.chart.send('EMPTIED', cause)
    this.endConnection()
  }

  private failedInTransfer(failure: CommandFailure, cause: number | null): void {
    const wasOnline = this.online
    this.chart.send('BROKEN', cause)
    const read = this.reader.stopWaiting()
    this.endConnection()
    if (wasOnline) return this.holder.carrierLost(cause, brokenBy(failure))
    if (!read && !this.pendingSend.waits) this.aftermath.tellLater(failure)
    this.pendingSend.fail(failure)
    read?.done({ kind: 'failed', failure })
  }

  /** maxTo: the module closes (G-3.4-3, G-4.2-4). */
  private idle(cause: number): void {
    const because = idleTooLong(this.connection!.name, this.session!.maxToMs)
    this.chart.send('IDLE', cause)
    this.endConnection()
    this.chart.send('CLOSED', cause)
    this.holder.carrierLost(cause, because)
  }

  /** The context went down under the socket. */
  private contextLost(cause: number | null): void {
    const { dialled } = this
    // Over already: only what is held is left.
    if (dialled === null || this.chart.within('open.draining')) return
    if (!this.chart.within('open')) return dialled.lost('The PDP context went down.')
    const { connection } = dialled
    const because = contextGone(connection.name)
    connection.abort()
    if (this.online) return this.endOnline('BROKEN', cause, because)
    this.endInCommandMode('CUT_OFF', cause, because, { ...disconnected(because.facts), finding: 'context-lost' }, 0)
  }

  private endConnection(): void {
    this.holder.nothingWaits()
    this.session?.end()
    this.session = null
    this.connection?.close()
    if (this.connection) this.sessions.connectionEnded(this.connection)
    this.dialled = null
    this.aftermath.end = null
    this.reader.clear()
  }

  private notOpen(): CommandFailure {
    return this.aftermath.refusal(this.chart.within('open.draining'))
  }
}

/** pktSize 0 means automatic, which is 300 (D-3). */
const AUTOMATIC_PACKET_BYTES = 300
