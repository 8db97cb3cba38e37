import type { ChartId } from '../../../shared/statecharts/chart.ts'
import type { ChartLayout } from './chart-layout.ts'
import { dataLayout } from './layout-data.ts'
import { ftpLayout } from './layout-ftp.ts'
import { pdpLayout } from './layout-pdp.ts'
import { powerLayout } from './layout-power.ts'
import { registrationLayout } from './layout-registration.ts'
import { simLayout } from './layout-sim.ts'
import { sslLayout } from './layout-ssl.ts'

/** The drawn layout of each chart. */
export const layouts: Readonly<Record<ChartId, ChartLayout>> = {
  power: powerLayout,
  sim: simLayout,
  registration: registrationLayout,
  pdp: pdpLayout,
  ssl: sslLayout,
  ftp: ftpLayout,
  data: dataLayout
}
