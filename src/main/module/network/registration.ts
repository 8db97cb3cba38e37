/** @module Registration, packet contexts and the IP stack of the module. */

import type { Cancellable, MobileNetwork, NetworkEvent } from '../../../shared/contracts/bearer.ts'
import type { Clock } from '../../../shared/contracts/clock.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { ChartState } from '../../../shared/statecharts/index.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Chart } from '../chart.ts'
import { Waiters } from '../waiters.ts'
import { attachFailure } from './failures.ts'
import { PacketService, type DeactivateContext } from './packet-service.ts'

/**
 * The module's registration and packet service (at-reference 4, D-29). The registration chart decides what is allowed.
 * The network answers after its delays, and starts events of its own.
 */
export class Registration {
  /** The format of `+COPS?`: 0 name, 2 number. */
  operatorFormat: 0 | 2 = 0
  private radio = false
  private simReady = false
  private leftByHost = false
  private readonly packet: PacketService
  private search: Cancellable | null = null
  /** The present step of leaving the network. */
  private leaving: Cancellable | null = null
  private hearing: Cancellable | null = null
  private readonly listeners: Record<ListenerKind, ((cause: number | null) => void)[]> = {
    changed: [],
    registered: [],
    packetLost: []
  }
  private readonly contextDropped: ((contextId: number, cause: number) => void)[] = []
  private readonly waiters = new Waiters()

  constructor(
    private readonly chart: Chart<'registration'>,
    private readonly parts: RegistrationParts
  ) {
    this.packet = new PacketService(parts.network, parts.timeline, (cause) => this.changed(cause))
    chart.onMove((move) => this.changed(move.seq))
  }

  get state(): ChartState<'registration'> {
    return this.chart.state
  }

  get registered(): boolean {
    return this.state === 'home' || this.state === 'roaming'
  }

  /** The value of `+CGREG`, as a state of the chart. */
  get packetState(): ChartState<'registration'> {
    if (!this.registered) return this.state === 'searching' && !this.packet.wanted ? 'idle' : this.state
    const states = { detached: 'idle', attaching: 'searching', attached: this.state, refused: 'denied' } as const
    return states[this.packet.state]
  }

  get attached(): boolean {
    return this.registered && this.packet.state === 'attached'
  }

  get radioOn(): boolean {
    return this.radio
  }

  /** Whether `+COPS=2` told the module not to register. */
  get left(): boolean {
    return this.leftByHost
  }

  /** Calls the listener when registration or packet service changes, with the event that caused it. */
  onChange(listener: (cause: number | null) => void): void {
    this.listeners.changed.push(listener)
  }

  /** Calls the listener when the module has registered. */
  onRegistered(listener: (cause: number | null) => void): void {
    this.listeners.registered.push(listener)
  }

  /** Calls the listener when packet service, and with it every context, is lost. After `onChange`. */
  onPacketLost(listener: (cause: number | null) => void): void {
    this.listeners.packetLost.push(listener)
  }

  /** `deactivate` is called before the module detaches; contexts are deactivated one after the other. */
  onBeforeDetach(deactivate: DeactivateContext): void {
    this.packet.onBeforeDetach(deactivate)
  }

  onContextDropped(listener: (contextId: number, cause: number) => void): void {
    this.contextDropped.push(listener)
  }

  /** The module was powered on: as after `+CFUN=1`, and the effect of earlier `+COPS=2` and `+CGATT=0` is over. */
  powerUp(cause: number | null): void {
    this.leftByHost = false
    this.packet.wanted = true
    this.radioUp(cause)
  }

  /** Power is lost: the module does not deregister. */
  powerLost(cause: number | null): void {
    this.radio = false
    this.hearing?.cancel()
    this.hearing = null
    this.stop()
    this.chart.send('RADIO_OFF', cause)
  }

  radioUp(cause: number | null): void {
    this.radio = true
    this.hearing ??= this.parts.network.onEvent((event) => this.heard(event))
    this.searchIfWanted(cause)
  }

  /** `+CFUN=4`: deactivates contexts, detaches, deregisters, then switches the radio off. */
  radioDown(cause: number | null, done: () => void): void {
    this.radio = false
    this.leaveNetwork(cause, () => {
      if (!this.radio) this.hearing?.cancel()
      if (!this.radio) this.hearing = null
      done()
    })
  }

  /** The SIM became ready, or stopped being ready. */
  simChanged(ready: boolean, cause: number | null): void {
    this.simReady = ready
    if (ready) this.searchIfWanted(cause)
    else this.leaveNetwork(cause, () => {})
  }

  /** `+COPS=2`: deregisters, and does not search again by itself. */
  leave(cause: number | null, done: () => void): void {
    this.leftByHost = true
    this.leaveNetwork(cause, done)
  }

  /** `+COPS=0` and others: searches for the chosen network, unless already registered with it or not allowed to. */
  join(cause: number | null): void {
    this.leftByHost = false
    this.searchIfWanted(cause)
  }

  /** Attaches to packet service unless attached. `done` gets `null` or the failure (30 or 107). */
  attach(cause: number | null, done: (failure: CommandFailure | null) => void): void {
    const { packet } = this
    packet.wanted = true
    if (this.registered && !this.leaving && packet.state !== 'attached' && packet.state !== 'attaching')
      packet.attach(cause)
    this.waiters.when(
      () => packet.state !== 'attaching' || !this.registered,
      () => done(this.attached ? null : attachFailure(packet))
    )
  }

  /** `+CGATT=0`: deactivates contexts and detaches. Registration stays. */
  detach(cause: number | null, done: () => void): void {
    this.packet.wanted = false
    this.packet.leave(cause, done)
  }

  /**
   * Calls `settled` once the module is registered, or the search has ended otherwise, or `limitMs` of module time have
   * passed.
   */
  whenSettled(limitMs: number, settled: (registered: boolean) => void): void {
    let timedOut = false
    const timer = this.parts.clock.schedule(limitMs, () => {
      timedOut = true
      this.waiters.wake()
    })
    this.waiters.when(
      () => timedOut || this.state !== 'searching',
      () => {
        timer.cancel()
        settled(this.registered)
      }
    )
  }

  private get wantsNetwork(): boolean {
    return this.radio && this.simReady && !this.leftByHost
  }

  private searchIfWanted(cause: number | null): void {
    if (this.wantsNetwork && !this.leaving && this.chart.send('SEARCH', cause)) this.startSearch(cause)
  }

  private startSearch(cause: number | null): void {
    const { network, timeline, operatorChoice } = this.parts
    this.search?.cancel()
    this.search = network.register(operatorChoice(), (answer) => {
      this.search = null
      const { longName, numeric } = network.operator
      const seq = timeline.report(
        { kind: 'network', sentence: `${longName} (${numeric}) answered: ${answer.kind}.` },
        cause
      )
      // The module attaches as soon as it is registered; until then +CGREG shows that it is searching.
      this.packet.expect()
      this.chart.send(
        answer.kind === 'home' ? 'FOUND_HOME' : answer.kind === 'roaming' ? 'FOUND_ROAMING' : 'DENIED',
        seq
      )
      if (!this.registered) return
      for (const listener of this.listeners.registered) listener(seq)
      // A listener may have asked to leave at once.
      if (this.packet.state === 'attaching') this.packet.attach(seq)
    })
  }

  /** Deactivates contexts, detaches and deregisters, in this order. */
  private leaveNetwork(cause: number | null, done: () => void): void {
    if (!this.registered) {
      this.stop()
      this.chart.send('RADIO_OFF', cause)
      return done()
    }
    if (!this.leaving) {
      this.leaving = { cancel: () => {} }
      this.packet.leave(cause, () => {
        // Coverage or power may be lost meanwhile: then the module is already deregistered.
        if (!this.leaving) return
        this.leaving = this.parts.network.deregister(() => {
          this.leaving = null
          this.chart.send('RADIO_OFF', cause)
          this.searchIfWanted(cause)
        })
      })
    }
    this.waiters.when(() => this.leaving === null, done)
  }

  private heard(event: NetworkEvent): void {
    const acts = this.actsOn(event)
    if (!acts) return
    const seq = this.parts.timeline.report({ kind: 'network', sentence: event.sentence }, event.cause)
    switch (event.kind) {
      case 'coverage-lost':
        this.stop()
        this.packet.drop()
        if (!this.chart.send('COVERAGE_LOST', seq)) return
        if (this.wantsNetwork) this.startSearch(seq)
        else this.chart.send('RADIO_OFF', seq)
        return
      case 'expelled':
        this.stop()
        this.packet.drop()
        this.chart.send('DENIED', seq)
        return
      case 'announced':
        if (this.state === 'denied') this.searchIfWanted(seq)
        else this.packet.attach(seq)
        return
      case 'detached':
        this.packet.withdrawn(seq)
        return
      case 'context-dropped':
        for (const listener of this.contextDropped) listener(event.contextId, seq)
    }
  }

  /** Returns whether a network event has an effect on the module in its present state. */
  private actsOn(event: NetworkEvent): boolean {
    if (event.kind === 'announced')
      return this.state === 'denied' || (this.registered && this.packet.state === 'refused' && this.packet.wanted)
    if (event.kind === 'detached')
      return this.registered && (this.packet.state === 'attached' || this.packet.state === 'attaching')
    return this.registered
  }

  /** Sends the URCs first, then tells the users of packet service that it is lost. */
  private changed(cause: number | null): void {
    for (const listener of this.listeners.changed) listener(cause)
    if (!this.attached) for (const listener of this.listeners.packetLost) listener(cause)
    this.waiters.wake()
  }

  /** Ignores answers of the network that are still to come. */
  private stop(): void {
    this.search?.cancel()
    this.search = null
    this.leaving?.cancel()
    this.leaving = null
    this.packet.stop()
  }
}

export interface RegistrationParts {
  readonly network: MobileNetwork
  readonly clock: Clock
  readonly timeline: TimelineReporter
  /** The operator that `+COPS` chose manually, or `null` for any. */
  operatorChoice(): string | null
}

type ListenerKind = 'changed' | 'registered' | 'packetLost'
