/** @module The SSL socket: dialling, data in command and online mode, security data, and how a connection ends. */

import type { CommandFailure } from '../../../shared/rules/errors.ts'
import { sslChart } from '../../../shared/statecharts/ssl.ts'
import { suiteNumber } from '../../../shared/tls/suites.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { AtInstance } from '../at/instance.ts'
import type { Chart } from '../chart.ts'
import { CommandData } from '../sockets/command-data.ts'
import type { Held } from '../sockets/held-bytes.ts'
import { OnlineSession } from '../sockets/online-session.ts'
import type { ReceiveResult } from '../sockets/reader.ts'
import { SocketEnds } from '../sockets/socket-ends.ts'
import type { SslDial, SslSocketParts } from './dial-request.ts'
import { Dialler } from './dialler.ts'
import type { SslFacts } from './facts.ts'
import { enabledAlready, illegalState, notEnabled, ownedByAnother } from './failures.ts'
import { SocketState } from './socket-state.ts'

/**
 * The only SSL socket (guide chapters 3 and 4). Its chart decides what is legal; this class does it: dial, data in
 * command and online mode, closure by the peer in each (D-7), and the errors of D-27.
 */
export class SslSocket {
  /** `#CPUMODE`, for this power cycle (D-33). */
  cpuMode = 0
  readonly #state: SocketState
  readonly #ends: SocketEnds
  readonly #data: CommandData
  readonly #dialler: Dialler

  constructor(
    private readonly chart: Chart<'ssl'>,
    private readonly parts: SslSocketParts
  ) {
    this.#state = new SocketState(chart, parts, (maxBytes) => this.#data.take(maxBytes).bytes)
    this.#ends = new SocketEnds(this.#state)
    this.#data = new CommandData(this.#state, this.#ends)
    this.#dialler = new Dialler(this.#state, {
      beginOnline: (instance) => this.#beginOnline(instance),
      data: (bytes) => this.#arrived(bytes),
      drained: () => this.#drained(),
      closedByPeer: (cause) => this.#ends.farEndClosed(cause),
      failedInTransfer: (failure, cause) => this.#ends.failedInTransfer(failure, cause)
    })
    parts.context.onDown((cause) => {
      const { dialled } = this.#state
      if (chart.within('open')) this.#ends.contextLost(parts.context.cid, cause)
      else dialled?.lost('The PDP context went down.')
    })
  }

  get enabled(): boolean {
    return !this.chart.within('disabled')
  }

  get owner(): number | null {
    return this.#state.owner.instance?.index ?? null
  }

  /** `#SSLEN=1,1`: 835 when SSL is enabled, 831 when another instance owns it (D-14, D-27). */
  enable(instance: AtInstance, cause: number | null): Outcome {
    const { owner } = this.#state
    if (this.chart.send('ENABLE', cause)) {
      owner.take(instance)
      return ok
    }
    return failed(owner.instance === instance ? enabledAlready() : ownedByAnother(this.owner))
  }

  /** `#SSLEN=1,0`: closes an open connection without output (D-14). */
  disable(instance: AtInstance, cause: number): Outcome {
    const { owner, sessions, aftermath } = this.#state
    if (!this.enabled) return failed(notEnabled())
    if (owner.instance !== instance) return failed(ownedByAnother(this.owner))
    if (this.chart.within('open')) this.hangUp(0, cause)
    if (!this.chart.send('DISABLE', cause)) return failed(illegalState(this.chart.state))
    owner.release()
    sessions.forget()
    aftermath.forget()
    return ok
  }

  /** `#SSLD`: ends with OK or CONNECT, or with a failure of D-27. */
  dial(request: SslDial, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    this.#dialler.dial(request, this.cpuMode, instance, cause, finish)
  }

  /** `#SSLFASTD`: dials the kept session's server and resumes the session; 830 when none is kept (G-4.4-2, D-27). */
  fastDial(
    online: boolean,
    timeout100ms: number | undefined,
    instance: AtInstance,
    cause: number,
    finish: (outcome: Outcome) => void
  ): void {
    this.#dialler.fastDial(online, timeout100ms, this.cpuMode, instance, cause, finish)
  }

  /** `#SSLO`: CONNECT on an open socket, also one opened in command mode (G-4.2-3), or one with held data (D-7 (5)). */
  goOnline(instance: AtInstance, cause: number): Outcome {
    if (!this.chart.send('GO_ONLINE', cause)) return failed(this.#state.notOpen())
    return { kind: 'connect', begin: () => this.#beginOnline(instance) }
  }

  /** Returns why `#SSLSEND` cannot take data now (840, 838 or 833), or `null`. */
  sendRefusal(): CommandFailure | null {
    return this.chart.can('SEND') ? null : this.#state.notOpen()
  }

  /** `#SSLSEND`: sends an entry. */
  send(entered: Held, timeoutMs: number, cause: number, finish: (outcome: Outcome) => void): void {
    this.#data.send(entered, timeoutMs, cause, finish)
  }

  /** `#SSLRECV`: reads held data, or waits for data. */
  receive(maxBytes: number, timeoutMs: number, cause: number, done: (result: ReceiveResult) => void): void {
    this.#data.receive(maxBytes, timeoutMs, cause, done)
  }

  /** `#SSLH`: closes. The closure type decides whether the session is kept (D-5). */
  hangUp(closureType: number | undefined, cause: number): Outcome {
    const state = this.#state
    if (!this.chart.send('HANG_UP', cause)) return failed(state.notOpen())
    state.keepSession(closureType ?? state.closureType)
    state.endConnection()
    this.chart.send('CLOSED', cause)
    return ok
  }

  /** Returns the values of `#SSLS`: `1,2,3` (G-4.5-6, D-13, D-31). */
  status(): string {
    const state = sslChart.states[this.chart.state]!.ssls!
    const cipherSuite = this.#state.connection?.tls.suite
    const suite = state === 2 && cipherSuite ? `,${suiteNumber(this.parts.profile.suites, cipherSuite)}` : ''
    return `1,${state}${suite}`
  }

  /** The module is powered off: everything is dropped without output. */
  powerLost(cause: number | null): void {
    this.#state.drop()
    this.cpuMode = 0
    this.chart.send('POWER_LOST', cause)
  }

  /** Returns the state for the window. */
  facts(): SslFacts {
    const { connection, reader, online, session, closureType, sessions, lastFailureSentence } = this.#state
    return {
      farEnd: connection?.name ?? null,
      suite: connection?.tls.suite ?? null,
      counters: connection?.counters ?? { sentBytes: 0, sentRecords: 0, receivedBytes: 0, receivedRecords: 0 },
      heldBytes: reader.heldBytes,
      online,
      waitingBytes: session?.waitingBytes ?? 0,
      closureType,
      sessionKept: sessions.session !== null,
      lastFailure: lastFailureSentence
    }
  }

  /** A #SSLCFG has set the SSLSRING mode. */
  ringModeGiven(): void {
    this.#state.ringAsked = true
  }

  #beginOnline(instance: AtInstance): void {
    const state = this.#state
    const { pktSize, txTo, maxTo } = this.parts.nvm.contents.sslConfig
    const link = state.connection!
    state.session = new OnlineSession(
      { packetBytes: pktSize || AUTOMATIC_PACKET_BYTES, txToMs: txTo * 100, everyByteRestartsTxTo: false },
      { link, instance, timers: this.parts.timers, idle: state.idle },
      {
        suspended: (cause) => {
          state.session = null
          state.idle.stop()
          this.chart.send('ESCAPE', cause)
          link.setReading(true)
          return null
        },
        hungUp: (cause) => {
          this.hangUp(undefined, cause)
          state.owner.carrierLost(cause)
        }
      }
    )
    state.idle.start(maxTo * 1000, link.cause, (cause) => this.#ends.idle(cause))
    instance.attach(state.session)
    state.session.begin(state.reader.take(state.reader.heldBytes))
    // D-7 (5): the connection had already ended, and this was its last data.
    const { end } = state.aftermath
    if (end) this.#ends.endOnline('FAR_END_CLOSED', end.cause, end.because)
  }

  #arrived(bytes: Uint8Array): void {
    const { session, connection } = this.#state
    const broughtBy = connection?.causes.broughtBy ?? null
    const causes = broughtBy === null ? [] : [broughtBy]
    if (session) return session.fromPeer(bytes, causes)
    this.#data.arrived({ bytes, causes })
  }

  #drained(): void {
    this.#state.session?.peerDrained()
    this.#state.pendingSend.drained()
  }
}

/** pktSize 0 means automatic, which is 300 (D-3). */
const AUTOMATIC_PACKET_BYTES = 300
