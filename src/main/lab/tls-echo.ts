import { randomBytes, X509Certificate } from 'node:crypto'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { AES128_SHA, AES256_SHA, NULL_SHA, RC4_MD5, RC4_SHA } from '../../shared/suites.ts'
import { createTlsServer } from '../tls/server.ts'
import { keyOf, type LabIdentity } from './authority.ts'

/** A TLS 1.0 server that sends back what it gets, with every suite of the guide. */
export interface TlsEcho {
  readonly host: string
  readonly port: number
  close(): Promise<void>
}

/** Listens on loopback, on a free port. */
export async function startTlsEcho(identity: LabIdentity): Promise<TlsEcho> {
  const tlsIdentity = { chainDer: [new X509Certificate(identity.certificatePem).raw], privateKey: keyOf(identity) }
  const sockets = new Set<Socket>()
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(socket, tlsIdentity)
  })
  server.maxConnections = MAX_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, LOOPBACK, resolve)
  })
  return {
    host: LOOPBACK,
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    }
  }
}

const LOOPBACK = '127.0.0.1'
/** A module has one socket; a bench has a few modules. */
const MAX_CONNECTIONS = 64

/** The strong ones first; NULL only when nothing else is offered. */
const suites = [AES256_SHA, AES128_SHA, RC4_SHA, RC4_MD5, NULL_SHA]

function serve(socket: Socket, identity: { chainDer: Uint8Array[]; privateKey: ReturnType<typeof keyOf> }): void {
  const tls = createTlsServer(
    { suites, random: { bytes: (length) => randomBytes(length) }, clockMs: () => Date.now(), identity, clientCertificates: { ask: 'never' } },
    {
      output: (bytes) => {
        // A client that sends and never reads is stopped, or the echo would pile up here.
        if (socket.writable && !socket.write(bytes)) socket.pause()
      },
      opened: () => {},
      data: (bytes) => tls.send(bytes),
      closedByPeer: () => socket.end(),
      failed: () => socket.end(),
      trace: () => {},
      secret: () => {}
    }
  )
  tls.start()
  socket.on('data', (bytes) => tls.receive(bytes))
  socket.on('drain', () => socket.resume())
  socket.on('end', () => {
    tls.transportEnded()
    socket.end()
  })
  socket.on('error', () => socket.destroy())
}
