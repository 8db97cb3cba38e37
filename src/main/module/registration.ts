import type { Cancellable, MobileNetwork } from '../../shared/bearer.ts'
import type { Clock } from '../../shared/clock.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { Chart } from './chart.ts'

/**
 * Where the module stands with the mobile network (at-reference 4, D-29): radio, registration and packet attach. The
 * registration chart decides; the network answers in its own time.
 */
export class Registration {
  /** `+COPS` format, for the read form: 0 name, 2 number. */
  operatorFormat: 0 | 2 = 0
  private radio = false
  private leftByHost = false
  private detached = false
  private search: Cancellable | null = null
  private readonly changed: ((cause: number | null) => void)[] = []
  private readonly waiters = new Set<() => void>()

  constructor(
    private readonly chart: Chart,
    private readonly network: MobileNetwork,
    private readonly clock: Clock,
    private readonly timeline: TimelineReporter
  ) {
    chart.onMove((move) => {
      for (const waiter of this.waiters) waiter()
      for (const listener of this.changed) listener(move.seq)
    })
  }

  /** State of the chart: `idle`, `searching`, `home`, `roaming`, `denied`. */
  get state(): string {
    return this.chart.state
  }

  get registered(): boolean {
    return this.state === 'home' || this.state === 'roaming'
  }

  /** `+CGREG` says the same as long as the module is attached. */
  get packetState(): string {
    return this.registered && this.detached ? 'idle' : this.state
  }

  get attached(): boolean {
    return this.registered && !this.detached
  }

  get radioOn(): boolean {
    return this.radio
  }

  /** Whether `+COPS=2` told the module to stay out of networks. */
  get left(): boolean {
    return this.leftByHost
  }

  /** Registration or attachment has changed; called with the event to blame. */
  onChange(listener: (cause: number | null) => void): void {
    this.changed.push(listener)
  }

  radioUp(cause: number | null): void {
    if (this.radio) return
    this.radio = true
    if (!this.leftByHost) this.join(cause)
  }

  /** Radio off: `+CFUN=4`, or the module goes down. */
  radioOff(cause: number | null): void {
    this.radio = false
    this.stopSearch()
    this.chart.send('RADIO_OFF', cause)
  }

  /** `+COPS=2`: leaves the network and does not search again by itself. */
  leave(cause: number | null): void {
    this.leftByHost = true
    this.stopSearch()
    this.chart.send('RADIO_OFF', cause)
  }

  /** Searches for a network, unless one is found already or the radio is off. */
  join(cause: number | null): void {
    this.leftByHost = false
    if (!this.radio || !this.chart.send('SEARCH', cause)) return
    this.search = this.network.register((answer) => {
      this.search = null
      const { longName, numeric } = this.network.operator
      const seq = this.timeline.report({ kind: 'network', sentence: `${longName} (${numeric}) answered: ${answer.kind}.` }, cause)
      this.detached = false
      this.chart.send(answer.kind === 'home' ? 'FOUND_HOME' : answer.kind === 'roaming' ? 'FOUND_ROAMING' : 'DENIED', seq)
    })
  }

  attach(): boolean {
    if (!this.registered) return false
    this.setDetached(false, null)
    return true
  }

  detach(cause: number | null): void {
    this.setDetached(true, cause)
  }

  /**
   * Calls back once the module is registered, or cannot get there: the search has ended otherwise, or `limitMs` of
   * module time are over.
   */
  whenSettled(limitMs: number, settled: (registered: boolean) => void): void {
    if (this.state !== 'searching') return settled(this.registered)
    const done = (): void => {
      if (this.state === 'searching' && !timedOut) return
      timer.cancel()
      this.waiters.delete(done)
      settled(this.registered)
    }
    let timedOut = false
    const timer = this.clock.schedule(limitMs, () => {
      timedOut = true
      done()
    })
    this.waiters.add(done)
  }

  private setDetached(detached: boolean, cause: number | null): void {
    if (this.detached === detached) return
    this.detached = detached
    for (const listener of this.changed) listener(cause)
  }

  private stopSearch(): void {
    this.search?.cancel()
    this.search = null
  }
}
