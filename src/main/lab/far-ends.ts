import type { LabIdentity } from './authority.ts'
import { LabFtpFaults } from './ftps-faults.ts'
import { LabFiles } from './ftp/files.ts'
import { ftpsFarEnd } from './ftp/server.ts'
import { converseHttp } from './https.ts'
import type { LabSocket, LabWorld } from './net.ts'
import { converseEcho } from './tls-echo.ts'
import { tlsFarEnd } from './tls-listener.ts'
import { steadyVisits } from './visit.ts'

/** The lab's far ends as handlers of connections, for a network that somebody else makes. */
export function labFarEnds(identity: LabIdentity, world: LabWorld): Record<'tls' | 'https' | 'ftps', (socket: LabSocket) => void> {
  return {
    tls: tlsFarEnd(identity, converseEcho, world),
    https: tlsFarEnd(identity, converseHttp, world),
    ftps: ftpsFarEnd({ visits: steadyVisits(identity), files: new LabFiles(), faults: new LabFtpFaults(), world })
  }
}
