import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { Outcome } from '../at/answer.ts'
import { failed } from '../at/answer.ts'
import type { Chart } from '../chart.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'
import { Aftermath } from './aftermath.ts'
import type { Dial } from './dial.ts'
import type { SslSocketParts } from './dial-request.ts'
import { SessionKeeper } from './kept-session.ts'
import type { OnlineSession } from './online-session.ts'
import { SocketOwner } from './owner.ts'
import { PendingSend } from './pending-send.ts'
import { Reader } from './reader.ts'

/** The data of the SSL socket. Its statechart, not a flag here, decides what is legal. */
export class SocketState {
  readonly chart: Chart<'ssl'>
  readonly parts: SslSocketParts
  readonly owner: SocketOwner
  readonly reader: Reader
  readonly pendingSend: PendingSend
  readonly aftermath = new Aftermath()
  readonly sessions = new SessionKeeper()
  /** The last dial, until its connection has ended and all data was read. */
  dialled: Dial | null = null
  /** Online mode; `null` in command mode. */
  session: OnlineSession | null = null
  /** The closure type of the last dial. */
  closureType = 0
  /** The peer of the last open connection. */
  peer: { readonly host: string; readonly port: number } | null = null
  lastFailureSentence: string | null = null

  /** `handOver` takes as much of the held data as #SSLRECV. */
  constructor(chart: Chart<'ssl'>, parts: SslSocketParts, handOver: (maxBytes: number) => Uint8Array) {
    this.chart = chart
    this.parts = parts
    this.reader = new Reader(parts.timers)
    this.pendingSend = new PendingSend(parts.timers)
    const { clock, nvm, profile } = parts
    this.owner = new SocketOwner({
      clock,
      nvm,
      reader: this.reader,
      maxReadBytes: profile.receiveLimit.value,
      handOver
    })
  }

  get connection(): PeerConnection | null {
    return this.dialled?.connection ?? null
  }

  get online(): boolean {
    return this.chart.within('open.online')
  }

  /** Returns why nothing can be sent, read or closed: 840, 838 or 833. */
  notOpen(): CommandFailure {
    return this.aftermath.refusal(this.chart.within('open.draining'))
  }

  refuse(failure: CommandFailure): Outcome {
    this.lastFailureSentence = failure.sentence
    return failed(failure)
  }

  /** closureType 1 keeps the session of the connection, 0 drops it (G-4.4-2). */
  keepSession(closureType: number): void {
    if (this.connection && this.peer) this.sessions.keep(closureType, this.connection, this.peer.host, this.peer.port)
  }

  endConnection(): void {
    this.owner.nothingWaits()
    this.session?.end()
    this.session = null
    this.connection?.close()
    if (this.connection) this.sessions.connectionEnded(this.connection)
    this.dialled = null
    this.aftermath.end = null
    this.reader.clear()
  }
}
