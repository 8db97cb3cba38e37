import { failed, ok, type Outcome } from '../at/answer.ts'
import type { Held } from './held-bytes.ts'
import type { ReceiveResult } from './reader.ts'
import { OWN_BURST_MS } from './ring.ts'
import type { SocketBase } from './socket-base.ts'
import type { SocketEnds } from './socket-ends.ts'

/** Data of a socket in command mode: what a command sends, and what is held for one that reads, or for a URC. */
export class CommandData {
  readonly #state: SocketBase
  readonly #ends: SocketEnds

  constructor(state: SocketBase, ends: SocketEnds) {
    this.#state = state
    this.#ends = ends
  }

  /** Sends an entry. Ends when TCP has taken it, or with a failure after the timeout. */
  send({ bytes, causes }: Held, timeoutMs: number, cause: number, finish: (outcome: Outcome) => void): void {
    const { chart, aftermath, pendingSend, failures, idle } = this.#state
    // The peer may have closed during the entry.
    if (!chart.send('SEND', cause))
      return finish(
        failed(
          this.#state.connection === null && !aftermath.hasFailureToTell
            ? failures.disconnected([])
            : this.#state.notOpen()
        )
      )
    const connection = this.#state.connection!
    if (bytes.length === 0) return finish(ok)
    idle.touched()
    connection.cause = cause
    if (connection.writeBecause([...causes, cause], bytes)) return finish(ok)
    const waiting = { dropUnsent: () => connection.dropUnsent(), finish }
    pendingSend.wait(timeoutMs, cause, waiting, (expired) => this.#ends.sendExpired(timeoutMs, expired))
  }

  /** Returns as soon as there is data (D-6), or after `timeoutMs`, or when the peer has closed (D-7). */
  receive(maxBytes: number, timeoutMs: number, cause: number, done: (result: ReceiveResult) => void): void {
    const { chart, reader } = this.#state
    if (!chart.send('RECEIVE', cause)) return done({ kind: 'failed', failure: this.#state.notOpen() })
    if (reader.heldBytes > 0) done({ kind: 'data', ...this.take(maxBytes) })
    else reader.wait(maxBytes, timeoutMs, cause, done)
  }

  /** Takes data from the peer and holds it. Too much of it stops reading. */
  arrived({ bytes, causes }: Held): void {
    const { reader, idle } = this.#state
    idle.touched()
    reader.arrived(bytes, causes)
    this.#state.dataArrived()
    if (reader.full) this.#state.connection?.setReading(false)
  }

  /** Takes at most `maxBytes` of the held data. The end of a connection that has ended follows the last of it. */
  take(maxBytes: number): Held {
    const { chart, reader, owner, aftermath } = this.#state
    const held = reader.take(maxBytes)
    if (reader.hasRoom) this.#state.connection?.setReading(true)
    const drainedNow = reader.heldBytes === 0 && chart.within('open.draining')
    if (drainedNow) {
      // D-7 (2): the socket is closed now, before the rest of the line is executed. NO CARRIER follows separately.
      const { cause, because } = aftermath.end!
      this.#ends.afterFarEnd(cause)
      owner.noCarrier(cause, because, OWN_BURST_MS)
    }
    if (reader.heldBytes > 0) this.#state.dataLeft()
    return held
  }
}
