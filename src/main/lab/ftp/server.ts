import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { LabIdentity } from '../authority.ts'
import { faultyUsers, noFaults, type FtpsFaults } from './faults.ts'
import { LabFiles } from './files.ts'
import { LabFtpSession } from './session.ts'

/** The lab's FTPS far end: explicit TLS (RFC 4217) on our own TLS server, files to get, a folder in memory to put into. */
export interface LabFtps {
  readonly host: string
  readonly port: number
  readonly files: LabFiles
  /** What goes wrong, from the next session on. */
  faults: FtpsFaults
  close(): Promise<void>
}

/** Listens on loopback, on a free port. */
export async function startFtps(identity: LabIdentity): Promise<LabFtps> {
  const sockets = new Map<Socket, LabFtpSession>()
  const files = new LabFiles()
  const server = createServer({ noDelay: true }, (socket) => {
    const faults = (user = ''): FtpsFaults => ({ ...lab.faults, ...faultyUsers[user] })
    sockets.set(socket, new LabFtpSession(socket, { identity, files, faults }))
    socket.on('close', () => {
      sockets.get(socket)?.close()
      sockets.delete(socket)
    })
  })
  server.maxConnections = MAX_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, LOOPBACK, resolve)
  })
  const lab: LabFtps = {
    host: LOOPBACK,
    port: (server.address() as AddressInfo).port,
    files,
    faults: noFaults,
    close: () => {
      for (const session of sockets.values()) session.close()
      return new Promise((resolve) => server.close(() => resolve()))
    }
  }
  return lab
}

const LOOPBACK = '127.0.0.1'
/** A module has one session; a bench has a few modules. */
const MAX_CONNECTIONS = 64
