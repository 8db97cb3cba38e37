import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { AtInstance } from '../at/instance.ts'
import { dialRequest, storedDataRefusal, type SslDial } from './dial-request.ts'
import { Dial, type DialEvents, type DialRequest } from './dial.ts'
import { sessionNotTakenUp } from './ends.ts'
import { contextDown, illegalState, noSession, openAlready } from './failures.ts'
import type { SocketState } from './socket-state.ts'

/** Receives an open connection. */
export interface DialledSocket extends Pick<DialEvents, 'data' | 'drained' | 'closedByPeer'> {
  /** The port carries data from now on. Called once CONNECT was sent. */
  beginOnline(instance: AtInstance): void
  failedInTransfer(failure: CommandFailure, cause: number | null): void
}

/** Dials for the SSL socket, up to OK, CONNECT or a failure of D-27. */
export class Dialler {
  readonly #state: SocketState
  readonly #socket: DialledSocket

  constructor(state: SocketState, socket: DialledSocket) {
    this.#state = state
    this.#socket = socket
  }

  dial(
    request: SslDial,
    cpuMode: number,
    instance: AtInstance,
    cause: number,
    finish: (outcome: Outcome) => void
  ): void {
    const state = this.#state
    const refusal = this.#refusal()
    if (refusal) return finish(state.refuse(refusal))
    if (!state.chart.send('DIAL', cause)) return finish(state.refuse(illegalState(state.chart.state)))
    state.owner.forgetNoCarrier()
    state.closureType = request.closureType
    state.aftermath.forget()
    const what = dialRequest(request, state.parts, cpuMode)
    state.dialled = new Dial(what, state.parts, this.#events(what, request, instance, cause, finish), cause)
    state.dialled.start()
  }

  /** Dials the kept session's server and resumes the session; 830 when none is kept (G-4.4-2, D-27). */
  fastDial(
    online: boolean,
    timeout100ms: number | undefined,
    cpuMode: number,
    instance: AtInstance,
    cause: number,
    finish: (outcome: Outcome) => void
  ): void {
    const { chart, sessions, connection } = this.#state
    const kept = sessions.session
    if (kept === null) {
      const failure = chart.within('open') ? openAlready(connection!.name) : noSession(sessions.lossSentence)
      return finish(this.#state.refuse(failure))
    }
    const { host, port } = kept
    this.dial({ host, port, closureType: 1, online, timeout100ms, resume: kept }, cpuMode, instance, cause, finish)
  }

  #refusal(): CommandFailure | null {
    const { chart, parts, connection } = this.#state
    if (chart.within('open')) return openAlready(connection!.name)
    if (!parts.context.active) return contextDown()
    return storedDataRefusal(parts) ?? (chart.can('DIAL') ? null : illegalState(chart.state))
  }

  #events(
    what: DialRequest,
    request: SslDial,
    instance: AtInstance,
    cause: number,
    finish: (outcome: Outcome) => void
  ): DialEvents {
    const state = this.#state
    const { chart } = state
    return {
      tcpOpened: () => chart.send('TCP_OPEN', cause),
      opened: () => {
        if (!chart.send(request.online ? 'FINISHED_ONLINE' : 'FINISHED', cause)) return this.#cannotOpen(cause, finish)
        state.lastFailureSentence = null
        state.peer = { host: request.host, port: request.port }
        state.keepSession(request.closureType)
        const because = this.#slowAllTheSame(what, request)
        finish({
          ...(request.online ? { kind: 'connect', begin: () => this.#socket.beginOnline(instance) } : ok),
          ...(because ? { because } : {})
        })
      },
      data: (bytes) => this.#socket.data(bytes),
      drained: () => this.#socket.drained(),
      closedByPeer: (closeCause) => this.#socket.closedByPeer(closeCause),
      failed: (failure, inTransfer, failureCause) => {
        state.lastFailureSentence = failure.sentence
        // A session is not resumed after a fatal alert (RFC 2246 7.2.2).
        if (failure.error === 'sslHandshake' || failure.error === 'sslEncryption') state.sessions.forget()
        if (inTransfer) return this.#socket.failedInTransfer(failure, failureCause)
        state.dialled = null
        chart.send('FAILED', cause)
        finish(failed(failure, failureCause === null ? [] : [failureCause]))
      }
    }
  }

  /** Returns why a fast dial made a full handshake (D-24); `null` if it did not, and for other dials. */
  #slowAllTheSame({ client }: DialRequest, { resume }: SslDial): EndReason | null {
    const connection = this.#state.connection!
    if (!resume || connection.tls.resumed) return null
    return sessionNotTakenUp(connection.name, resume.session.suite, client.suites)
  }

  /** The chart has no transition to an open socket. */
  #cannotOpen(cause: number, finish: (outcome: Outcome) => void): void {
    const state = this.#state
    const failure = illegalState(state.chart.state)
    state.endConnection()
    state.chart.send('FAILED', cause)
    finish(state.refuse(failure))
  }
}
