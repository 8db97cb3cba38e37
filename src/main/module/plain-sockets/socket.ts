/** @module The six plain sockets: dialling, data in command and online mode, listening, and how they end. */

import type { Endpoint } from '../../../shared/contracts/bearer.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'
import { failed, ok, type CallOff, type Outcome } from '../at/answer.ts'
import type { AtInstance } from '../at/instance.ts'
import type { Chart } from '../chart.ts'
import type { Held } from '../sockets/held-bytes.ts'
import type { SocketFacts } from './facts.ts'
import {
  asReason,
  contextDown,
  dialAborted,
  elsewhere,
  notClosed,
  nothingHeld,
  notSuspended,
  notUdp,
  openingFailure,
  type OpeningEnd
} from './failures.ts'
import { Listener } from './listener.ts'
import { OpenConnection } from './open-connection.ts'
import { openTcp, openUdp } from './opening.ts'
import type { PlainSocketParts } from './parts.ts'
import { lastClosures, neverOpened, PlainState } from './state.ts'
import { UdpLink } from './udp-link.ts'

/**
 * One plain socket (at-reference 13). Its chart decides what is legal; this class does it. What it shares with the SSL
 * socket is in `module/sockets`.
 */
export class PlainSocket {
  readonly #state: PlainState
  readonly #connection: OpenConnection
  readonly #listener: Listener
  /** The context of the present connection. */
  #cid = 0
  /** Ends an opening with a failure; `null` while nothing is being opened. */
  #failOpening: ((end: OpeningEnd, cause: number | null) => void) | null = null

  constructor(connId: number, chart: Chart<'socket'>, parts: PlainSocketParts) {
    this.#state = new PlainState(connId, chart, parts, (maxBytes) => this.#connection.take(maxBytes))
    this.#connection = new OpenConnection(this.#state)
    this.#listener = new Listener(this.#state, this.#connection, (instance, cause) =>
      instance.connectByItself(cause, () => this.#beginOnline(instance))
    )
    for (const [cid, context] of parts.contexts)
      context.onDown((cause, dropped) => {
        if (cid === this.#listener.cid) return this.#listener.contextLost(dropped, cause)
        if (cid !== this.#cid) return
        if (this.#failOpening) this.#failOpening({ kind: 'context-lost', cid }, cause)
        else this.#connection.contextLost(cid, cause)
      })
  }

  get isClosed(): boolean {
    return this.#state.chart.within('closed')
  }

  /** `#SCFG`: refused unless the connection is closed. */
  configurationRefusal(): CommandFailure | null {
    return this.isClosed ? null : notClosed(this.#state.connId, this.#word, '#SCFG')
  }

  /** `#SD`: ends with OK, CONNECT or NO CARRIER, or with a failure (D-46). */
  dial(request: PlainDial, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): CallOff | void {
    const state = this.#state
    const { connId, chart, owner, settings } = state
    const { cid, connTo, immediate, abortsDial } = settings
    const stack = state.parts.stacks.get(cid)
    if (!this.isClosed) return finish(failed(notClosed(connId, this.#word, '#SD')))
    if (!stack || !state.parts.contexts.get(cid)?.active) return finish(failed(contextDown(connId, cid)))
    chart.send('DIAL', cause)
    owner.forgetNoCarrier()
    owner.take(instance)
    state.aftermath.forget()
    state.closureType = request.closureType
    this.#cid = cid
    const answersAtOnce = immediate === 1 && !request.online
    const done = (outcome: Outcome): void => {
      this.#failOpening = null
      instance.onTyped(null)
      if (!answersAtOnce) finish(outcome)
    }
    this.#failOpening = (end, failureCause) => {
      const failure = openingFailure(end, connId, `${request.host}:${request.port}`)
      const causes = failureCause === null ? [] : [failureCause]
      state.link?.giveUp()
      state.endConnection()
      chart.send('FAILED', failureCause ?? cause)
      done(request.online ? { kind: 'no-carrier', because: asReason(failure), causes } : failed(failure, causes))
    }
    const opened = (): void => {
      if (!chart.send(request.online ? 'OPENED_ONLINE' : 'OPENED', cause)) return
      this.#connection.opened(request.kind, 'dialled', request.port, cause)
      done(request.online ? this.#goneOnline(instance) : ok)
    }
    const events = this.#connection.events(opened, (end, failureCause) => this.#failOpening?.(end, failureCause))
    if (abortsDial === 1)
      instance.onTyped(() => {
        const because = dialAborted(connId, `${request.host}:${request.port}`)
        state.link?.giveUp()
        state.endConnection()
        chart.send('FAILED', cause)
        done({ kind: 'no-carrier', because })
      })
    if (answersAtOnce) finish(ok)
    if (request.kind === 'udp') openUdp(state, stack, request, cause, events)
    else openTcp(state, stack, { ...request, connToMs: connTo * 100 }, cause, events)
  }

  /** `#SL` and `#SLUDP`. `taken`: another connection that listens on that port. */
  listen(request: PlainListen, taken: number | null, instance: AtInstance, cause: number): Outcome {
    const { kind, port, closureType, starts } = request
    this.#cid = this.#state.settings.cid
    return starts ? this.#listener.start(kind, port, closureType, taken, instance, cause) : this.#listener.stop(cause)
  }

  /** `#SA`: accepts the caller that SRING has announced. */
  accept(online: boolean, instance: AtInstance, cause: number): Outcome {
    const refusal = this.#ownerRefusal(instance)
    if (refusal) return failed(refusal)
    return this.#listener.accept(online, instance, cause, (one) => this.#beginOnline(one))
  }

  /** `#SO`: CONNECT on an open connection, NO CARRIER on a closed one. */
  goOnline(instance: AtInstance, cause: number): Outcome {
    const state = this.#state
    const refusal = this.#ownerRefusal(instance)
    if (refusal) return failed(refusal)
    if (!state.chart.send('GO_ONLINE', cause)) return { kind: 'no-carrier', because: notSuspended(state.connId) }
    return this.#goneOnline(instance)
  }

  /** `#SH`: closes. OK also for a closed connection. */
  hangUp(instance: AtInstance, cause: number): Outcome {
    const state = this.#state
    const refusal = this.isClosed ? null : this.#ownerRefusal(instance)
    if (refusal) return failed(refusal)
    state.owner.forgetNoCarrier()
    if (state.chart.within('incoming')) this.#listener.refuse(cause)
    else if (state.chart.send('HANG_UP', cause)) {
      this.#listener.forget()
      if (this.#failOpening) state.link?.giveUp()
      this.#failOpening = null
      state.endConnection()
    }
    return ok
  }

  /** Returns why nothing can be sent now, or `null`. */
  sendRefusal(instance: AtInstance, toPeer = false): CommandFailure | null {
    const state = this.#state
    const refusal = this.isClosed ? null : this.#ownerRefusal(instance)
    if (refusal) return refusal
    if (state.hiddenEnd) return state.failures.disconnected(state.hiddenEnd.because.facts)
    if (!state.chart.can('SEND')) return state.notOpen()
    return toPeer && !(state.link instanceof UdpLink) ? notUdp(state.connId) : null
  }

  /** `#SSEND`, `#SSENDEXT`: sends an entry. */
  send(entered: Held, cause: number, finish: (outcome: Outcome) => void): void {
    this.#connection.send(entered, SEND_LIMIT_MS, cause, finish)
  }

  /** `#SSENDUDP`, `#SSENDUDPEXT`: sends an entry to any peer. */
  sendTo({ bytes, causes }: Held, to: Endpoint, cause: number): Outcome {
    const { link, chart, idle } = this.#state
    if (!(link instanceof UdpLink) || !chart.send('SEND', cause)) return failed(this.#state.notOpen())
    idle.touched()
    link.sendTo(bytes, to, [...causes, cause])
    return ok
  }

  /** `#SRECV`: what is held, of a UDP socket at most one datagram. It never waits. */
  receive(maxBytes: number, instance: AtInstance, cause: number): Received | CommandFailure {
    const state = this.#state
    const refusal = this.isClosed ? null : this.#ownerRefusal(instance)
    if (refusal) return refusal
    if (!state.chart.send('RECEIVE', cause) || state.reader.heldBytes === 0) return nothingHeld(state.connId)
    const from = state.datagrams.first?.from ?? null
    const held = this.#connection.take(maxBytes)
    return { ...held, from: from ?? state.record.remote, leftBytes: from ? state.datagrams.leftOfTaken : 0 }
  }

  /** The module is powered off: everything is dropped without output. */
  powerLost(cause: number | null): void {
    const state = this.#state
    this.#failOpening = null
    this.#listener.forget()
    state.drop()
    state.record = neverOpened
    state.lastClosure = lastClosures.never
    state.chart.send('POWER_LOST', cause)
  }

  /** Returns the state for #SS, #SI, #ST, #SLASTCLOSURE and the window. */
  facts(): SocketFacts {
    const { connId, chart, record, reader, session, lastClosure, owner, settings, closureType } = this.#state
    return {
      connId,
      chart,
      kind: record.kind,
      direction: record.direction,
      local: record.local,
      remote: record.remote,
      listeningPort: this.#listener.port,
      listeningKind: this.#listener.kind,
      caller: this.#listener.caller,
      forwardedFrom: this.#listener.forwardedFrom,
      sentBytes: record.counters.sentBytes,
      receivedBytes: record.counters.receivedBytes,
      heldBytes: reader.heldBytes,
      waitingBytes: session?.waitingBytes ?? 0,
      unsentBytes: this.#connection.unsentBytes,
      lastClosure,
      owner: owner.instance?.index ?? null,
      settings,
      closureType
    }
  }

  get #word(): string {
    return this.#state.chart.state.replace(/^open\./, 'open, ')
  }

  /** Resume, close and data come on the AT instance that opened the connection. */
  #ownerRefusal(instance: AtInstance): CommandFailure | null {
    const { owner, connId } = this.#state
    const one = owner.instance
    return one && one !== instance && !this.isClosed ? elsewhere(connId, one.index) : null
  }

  #goneOnline(instance: AtInstance): Outcome {
    return { kind: 'connect', begin: () => this.#beginOnline(instance) }
  }

  #beginOnline(instance: AtInstance): void {
    this.#connection.beginOnline(instance, (cause) => {
      this.hangUp(instance, cause)
      this.#state.owner.carrierLost(cause)
    })
  }
}

/** The arguments of #SD. */
export interface PlainDial {
  readonly kind: 'tcp' | 'udp'
  readonly host: string
  readonly port: number
  readonly closureType: 0 | 255
  /** Only for UDP; 0 for any free one. */
  readonly localPort: number
  readonly online: boolean
}

/** The arguments of #SL and #SLUDP. */
export interface PlainListen {
  readonly kind: 'tcp' | 'udp'
  /** Whether it starts to listen, or stops. */
  readonly starts: boolean
  readonly port: number
  readonly closureType: 0 | 255
}

/** Data of #SRECV. `leftBytes`: what is left of its datagram. */
export interface Received extends Held {
  readonly from: Endpoint | null
  readonly leftBytes: number
}

/** How long #SSEND waits for TCP to take its data. */
const SEND_LIMIT_MS = 60_000
