/** @module What all sockets share, with TLS and without: their data, their online mode, and how connections end. */

import type { Clock } from '../../../shared/contracts/clock.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { Chart } from '../chart.ts'
import type { Timers } from '../hardware/timer-board.ts'
import { Aftermath } from './aftermath.ts'
import type { SocketFailures } from './failures.ts'
import { IdleLimit } from './idle-limit.ts'
import type { SocketLink } from './link.ts'
import type { OnlineSession } from './online-session.ts'
import { SocketOwner } from './owner.ts'
import { PendingSend } from './pending-send.ts'
import { Reader } from './reader.ts'

/** The charts of sockets. Their states within `open`, and the events there, have the same names. */
export type SocketChart = Chart<'ssl'> | Chart<'socket'>

/**
 * The data of a socket, of which each kind adds its own. The statechart, not a flag here, decides what is legal.
 */
export abstract class SocketBase<C extends SocketChart = SocketChart> {
  readonly chart: C
  readonly failures: SocketFailures
  readonly owner: SocketOwner
  readonly reader: Reader
  readonly pendingSend: PendingSend
  readonly idle: IdleLimit
  readonly aftermath: Aftermath
  /** Online mode; `null` in command mode. */
  session: OnlineSession | null = null

  constructor(chart: C, parts: SocketBaseParts) {
    this.chart = chart
    this.failures = parts.failures
    this.reader = new Reader(parts.timers)
    this.pendingSend = new PendingSend(parts.timers)
    this.idle = new IdleLimit(parts.timers)
    this.aftermath = new Aftermath(parts.failures)
    this.owner = new SocketOwner({
      clock: parts.clock,
      name: chart.id,
      causes: () => this.reader.newestCauses,
      announcement: () => this.announcement(),
      unasked: () => this.unaskedRing(),
      noCarrierDetail: () => this.noCarrierDetail()
    })
  }

  /** The present connection; `null` before it is opened, and once it has ended and all data was read. */
  abstract get connection(): SocketLink | null

  /** Returns the URC that tells of waiting data, or `null` when there is nothing to announce. */
  protected abstract announcement(): string | null

  /** Returns why it is sent although no command of this run asked for it, or `null`. */
  protected abstract unaskedRing(): EndReason | null

  /** What follows NO CARRIER. */
  protected abstract noCarrierDetail(): string

  /** Data has arrived that the host has not read. */
  abstract dataArrived(): void

  /** The host has read some of it, and more is left. */
  abstract dataLeft(): void

  get online(): boolean {
    return this.chart.within('open.online')
  }

  /** Returns why nothing can be sent or read. */
  notOpen(): CommandFailure {
    return this.aftermath.refusal(this.chart.within('open.draining'))
  }

  endConnection(): void {
    this.owner.nothingWaits()
    this.idle.stop()
    this.session?.end()
    this.session = null
    this.connectionEnds()
    this.aftermath.end = null
    this.reader.clear()
  }

  /** Closes the connection, and forgets it. */
  protected abstract connectionEnds(): void

  /** The module is powered off: everything is dropped without output. */
  drop(): void {
    this.connection?.dropUnsent()
    this.idle.stop()
    this.session?.end()
    this.session = null
    this.reader.stopWaiting()
    this.reader.clear()
    this.pendingSend.forget()
    this.aftermath.forget()
    this.owner.release()
  }
}

export interface SocketBaseParts {
  readonly clock: Clock
  readonly timers: Timers
  readonly failures: SocketFailures
}
