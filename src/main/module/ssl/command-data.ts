import { failed, ok, type Outcome } from '../at/answer.ts'
import { disconnected } from './failures.ts'
import type { Held } from './held-bytes.ts'
import type { ReceiveResult } from './reader.ts'
import { OWN_BURST_MS } from './ring.ts'
import type { SocketEnds } from './socket-ends.ts'
import type { SocketState } from './socket-state.ts'

/** Data of the SSL socket in command mode: what #SSLSEND sends, and what is held for #SSLRECV or SSLSRING. */
export class CommandData {
  readonly #state: SocketState
  readonly #ends: SocketEnds

  constructor(state: SocketState, ends: SocketEnds) {
    this.#state = state
    this.#ends = ends
  }

  /** Sends an entry. Ends when TCP has taken it, or with 832 after the timeout. */
  send({ bytes, causes }: Held, timeoutMs: number, cause: number, finish: (outcome: Outcome) => void): void {
    const { chart, aftermath, pendingSend } = this.#state
    // The peer may have closed during the entry.
    if (!chart.send('SEND', cause))
      return finish(
        failed(this.#state.connection === null && !aftermath.hasFailureToTell ? disconnected() : this.#state.notOpen())
      )
    const connection = this.#state.connection!
    if (bytes.length === 0) return finish(ok)
    connection.causes.current = cause
    if (connection.causes.during([...causes, cause], () => connection.write(bytes))) return finish(ok)
    const waiting = { dropUnsent: () => connection.dropUnsent(), finish }
    pendingSend.wait(timeoutMs, cause, waiting, (expired) => this.#ends.sendExpired(timeoutMs, expired))
  }

  /** Returns as soon as there is data (D-6), or after `timeoutMs`, or when the peer has closed (D-7). */
  receive(maxBytes: number, timeoutMs: number, cause: number, done: (result: ReceiveResult) => void): void {
    const { chart, reader } = this.#state
    if (!chart.send('RECEIVE', cause)) return done({ kind: 'failed', failure: this.#state.notOpen() })
    if (reader.heldBytes > 0) this.#deliver(maxBytes, done)
    else reader.wait(maxBytes, timeoutMs, cause, done)
  }

  /** Takes data from the peer and holds it. Too much of it stops reading. */
  arrived({ bytes, causes }: Held): void {
    const { reader, owner } = this.#state
    reader.arrived(bytes, causes)
    owner.dataWaits()
    if (reader.full) this.#state.connection?.setReading(false)
  }

  /** Takes at most `maxBytes` of the held data, for SSLSRING. */
  handOver(maxBytes: number): Uint8Array {
    let taken = new Uint8Array()
    this.#deliver(maxBytes, (result) => {
      if (result.kind === 'data') taken = Uint8Array.from(result.bytes)
    })
    return taken
  }

  #deliver(maxBytes: number, done: (result: ReceiveResult) => void): void {
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
    done({ kind: 'data', ...held })
    owner.dataWaits()
  }
}
