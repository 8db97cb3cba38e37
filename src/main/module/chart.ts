import type { Clock } from '../../shared/contracts/clock.ts'
import type { ChartDeclaration, AnyChartId } from '../../shared/statecharts/chart.ts'
import type { ChartEvent, ChartPath, ChartState } from '../../shared/statecharts/index.ts'
import { machineOf, type Machine } from '../../shared/statecharts/machine.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'

/**
 * A running statechart. It decides what is allowed: code calls `can` before it acts and `send` for what has happened.
 * Every transition is reported on the timeline with its cause.
 */
export class Chart<Id extends AnyChartId = AnyChartId> {
  readonly id: string
  last: ChartMove<Id> | null = null
  readonly #machine: Machine
  readonly #clock: Clock
  readonly #timeline: TimelineReporter
  readonly #instance: number | null
  readonly #listeners: ((move: ChartMove<Id>) => void)[] = []
  #state: string

  constructor(
    declaration: ChartDeclaration,
    clock: Clock,
    timeline: TimelineReporter,
    instance: number | null = null,
    id: string = declaration.id
  ) {
    this.id = id
    this.#clock = clock
    this.#timeline = timeline
    this.#instance = instance
    this.#machine = machineOf(declaration.machine)
    this.#state = this.#machine.initial
  }

  /** Path of the present state, such as `open.online`. */
  get state(): ChartState<Id> {
    // The machine is always in a state of its declaration. Declarations in tests only have states of the chart too.
    return this.#state as ChartState<Id>
  }

  /** Returns whether the present state is `state` or inside it. */
  within(state: ChartPath<Id>): boolean {
    return this.#state === state || this.#state.startsWith(`${state}.`)
  }

  /** Returns whether `event` has a transition in the present state. */
  can(event: ChartEvent<Id>): boolean {
    return this.#machine.next(this.#state, event) !== null
  }

  /** Takes the transition of `event`. Returns false, without effect, when there is none. */
  send(event: ChartEvent<Id>, cause: number | null = null): boolean {
    const next = this.#machine.next(this.#state, event)
    if (next === null) return false
    const from = this.state
    // A self-transition (SEND, RECEIVE) only checks permission: nothing has changed that is worth an event.
    if (from === next) return true
    this.#state = next
    const to = this.state
    const seq = this.#timeline.report({ kind: 'transition', chart: this.id, from, to, event }, cause, this.#instance)
    this.last = { from, to, event, moduleMs: this.#clock.nowMs(), seq, cause }
    for (const listener of this.#listeners) listener(this.last)
    return true
  }

  onMove(listener: (move: ChartMove<Id>) => void): void {
    this.#listeners.push(listener)
  }
}

export interface ChartMove<Id extends AnyChartId = AnyChartId> {
  readonly from: ChartState<Id>
  readonly to: ChartState<Id>
  readonly event: ChartEvent<Id>
  readonly moduleMs: number
  readonly seq: number
  readonly cause: number | null
}
