import type { ChartId } from './chart.ts'
import type { ChartState } from './index.ts'

/** The part of a snapshot with the present state of each chart. */
interface PresentCharts {
  readonly charts: readonly { readonly id: string; readonly state: string }[]
}

/**
 * Returns the state of the first chart with that id, or an empty string. The simulator reports only states of the
 * declarations, so the assertion holds.
 */
export function stateOf<Id extends ChartId>({ charts }: PresentCharts, id: Id): ChartState<Id> | '' {
  return (charts.find((chart) => chart.id === id)?.state ?? '') as ChartState<Id> | ''
}
