import { randomBytes, X509Certificate } from 'node:crypto'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { AES128_SHA, AES256_SHA, NULL_SHA, RC4_MD5, RC4_SHA } from '../../shared/suites.ts'
import type { TlsEndpoint } from '../tls/endpoint.ts'
import { createTlsServer } from '../tls/server.ts'
import { memorySessionStore } from '../tls/session-store.ts'
import { keyOf, type LabIdentity } from './authority.ts'

/** A TLS 1.0 server of the lab, on loopback and a free port, with every suite of the guide. */
export interface LabServer {
  readonly host: string
  readonly port: number
  close(): Promise<void>
}

/** What a server does with one connection; made anew for each. */
export interface LabConversation {
  data(bytes: Uint8Array): void
}

/** Listens, and hands each secured connection to `converse`. */
export async function startTlsListener(identity: LabIdentity, converse: (tls: LabTls) => LabConversation): Promise<LabServer> {
  const tlsIdentity = { chainDer: [new X509Certificate(identity.certificatePem).raw], privateKey: keyOf(identity) }
  const sessions = memorySessionStore()
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(socket)
  })
  server.maxConnections = MAX_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, LOOPBACK, resolve)
  })

  function serve(socket: Socket): void {
    const tls: TlsEndpoint = createTlsServer(
      { suites, random: { bytes: (length) => randomBytes(length) }, clockMs: () => Date.now(), identity: tlsIdentity, clientCertificates: { ask: 'never' }, sessions },
      {
        output: (bytes) => {
          // A client that sends and never reads is stopped, or the answers would pile up here.
          if (socket.writable && !socket.write(bytes)) socket.pause()
        },
        opened: () => {},
        data: (bytes) => conversation.data(bytes),
        closedByPeer: () => socket.end(),
        failed: () => socket.end(),
        trace: () => {},
        secret: () => {}
      }
    )
    const conversation = converse({
      send: (bytes) => tls.send(bytes),
      close: () => {
        tls.close()
        socket.end()
      }
    })
    tls.start()
    socket.on('data', (bytes) => tls.receive(bytes))
    socket.on('drain', () => socket.resume())
    socket.on('end', () => {
      tls.transportEnded()
      socket.end()
    })
    socket.on('error', () => socket.destroy())
  }

  return {
    host: LOOPBACK,
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    }
  }
}

/** The server's side of a secured connection. */
export interface LabTls {
  send(bytes: Uint8Array): void
  /** close_notify, then the end of TCP. */
  close(): void
}

const LOOPBACK = '127.0.0.1'
/** A module has one socket; a bench has a few modules. */
const MAX_CONNECTIONS = 64

/** The strong ones first; NULL only when nothing else is offered. */
const suites = [AES256_SHA, AES128_SHA, RC4_SHA, RC4_MD5, NULL_SHA]
