import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { Outcome } from '../at/answer.ts'
import { failed } from '../at/answer.ts'
import type { Chart } from '../chart.ts'
import { SocketBase } from '../sockets/socket-base.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'
import type { SslSocketParts } from './dial-request.ts'
import type { Dial } from './dial.ts'
import { ringKept } from './ends.ts'
import { disconnected, farEndStuck, notConnected } from './failures.ts'
import { SessionKeeper } from './kept-session.ts'

/** The data of the SSL socket. */
export class SocketState extends SocketBase<Chart<'ssl'>> {
  readonly parts: SslSocketParts
  readonly sessions = new SessionKeeper()
  /** The last dial, until its connection has ended and all data was read. */
  dialled: Dial | null = null
  /** The closure type of the last dial. */
  closureType = 0
  /** The peer of the last open connection. */
  peer: { readonly host: string; readonly port: number } | null = null
  lastFailureSentence: string | null = null
  /** Whether a command of this run has set the SSLSRING mode; else it comes from NVM. */
  ringAsked = false
  readonly #handOver: (maxBytes: number) => Uint8Array

  /** `handOver` takes as much of the held data as #SSLRECV. */
  constructor(chart: Chart<'ssl'>, parts: SslSocketParts, handOver: (maxBytes: number) => Uint8Array) {
    super(chart, { clock: parts.clock, timers: parts.timers, failures: { disconnected, farEndStuck, notConnected } })
    this.parts = parts
    this.#handOver = handOver
  }

  get connection(): PeerConnection | null {
    return this.dialled?.connection ?? null
  }

  refuse(failure: CommandFailure): Outcome {
    this.lastFailureSentence = failure.sentence
    return failed(failure)
  }

  /** closureType 1 keeps the session of the connection, 0 drops it (G-4.4-2). */
  keepSession(closureType: number): void {
    if (this.connection && this.peer) this.sessions.keep(closureType, this.connection, this.peer.host, this.peer.port)
  }

  dataArrived(): void {
    this.owner.ring()
  }

  dataLeft(): void {
    this.owner.ring()
  }

  override drop(): void {
    super.drop()
    this.dialled = null
    this.sessions.forget()
  }

  protected connectionEnds(): void {
    this.connection?.close()
    if (this.connection) this.sessions.connectionEnded(this.connection)
    this.dialled = null
  }

  /** Returns the SSLSRING line for the 7th value of #SSLCFG (D-1). In mode 2 it includes the data. */
  protected announcement(): string | null {
    const mode = this.parts.nvm.contents.sslConfig.ringMode
    const maxBytes = this.parts.profile.receiveLimit.value
    const waiting = Math.min(this.reader.heldBytes, maxBytes)
    if (mode === 0 || waiting === 0) return null
    return `SSLSRING: 1,${waiting}${mode === 1 ? '' : `,${String.fromCharCode(...this.#handOver(maxBytes))}`}`
  }

  protected unaskedRing(): EndReason | null {
    return this.ringAsked ? null : ringKept()
  }

  /** The 8th value of #SSLCFG. */
  protected noCarrierDetail(): string {
    return this.parts.nvm.contents.sslConfig.noCarrierMode === 1 ? ':SSL,1' : ''
  }
}
