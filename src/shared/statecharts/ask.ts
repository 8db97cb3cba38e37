import type { ChartDeclaration } from './chart.ts'
import { machineOf } from './machine.ts'

/** One transition from a state. */
export interface Move {
  readonly event: string
  /** Path of the next state. */
  readonly to: string
}

/** Returns the transitions from `state` (a path such as `open.online`), in the order of the machine's events. */
export function movesFrom(chart: ChartDeclaration, state: string): readonly Move[] {
  const machine = machineOf(chart.machine)
  const present = machine.enter(state)
  return machine.events.flatMap((event) => {
    const to = machine.next(present, event)
    return to === null ? [] : [{ event, to }]
  })
}

/** Returns whether `event` has a transition from `state`. */
export function canHappen(chart: ChartDeclaration, state: string, event: string): boolean {
  const machine = machineOf(chart.machine)
  return machine.next(machine.enter(state), event) !== null
}
