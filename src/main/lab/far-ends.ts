import type { LabFarEndId } from '../../shared/lab/lab.ts'
import { LabFiles } from './ftp/files.ts'
import { ftpsFarEnd } from './ftp/server.ts'
import { LabFtpFaults } from './ftps-faults.ts'
import { converseHttp } from './https.ts'
import type { LabSocket, LabWorld } from './net.ts'
import { converseEcho } from './tls-echo.ts'
import { tlsFarEnd } from './tls-listener.ts'
import type { Visits } from './visit.ts'

/** The lab servers as connection handlers, for a network that the caller provides. */
export function labFarEnds(
  visits: (farEnd: LabFarEndId) => Visits,
  world: LabWorld
): Record<LabFarEndId, (socket: LabSocket) => void> {
  return {
    tls: tlsFarEnd(visits('tls'), converseEcho, world),
    https: tlsFarEnd(visits('https'), converseHttp, world),
    ftps: ftpsFarEnd({ visits: visits('ftps'), files: new LabFiles(), faults: new LabFtpFaults(), world })
  }
}
