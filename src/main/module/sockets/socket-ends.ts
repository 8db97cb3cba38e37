import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import { brokenBy, contextGone, farEndGone, idleTooLong, readEnded, sendGivenUp } from './ends.ts'
import type { SocketBase } from './socket-base.ts'

/** Ends of connections that the host did not ask for (D-7): by the peer, the network, an error, or a time limit. */
export class SocketEnds {
  readonly #state: SocketBase

  constructor(state: SocketBase) {
    this.#state = state
  }

  /** The peer has closed: all cases of D-7. */
  farEndClosed(cause: number | null, because: EndReason = farEndGone(this.#state.connection!.name)): void {
    const { online, owner, failures } = this.#state
    if (online) return this.endOnline('FAR_END_CLOSED', cause, because)
    // A command that is ended by the closure itself needs no distance from its result code.
    this.#endInCommandMode('FAR_END_CLOSED', cause, because, failures.disconnected(because.facts), owner.quietInMs)
  }

  /** The connection ended in online mode: NO CARRIER. */
  endOnline(event: 'FAR_END_CLOSED' | 'BROKEN', cause: number | null, because: EndReason): void {
    const { chart, owner } = this.#state
    chart.send(event, cause)
    this.#state.endConnection()
    owner.carrierLost(cause, because)
  }

  /** A send that is reported as failed must never arrive, so the connection is ended too (D-38). */
  sendExpired(timeoutMs: number, cause: number): void {
    const connection = this.#state.connection!
    connection.abort()
    const { farEndStuck } = this.#state.failures
    this.#endInCommandMode('CUT_OFF', cause, sendGivenUp(connection.name, timeoutMs), farEndStuck(timeoutMs), 0)
  }

  /** The connection has ended and all data was read. */
  afterFarEnd(cause: number | null): void {
    this.#state.chart.send('EMPTIED', cause)
    this.#state.endConnection()
  }

  failedInTransfer(failure: CommandFailure, cause: number | null): void {
    const { chart, online, owner, reader, aftermath, pendingSend } = this.#state
    chart.send('BROKEN', cause)
    const read = reader.stopWaiting()
    this.#state.endConnection()
    if (online) return owner.carrierLost(cause, brokenBy(failure))
    if (!read && !pendingSend.waits) aftermath.tellLater(failure)
    const causes = cause === null ? [] : [cause]
    pendingSend.fail(failure, causes)
    read?.done({ kind: 'failed', failure, causes })
  }

  /** maxTo expired: the module closes (G-3.4-3, G-4.2-4). */
  idle(cause: number): void {
    const { chart, connection, idle, owner, failures, online } = this.#state
    const because = idleTooLong(connection!.name, idle.limitMs)
    if (!online) {
      connection!.close()
      return this.#endInCommandMode('CUT_OFF', cause, because, failures.disconnected(because.facts), owner.quietInMs)
    }
    chart.send('IDLE', cause)
    this.#state.endConnection()
    chart.send('CLOSED', cause)
    owner.carrierLost(cause, because)
  }

  /** The PDP context of an open connection went down. */
  contextLost(cid: number, cause: number | null): void {
    const { chart, connection, online, failures } = this.#state
    // Already ended: only held data is left.
    if (!connection || chart.within('open.draining')) return
    const because = contextGone(connection.name, cid)
    connection.abort()
    if (online) return this.endOnline('BROKEN', cause, because)
    const failure = { ...failures.disconnected(because.facts), finding: 'context-lost' as const }
    this.#endInCommandMode('CUT_OFF', cause, because, failure, 0)
  }

  /**
   * The connection ended in command mode without the host. Held data stays readable until it is read or the host closes
   * (D-7 (1), (6)). Without held data the socket is closed before the command ends, so that the next command may dial.
   */
  #endInCommandMode(
    event: 'FAR_END_CLOSED' | 'CUT_OFF',
    cause: number | null,
    because: EndReason,
    failure: CommandFailure,
    inMs: number
  ): void {
    const { chart, owner, reader, aftermath, pendingSend } = this.#state
    aftermath.end = { cause, because }
    chart.send(event, cause)
    this.#state.idle.stop()
    const causes = cause === null ? [] : [cause]
    if (reader.heldBytes > 0) return pendingSend.fail(failure, causes)
    const read = reader.stopWaiting()
    this.afterFarEnd(cause)
    owner.noCarrier(cause, because, inMs)
    pendingSend.fail(failure, causes)
    read?.done({ kind: 'disconnected', because: readEnded(because), causes })
  }
}
