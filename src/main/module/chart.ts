import { createActor, createMachine, type AnyActorScope, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import type { ChartDeclaration } from '../../shared/statecharts/chart.ts'
import type { Clock } from '../../shared/clock.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'

/**
 * A statechart at work. It decides: code asks `can` before it acts and `send`s what has happened. Every move is told to
 * the timeline with what caused it.
 */
export class Chart {
  readonly id: string
  last: ChartMove | null = null
  private readonly machine: AnyStateMachine
  private readonly scope: AnyActorScope
  private readonly listeners: ((move: ChartMove) => void)[] = []
  private snapshot: AnyMachineSnapshot
  private path: string

  constructor(
    declaration: ChartDeclaration,
    private readonly clock: Clock,
    private readonly timeline: TimelineReporter,
    private readonly instance: number | null = null,
    id: string = declaration.id
  ) {
    this.id = id
    this.machine = createMachine(declaration.machine as Parameters<typeof createMachine>[0])
    this.scope = idleScope(this.machine)
    this.snapshot = this.machine.getInitialSnapshot(this.scope)
    this.path = pathOf(this.snapshot.value)
  }

  /** Path of the present state: `open.online`. */
  get state(): string {
    return this.path
  }

  /** Whether the present state is `state` or lies within it. */
  within(state: string): boolean {
    return this.path === state || this.path.startsWith(`${state}.`)
  }

  /** Whether the machine has a way on from here for `event`. */
  can(event: string): boolean {
    return this.snapshot.can({ type: event })
  }

  /** Takes the transition and answers true, or stays and answers false when there is none. */
  send(event: string, cause: number | null = null): boolean {
    if (!this.can(event)) return false
    const from = this.path
    this.snapshot = this.machine.transition(this.snapshot, { type: event }, this.scope)
    this.path = pathOf(this.snapshot.value)
    // A self-transition (SEND, RECEIVE) asks for leave; nothing has changed that would be worth a line.
    if (from === this.path) return true
    const seq = this.timeline.report({ kind: 'transition', chart: this.id, from, to: this.path, event }, cause, this.instance)
    this.last = { from, to: this.path, event, moduleMs: this.clock.nowMs(), seq, cause }
    for (const listener of this.listeners) listener(this.last)
    return true
  }

  onMove(listener: (move: ChartMove) => void): void {
    this.listeners.push(listener)
  }
}

export interface ChartMove {
  readonly from: string
  readonly to: string
  readonly event: string
  readonly moduleMs: number
  readonly seq: number
  readonly cause: number | null
}

/**
 * What the machine's pure functions want beside state and event: an actor that never runs. XState's own `transition` makes one for every
 * event, initial state and all, which costs more than the move; the machines here have no actions that could leave anything in it.
 */
function idleScope(machine: AnyStateMachine): AnyActorScope {
  const self = createActor(machine)
  const nothing = (): void => {}
  return { self, id: '', sessionId: '', system: self.system, logger: nothing, defer: nothing, emit: nothing, stopChild: nothing, actionExecutor: nothing }
}

function pathOf(value: unknown): string {
  if (typeof value === 'string') return value
  const [key, inner] = Object.entries(value as Record<string, unknown>)[0]!
  return `${key}.${pathOf(inner)}`
}
