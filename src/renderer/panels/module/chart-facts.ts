import type { ChartDeclaration } from '../../../shared/statecharts/chart.ts'
import { withParents } from '../../../shared/statecharts/words.ts'

export { isFailure, stateLabel, withParents } from '../../../shared/statecharts/words.ts'

/** One transition of a statechart, as its machine declares it. */
export interface Transition {
  /** State path (`open.online`). */
  readonly from: string
  readonly event: string
  readonly to: string
}

/** Returns the key of a transition's arrow in a `ChartLayout`: `open.online ESCAPE`. */
export const edgeKey = ({ from, event }: Pick<Transition, 'from' | 'event'>): string => `${from} ${event}`

/** Returns the paths of all states of the machine, parents before their children. */
export function statePaths(chart: ChartDeclaration): readonly string[] {
  return walk(chart.machine as Node, '')
    .map(({ path }) => path)
    .filter((path) => path !== '')
}

/** Returns all transitions of the machine, in the order of their declaration. */
export function transitionsOf(chart: ChartDeclaration): readonly Transition[] {
  const known = new Set(statePaths(chart))
  return walk(chart.machine as Node, '').flatMap(({ path, node }) =>
    Object.entries(node.on ?? {}).map(([event, target]) => ({
      from: path,
      event,
      to: resolve(chart, known, path, targetOf(target))
    }))
  )
}

/** Returns the transition that `event` takes in `state`: the state's own, or the nearest parent's. */
export function transitionAt(chart: ChartDeclaration, state: string, event: string): Transition | undefined {
  const all = transitionsOf(chart)
  for (const path of withParents(state)) {
    const found = all.find((one) => one.from === path && one.event === event)
    if (found) return found
  }
  return undefined
}

/** Returns the transitions that can happen in `state`: its own first, then those of its parents. */
export function nextEvents(chart: ChartDeclaration, state: string): readonly Transition[] {
  const all = transitionsOf(chart)
  return withParents(state).flatMap((path) => all.filter((one) => one.from === path))
}

export function eventLabel(chart: ChartDeclaration, event: string): string {
  return chart.events[event] ?? event
}

interface Node {
  readonly on?: Readonly<Record<string, unknown>>
  readonly states?: Readonly<Record<string, Node>>
}

function walk(node: Node, path: string): readonly { readonly path: string; readonly node: Node }[] {
  const children = Object.entries(node.states ?? {}).flatMap(([name, child]) =>
    walk(child, path === '' ? name : `${path}.${name}`)
  )
  return [{ path, node }, ...children]
}

function targetOf(declared: unknown): string {
  const one: unknown = Array.isArray(declared) ? declared[0] : declared
  const target = typeof one === 'object' && one !== null && 'target' in one ? one.target : one
  return typeof target === 'string' ? target : ''
}

/**
 * Returns the path of a target as the machine reads it: `#id.path` from the root, `.child`, else a sibling of the
 * declaring state.
 */
function resolve(chart: ChartDeclaration, known: ReadonlySet<string>, from: string, target: string): string {
  const parent = from.includes('.') ? from.slice(0, from.lastIndexOf('.') + 1) : ''
  const path = target.startsWith('#')
    ? target.slice(`#${chart.machine.id}.`.length)
    : target.startsWith('.')
      ? from + target
      : parent + target
  if (target !== '' && !known.has(path))
    throw new Error(`Chart ${chart.id}: ${from} leads to ${target}, which is no state.`)
  return target === '' ? from : path
}
