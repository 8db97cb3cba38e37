import type { MachineDeclaration } from './machine.ts'
import type { EventName, StatePath, WithTargets } from './names.ts'

/**
 * A statechart as data: the machine that controls the module, and its texts for the window. The module asks the machine
 * whether an event is legal, and keeps no flags of its own for that.
 */
export interface ChartDeclaration<M extends MachineDeclaration = MachineDeclaration> {
  readonly id: AnyChartId
  readonly title: string
  readonly machine: M
  /** By state path, such as `open.online`. */
  readonly states: Readonly<Record<string, StateWords>>
  /** By event name. */
  readonly events: Readonly<Record<string, string>>
}

/** The charts that the window draws. */
export type ChartId = 'power' | 'sim' | 'registration' | 'pdp' | 'ssl' | 'ftp' | 'data'

/** All charts. The plain sockets have one chart each, with the number of the connection behind its id: `socket1`. */
export type AnyChartId = ChartId | 'socket'

export interface StateWords {
  readonly label: string
  /** What it means, in one sentence. */
  readonly about: string
  /** The first digit of `#SSLS` in this state. Only for the SSL socket. */
  readonly ssls?: 0 | 1 | 2
}

/**
 * Returns the declaration itself, with its names in the type: each state and event needs texts, and each target must be
 * a state.
 */
export function declareChart<const M extends MachineDeclaration>(
  declaration: ChartDeclaration<M & WithTargets<M>> & {
    readonly states: Readonly<Record<StatePath<M>, StateWords>>
    readonly events: Readonly<Record<EventName<M>, string>>
  }
): ChartDeclaration<M> {
  return declaration
}
