import type { Clock } from '../../shared/contracts/clock.ts'
import type { ChartDeclaration, ChartId } from '../../shared/statecharts/chart.ts'
import type { ChartEvent, ChartPath, ChartState } from '../../shared/statecharts/index.ts'
import { machineOf, type Machine } from '../../shared/statecharts/machine.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'

/**
 * A statechart at work. It decides: code asks `can` before it acts and `send`s what has happened. Every move is told to
 * the timeline with what caused it.
 */
export class Chart<Id extends ChartId = ChartId> {
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

  /** Path of the present state: `open.online`. */
  get state(): ChartState<Id> {
    // The machine is in a state of its declaration and no other; a test's declaration has no others than the chart's own.
    return this.#state as ChartState<Id>
  }

  /** Whether the present state is `state` or lies within it. */
  within(state: ChartPath<Id>): boolean {
    return this.#state === state || this.#state.startsWith(`${state}.`)
  }

  /** Whether the machine has a way on from here for `event`. */
  can(event: ChartEvent<Id>): boolean {
    return this.#machine.next(this.#state, event) !== null
  }

  /** Takes the transition and answers true, or stays and answers false when there is none. */
  send(event: ChartEvent<Id>, cause: number | null = null): boolean {
    const next = this.#machine.next(this.#state, event)
    if (next === null) return false
    const from = this.state
    // A self-transition (SEND, RECEIVE) asks for leave; nothing has changed that would be worth a line.
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

export interface ChartMove<Id extends ChartId = ChartId> {
  readonly from: ChartState<Id>
  readonly to: ChartState<Id>
  readonly event: ChartEvent<Id>
  readonly moduleMs: number
  readonly seq: number
  readonly cause: number | null
}
