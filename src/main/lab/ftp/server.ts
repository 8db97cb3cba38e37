/** @module The FTP server of the lab, with TLS. */

import type { LabIdentity } from '../authority.ts'
import { LabFtpFaults } from '../ftps-faults.ts'
import { hostWorld, listenOnLoopback, type LabSocket } from '../net.ts'
import { steadyVisits, type Visits } from '../visit.ts'
import { LabFiles } from './files.ts'
import { LabFtpSession, type LabFtpParts } from './session.ts'

/** The lab's FTPS server: explicit TLS (RFC 4217) on this program's own TLS server. */
export interface LabFtps {
  readonly host: string
  readonly port: number
  readonly files: LabFiles
  readonly faults: LabFtpFaults
  close(): Promise<void>
}

/** Starts it on loopback, on a free port. */
export async function startFtps(visits: Visits | LabIdentity): Promise<LabFtps> {
  const files = new LabFiles()
  const faults = new LabFtpFaults()
  const server = await listenOnLoopback(
    ftpsFarEnd({
      visits: typeof visits === 'function' ? visits : steadyVisits(visits),
      files,
      faults,
      world: hostWorld
    })
  )
  return { ...server, files, faults }
}

/** Returns the FTPS server as a connection handler, for a network that the caller provides. */
export function ftpsFarEnd({
  visits,
  ...parts
}: Omit<LabFtpParts, 'visit'> & { readonly visits: Visits }): (socket: LabSocket) => void {
  return (socket) => {
    const session = new LabFtpSession(socket, { ...parts, visit: visits(socket) })
    socket.on('close', () => session.close())
  }
}
