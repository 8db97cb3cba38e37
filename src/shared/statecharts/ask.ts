import { createMachine, transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import type { ChartDeclaration } from './chart.ts'

/** One way on from a state, as the machine itself answers. */
export interface Move {
  readonly event: string
  /** Path of the state that follows. */
  readonly to: string
}

/** What may happen in `state` (a path, `open.online`), in the order in which the machine names its events. */
export function movesFrom(chart: ChartDeclaration, state: string): readonly Move[] {
  const machine = machineOf(chart)
  const snapshot = snapshotAt(machine, state)
  return machine.events
    .filter((event) => snapshot.can({ type: event }))
    .map((event) => ({ event, to: pathOf(transition(machine, snapshot, { type: event })[0].value) }))
}

/** Whether the machine has a way on from `state` for `event`. */
export function canHappen(chart: ChartDeclaration, state: string, event: string): boolean {
  return snapshotAt(machineOf(chart), state).can({ type: event })
}

/** Charts are never changed once they are declared. */
const machines = new WeakMap<ChartDeclaration, AnyStateMachine>()

function machineOf(chart: ChartDeclaration): AnyStateMachine {
  const known = machines.get(chart) ?? createMachine(chart.machine as Parameters<typeof createMachine>[0])
  machines.set(chart, known)
  return known
}

function snapshotAt(machine: AnyStateMachine, path: string): AnyMachineSnapshot {
  const value = path.split('.').reduceRight<string | object>((inner, name) => (inner === '' ? name : { [name]: inner }), '')
  return machine.resolveState({ value } as Parameters<AnyStateMachine['resolveState']>[0])
}

function pathOf(value: unknown): string {
  if (typeof value === 'string') return value
  const [key, inner] = Object.entries(value as Record<string, unknown>)[0]!
  return `${key}.${pathOf(inner)}`
}
