import type { ChartDeclaration, ChartId } from './chart.ts'
import { dataChart } from './data.ts'
import { ftpChart } from './ftp.ts'
import { pdpChart } from './pdp.ts'
import { powerChart } from './power.ts'
import { registrationChart } from './registration.ts'
import { simChart } from './sim.ts'
import { sslChart } from './ssl.ts'

/** In the order in which they have to succeed before data can flow. */
export const charts: Readonly<Record<ChartId, ChartDeclaration>> = {
  power: powerChart,
  sim: simChart,
  registration: registrationChart,
  pdp: pdpChart,
  ssl: sslChart,
  ftp: ftpChart,
  data: dataChart
}
