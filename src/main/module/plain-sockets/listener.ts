import type { Endpoint } from '../../../shared/contracts/bearer.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { AtInstance } from '../at/instance.ts'
import type { IpCaller, IpStack } from '../network/ip-stack.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'
import { alreadyListening, contextDown, noCaller, notClosed } from './failures.ts'
import type { OpenConnection } from './open-connection.ts'
import { tcpConnection } from './opening.ts'
import { lastClosures, type PlainState } from './state.ts'
import { UdpLink } from './udp-link.ts'

/**
 * The listener of a plain socket (at-reference 13): #SL and #SLUDP wait for a caller that the firewall accepts, SRING
 * announces it, #SA accepts it. The listener ends with the acceptance.
 */
export class Listener {
  readonly #state: PlainState
  readonly #connection: OpenConnection
  /** Called when a caller was accepted online without #SA. */
  readonly #connectByItself: (instance: AtInstance, cause: number) => boolean
  #now: Listening | null = null

  constructor(
    state: PlainState,
    connection: OpenConnection,
    connectByItself: (instance: AtInstance, cause: number) => boolean
  ) {
    this.#state = state
    this.#connection = connection
    this.#connectByItself = connectByItself
  }

  get kind(): 'tcp' | 'udp' | null {
    return this.#now?.kind ?? null
  }

  get port(): number | null {
    return this.#now?.port ?? null
  }

  /** The caller that waits for #SA; `null` for none. */
  get caller(): Endpoint | null {
    return this.#now?.caller ?? null
  }

  get cid(): number | null {
    return this.#now?.cid ?? null
  }

  /** The address of this machine that leads here; `null` for none. */
  get forwardedFrom(): Endpoint | null {
    return this.#now?.forwardedFrom() ?? null
  }

  /** `#SL=…,1` and `#SLUDP=…,1`. `taken`: a connection that listens on that port already. */
  start(
    kind: 'tcp' | 'udp',
    port: number,
    closureType: 0 | 255,
    taken: number | null,
    instance: AtInstance,
    cause: number
  ): Outcome {
    const state = this.#state
    const { connId, chart, parts, settings } = state
    if (this.#now) return failed(alreadyListening(connId, this.#now.port))
    if (!chart.within('closed')) return failed(notClosed(connId, chart.state, '#SL'))
    if (taken !== null) return failed(alreadyListening(taken, port))
    const stack = parts.stacks.get(settings.cid)
    if (!stack || !parts.contexts.get(settings.cid)?.active) return failed(contextDown(connId, settings.cid))
    chart.send('LISTEN', cause)
    state.owner.forgetNoCarrier()
    state.owner.take(instance)
    state.aftermath.forget()
    state.closureType = closureType
    const open = kind === 'tcp' ? this.#openTcp(stack, port) : this.#openUdp(stack, port, cause)
    this.#now = { kind, port, cid: settings.cid, caller: null, instance, cause, ...open }
    return ok
  }

  /** `#SL=…,0` and `#SLUDP=…,0`: drops a caller that waits. */
  stop(cause: number): Outcome {
    if (!this.#state.chart.send('STOP_LISTENING', cause)) return ok
    this.#close()
    this.#state.link?.close()
    this.#state.endConnection()
    return ok
  }

  /** `#SA`: accepts the caller. */
  accept(online: boolean, instance: AtInstance, cause: number, begin: (instance: AtInstance) => void): Outcome {
    const state = this.#state
    const now = this.#now
    if (!now?.caller || !state.chart.send(online ? 'ACCEPTED_ONLINE' : 'ACCEPTED', cause))
      return failed(noCaller(state.connId, state.chart.state))
    state.owner.take(instance)
    this.#accepted(now, cause)
    if (!online) return ok
    return { kind: 'connect', begin: () => begin(instance) }
  }

  /** `#SH` while a caller waits: refuses it, and goes on listening. */
  refuse(cause: number): void {
    const state = this.#state
    state.link?.close()
    state.chart.send('REFUSED', cause)
    this.#callerGone()
  }

  /** The PDP context went down. `dropped`: by the network, of which the host is told. */
  contextLost(dropped: boolean, cause: number | null): void {
    const now = this.#now
    if (!now) return
    this.#state.link?.abort()
    this.#close()
    this.#state.endConnection()
    this.#state.chart.send('BROKEN', cause)
    if (dropped) now.instance.report(now.kind === 'tcp' ? '#SL: ABORTED' : '#SLUDP: ABORTED', cause)
  }

  /** The module is powered off, or #SH ends the listener. */
  forget(): void {
    this.#close()
  }

  #openTcp(stack: IpStack, port: number): Opened {
    const { connId } = this.#state
    const listening = stack.listenTcp(connId, port, { called: (caller) => this.#called(stack, caller) })
    return { close: () => listening.close(), forwardedFrom: () => listening.forwardedFrom }
  }

  #openUdp(stack: IpStack, port: number, cause: number): Opened {
    const { connId, parts } = this.#state
    const where = { remote: { address: '0.0.0.0', port: 0 }, localPort: port, listensFor: connId }
    const sentence = `Connection ${connId} listens for datagrams on port ${port}.`
    const link: UdpLink = new UdpLink(stack, where, sentence, cause, {
      opened: () => {},
      datagram: (bytes, from) => {
        if (this.#state.chart.within('listening')) {
          if (!parts.firewall.accepts(from.address)) return this.#dropped(from)
          link.remote = from
          this.#state.link = link
          this.#rang(from, link.broughtBy ?? cause)
        }
        if (!this.#state.session) this.#state.datagrams.add(from, bytes.length)
        this.#connection.arrived(bytes)
      },
      closed: (why, seq) =>
        this.#connection
          .events(
            () => {},
            () => {}
          )
          .closedByPeer(false, why, seq)
    })
    // An accepted caller keeps the socket: only `endConnection` closes it then.
    return {
      close: () => {
        if (this.#state.link !== link) link.close()
      },
      forwardedFrom: () => link.forwardedFrom
    }
  }

  #called(stack: IpStack, caller: IpCaller): void {
    const state = this.#state
    const { from } = caller
    const where = `${from.address}:${from.port}`
    if (!state.parts.firewall.accepts(from.address))
      return void caller.drop(
        `#FRWL accepts nobody from ${from.address}, so the call to connection ${state.connId} was dropped.`,
        null
      )
    if (!state.chart.within('listening'))
      return void caller.drop(`A caller waits at connection ${state.connId} already, so ${where} was dropped.`, null)
    const cause = this.#now!.cause
    const events = this.#connection.events(
      () => {},
      () => {}
    )
    const connection: PeerConnection = tcpConnection(state, stack, where, cause, {
      ...events,
      closedByPeer: (orderly, sentence, end) => {
        if (!state.chart.within('incoming')) return events.closedByPeer(orderly, sentence, end)
        state.lastClosure = orderly ? lastClosures.fin : lastClosures.reset
        state.chart.send('CALLER_GONE', end)
        this.#callerGone()
      }
    })
    state.link = connection
    connection.take(caller.take, where, `${where} calls connection ${state.connId}.`)
    this.#rang(from, connection.tcp?.connection ?? cause)
  }

  /** A caller has come: SRING, or CONNECT where the host wants that. */
  #rang(from: Endpoint, cause: number): void {
    const state = this.#state
    const now = this.#now!
    this.#now = { ...now, caller: from }
    if (now.kind === 'tcp' && state.settings.acceptsCalls === 1 && now.instance.idle) {
      state.chart.send('ACCEPTED_ONLINE', cause)
      this.#accepted({ ...now, caller: from }, cause)
      if (this.#connectByItself(now.instance, cause)) return
    }
    state.chart.send('CALLED', cause)
    now.instance.uart.ring()
    now.instance.report(`SRING: ${state.connId}`, cause)
  }

  #accepted(now: Listening, cause: number): void {
    const state = this.#state
    this.#close()
    this.#connection.opened(now.kind, 'accepted', now.caller!.port, cause)
    if (state.reader.heldBytes > 0) state.dataArrived()
  }

  #callerGone(): void {
    this.#state.link = null
    this.#state.reader.clear()
    this.#state.datagrams.clear()
    if (this.#now) this.#now = { ...this.#now, caller: null }
  }

  #dropped({ address }: Endpoint): void {
    const sentence = `#FRWL accepts nobody from ${address}, so its datagram was dropped.`
    this.#state.parts.timeline.report({ kind: 'network', sentence }, null)
  }

  #close(): void {
    this.#now?.close()
    this.#now = null
  }
}

interface Opened {
  close(): void
  forwardedFrom(): Endpoint | null
}

interface Listening extends Opened {
  readonly kind: 'tcp' | 'udp'
  readonly port: number
  readonly cid: number
  readonly caller: Endpoint | null
  /** The instance of #SL, to which SRING goes. */
  readonly instance: AtInstance
  readonly cause: number
}
