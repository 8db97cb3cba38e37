/** @module The statecharts as data, and the interpreter that decides whether an event is legal. */

/**
 * A statechart as plain data: nested states, and events that lead from one state to another. Without context and
 * actions: the effects of a transition are in the code that sends the event. The format is a subset of that of SCXML
 * and XState.
 */
export interface MachineDeclaration {
  readonly id: string
  readonly initial: string
  readonly states: Readonly<Record<string, StateDeclaration>>
}

export interface StateDeclaration {
  /** The inner state that is entered first. */
  readonly initial?: string
  /** Targets by event: `#id.path` from the root, else a sibling state or a path from there (`open.online`). */
  readonly on?: Readonly<Record<string, string>>
  readonly states?: Readonly<Record<string, StateDeclaration>>
}

/**
 * A machine that is ready to run, with all states and transitions resolved. States are paths of innermost states
 * (`open.online`).
 */
export interface Machine {
  readonly initial: string
  /** All events in the order in which the states name them, parents before children. */
  readonly events: readonly string[]
  /** Returns the innermost state that is entered with `path`. Throws when there is no such state. */
  enter(path: string): string
  /** Returns the next state, or `null` when `event` has no transition from `state`. */
  next(state: string, event: string): string | null
}

/** Returns the machine of a declaration; cached. Throws when a transition or an initial state leads nowhere. */
export function machineOf(declaration: MachineDeclaration): Machine {
  const known = machines.get(declaration)
  if (known) return known
  const machine = makeMachine(declaration)
  machines.set(declaration, machine)
  return machine
}

/** Declarations never change once they are used. */
const machines = new WeakMap<MachineDeclaration, Machine>()

function makeMachine({ id, initial, states }: MachineDeclaration): Machine {
  const nodes = walk(states, '')
  const entered = new Map(
    nodes.map(({ path, node }) => [path, node.initial === undefined ? path : `${path}.${node.initial}`])
  )
  const enter = (path: string): string => {
    const inner = entered.get(path)
    if (inner === undefined) throw new Error(`Statechart ${id} has no state ${path}.`)
    return inner === path ? path : enter(inner)
  }
  // Parents come first, so that a state's own transitions override theirs.
  const ways = new Map<string, ReadonlyMap<string, string>>()
  for (const { path, parent, node } of nodes) {
    const own = Object.entries(node.on ?? {}).map(([event, target]): [string, string] => [
      event,
      enter(pathOf(target, id, parent))
    ])
    ways.set(path, new Map([...(ways.get(parent) ?? []), ...own]))
  }
  const events = [...new Set(nodes.flatMap(({ node }) => Object.keys(node.on ?? {})))]
  return { initial: enter(initial), events, enter, next: (state, event) => ways.get(state)?.get(event) ?? null }
}

interface Placed {
  readonly path: string
  /** Empty for the states of the root. */
  readonly parent: string
  readonly node: StateDeclaration
}

function walk(states: Readonly<Record<string, StateDeclaration>>, parent: string): Placed[] {
  return Object.entries(states).flatMap(([name, node]) => {
    const path = within(parent, name)
    return [{ path, parent, node }, ...walk(node.states ?? {}, path)]
  })
}

function pathOf(target: string, id: string, parent: string): string {
  return target.startsWith(`#${id}.`) ? target.slice(id.length + 2) : within(parent, target)
}

const within = (parent: string, name: string): string => (parent === '' ? name : `${parent}.${name}`)
