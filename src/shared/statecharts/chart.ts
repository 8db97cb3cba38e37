import type { MachineConfig } from 'xstate'

/**
 * A statechart as data: the XState machine that the module obeys, and the words in which the window tells about it.
 * The module asks the machine whether an event is legal; nothing beside it keeps a flag that says the same.
 */
export interface ChartDeclaration {
  readonly id: ChartId
  readonly title: string
  readonly machine: ChartMachine
  /** By state path (`open.online`). */
  readonly states: Readonly<Record<string, StateWords>>
  /** By event name. */
  readonly events: Readonly<Record<string, string>>
}

export type ChartId = 'power' | 'sim' | 'registration' | 'pdp' | 'ssl' | 'ftp' | 'data'

// The machines carry no context and no actions: what happens on a transition is the module's code.
// oxlint-disable-next-line typescript/no-explicit-any
export type ChartMachine = MachineConfig<any, any, any, any, any, any, any, any, any, any>

export interface StateWords {
  readonly label: string
  /** What it means, in one plain sentence. */
  readonly about: string
  /** The first digit of `#SSLS` in this state, for the SSL socket. */
  readonly ssls?: 0 | 1 | 2
}
