import type { ChartId } from './chart.ts'
import type { ChartState } from './index.ts'

/** Of a snapshot: each chart with the path of its present state. */
interface PresentCharts {
  readonly charts: readonly { readonly id: string; readonly state: string }[]
}

/** State of the first chart of that name; empty where a module shows none. The simulator names no states but those of the declarations. */
export function stateOf<Id extends ChartId>({ charts }: PresentCharts, id: Id): ChartState<Id> | '' {
  return (charts.find((chart) => chart.id === id)?.state ?? '') as ChartState<Id> | ''
}
