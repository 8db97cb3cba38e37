import type { MachineDeclaration } from './machine.ts'
import type { EventName, StatePath, WithTargets } from './names.ts'

/**
 * A statechart as data: the machine that the module obeys, and the words in which the window tells about it.
 * The module asks the machine whether an event is legal; nothing beside it keeps a flag that says the same.
 */
export interface ChartDeclaration<M extends MachineDeclaration = MachineDeclaration> {
  readonly id: ChartId
  readonly title: string
  readonly machine: M
  /** By state path (`open.online`). */
  readonly states: Readonly<Record<string, StateWords>>
  /** By event name. */
  readonly events: Readonly<Record<string, string>>
}

export type ChartId = 'power' | 'sim' | 'registration' | 'pdp' | 'ssl' | 'ftp' | 'data'

export interface StateWords {
  readonly label: string
  /** What it means, in one plain sentence. */
  readonly about: string
  /** The first digit of `#SSLS` in this state, for the SSL socket. */
  readonly ssls?: 0 | 1 | 2
}

/** Returns the declaration as it is. Its type has the names in it: each state and event needs words, each target must be a state. */
export function declareChart<const M extends MachineDeclaration>(
  declaration: ChartDeclaration<M & WithTargets<M>> & {
    readonly states: Readonly<Record<StatePath<M>, StateWords>>
    readonly events: Readonly<Record<EventName<M>, string>>
  }
): ChartDeclaration<M> {
  return declaration
}
