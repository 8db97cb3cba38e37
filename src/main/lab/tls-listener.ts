import type { LabIdentity } from './authority.ts'
import { interruptionOf } from './connection-faults.ts'
import { serverOf } from './faulty-server.ts'
import { hostWorld, listenOnLoopback, type LabSocket, type LabWorld } from './net.ts'
import { outletOf } from './outlet.ts'
import { steadyVisits, type Visits } from './visit.ts'

/** A TLS 1.0 server of the lab, on loopback and a free port. */
export interface LabServer {
  readonly host: string
  readonly port: number
  close(): Promise<void>
}

/** What a server does with one connection. Made for each connection. */
export interface LabConversation {
  data(bytes: Uint8Array): void
}

/** Listens and passes each secured connection to `converse`. */
export function startTlsListener(visits: Visits, converse: Converse): Promise<LabServer> {
  return listenOnLoopback(tlsFarEnd(visits, converse))
}

/** Returns the TLS server as a connection handler: it passes each secured connection to `converse`. */
export function tlsFarEnd(
  visits: Visits | LabIdentity,
  converse: Converse,
  world: LabWorld = hostWorld
): (socket: LabSocket) => void {
  const visitOf = typeof visits === 'function' ? visits : steadyVisits(visits)
  return (socket) => {
    const visit = visitOf(socket)
    const isReset = interruptionOf(socket, visit.fault)
    const outlet = outletOf(socket, visit, world, () => socket.resume())
    const tls = serverOf(visit, world, {
      output: (bytes) => {
        // Stop reading from a client that never reads, or the responses would pile up here.
        if (!outlet.write(bytes)) socket.pause()
      },
      opened: () => {},
      data: (bytes) => conversation.data(bytes),
      closedByPeer: () => outlet.end(),
      failed: () => outlet.end(),
      trace: () => {},
      hangUp: () => outlet.end()
    })
    const conversation = converse({
      send: (bytes) => tls.send(bytes),
      close: () => {
        tls.close()
        outlet.end()
      }
    })
    tls.start()
    socket.on('data', (bytes) => {
      if (!isReset(bytes)) tls.receive(bytes)
    })
    socket.on('end', () => {
      tls.transportEnded()
      socket.end()
    })
    socket.on('error', () => socket.destroy())
  }
}

/** Called for each secured connection; returns what the server does with it. */
export type Converse = (tls: LabTls) => LabConversation

/** The server's side of a secured connection. */
export interface LabTls {
  send(bytes: Uint8Array): void
  /** Sends close_notify, then ends TCP. */
  close(): void
}
