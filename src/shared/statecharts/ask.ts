import type { ChartDeclaration } from './chart.ts'
import { machineOf } from './machine.ts'

/** One way on from a state, as the machine itself answers. */
export interface Move {
  readonly event: string
  /** Path of the state that follows. */
  readonly to: string
}

/** What may happen in `state` (a path, `open.online`), in the order in which the machine names its events. */
export function movesFrom(chart: ChartDeclaration, state: string): readonly Move[] {
  const machine = machineOf(chart.machine)
  const present = machine.enter(state)
  return machine.events.flatMap((event) => {
    const to = machine.next(present, event)
    return to === null ? [] : [{ event, to }]
  })
}

/** Whether the machine has a way on from `state` for `event`. */
export function canHappen(chart: ChartDeclaration, state: string, event: string): boolean {
  const machine = machineOf(chart.machine)
  return machine.next(machine.enter(state), event) !== null
}
