import type { ChartDeclaration, ChartId } from './chart.ts'
import { dataChart } from './data.ts'
import { pdpChart } from './pdp.ts'
import { powerChart } from './power.ts'
import { registrationChart } from './registration.ts'
import { sslChart } from './ssl.ts'

/** In the order in which they have to succeed before data can flow. */
export const charts: Readonly<Record<ChartId, ChartDeclaration>> = {
  power: powerChart,
  registration: registrationChart,
  pdp: pdpChart,
  ssl: sslChart,
  data: dataChart
}
