import type { AnyChartId, ChartDeclaration, ChartId } from './chart.ts'
import { dataChart } from './data.ts'
import { ftpChart } from './ftp.ts'
import type { EventName, InnermostState, StatePath } from './names.ts'
import { pdpChart } from './pdp.ts'
import { powerChart } from './power.ts'
import { registrationChart } from './registration.ts'
import { simChart } from './sim.ts'
import { socketChart } from './socket.ts'
import { sslChart } from './ssl.ts'

/** The charts that the window draws, in the order in which they must succeed before data can be sent. */
export const charts: Readonly<Record<ChartId, ChartDeclaration>> = {
  power: powerChart,
  sim: simChart,
  registration: registrationChart,
  pdp: pdpChart,
  ssl: sslChart,
  ftp: ftpChart,
  data: dataChart
}

export const allCharts: Readonly<Record<AnyChartId, ChartDeclaration>> = { ...charts, socket: socketChart }

/** Returns the chart behind an id in an event, such as `ssl`, `pdp2` or `socket1`; `null` for no chart. */
export function chartNamed(id: string): ChartDeclaration | null {
  const name = id.replace(/\d$/, '')
  return Object.entries(allCharts).find(([known]) => known === name)?.[1] ?? null
}

/** The machines with their names in the types. */
interface Machines {
  readonly power: typeof powerChart.machine
  readonly sim: typeof simChart.machine
  readonly registration: typeof registrationChart.machine
  readonly pdp: typeof pdpChart.machine
  readonly ssl: typeof sslChart.machine
  readonly ftp: typeof ftpChart.machine
  readonly data: typeof dataChart.machine
  readonly socket: typeof socketChart.machine
}

/** An event of a chart. */
export type ChartEvent<Id extends AnyChartId> = EventName<Machines[Id]>

/** A state that a chart can be in, such as `open.online`. */
export type ChartState<Id extends AnyChartId> = InnermostState<Machines[Id]>

/** A state of a chart, including one with inner states, such as `open`. */
export type ChartPath<Id extends AnyChartId> = StatePath<Machines[Id]>
