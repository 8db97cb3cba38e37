import type { ChartDeclaration } from './chart.ts'

/** Returns a state path and those of its parents: `open.online`, `open`. */
export function withParents(state: string): readonly string[] {
  const parts = state.split('.')
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('.'))
}

/** Returns the label of a state: `Open, online` for `open.online`. */
export function stateLabel(chart: ChartDeclaration, state: string): string {
  const labels = withParents(state)
    .toReversed()
    .map((path) => chart.states[path]?.label ?? path)
  return labels.map((label, at) => (at === 0 ? label : label.toLowerCase())).join(', ')
}

/** Returns whether an event is a failure, whose arrow gets the colour of failures. */
export function isFailure(event: string): boolean {
  return failureEvents.has(event)
}

const failureEvents = new Set([
  'FAILED',
  'BROKEN',
  'REJECTED',
  'DROPPED',
  'DENIED',
  'COVERAGE_LOST',
  'CARRIER_LOST',
  'UNPLUG'
])
