import { X509Certificate } from 'node:crypto'
import { AES128_SHA, AES256_SHA, NULL_SHA, RC4_MD5, RC4_SHA } from '../../shared/suites.ts'
import type { TlsEndpoint } from '../tls/endpoint.ts'
import { createTlsServer } from '../tls/server.ts'
import { memorySessionStore } from '../tls/session-store.ts'
import { keyOf, type LabIdentity } from './authority.ts'
import { hostWorld, listenOnLoopback, type LabSocket, type LabWorld } from './net.ts'

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
export function startTlsListener(identity: LabIdentity, converse: Converse): Promise<LabServer> {
  return listenOnLoopback(tlsFarEnd(identity, converse))
}

/** A TLS server for connections of any make: hands each secured one to `converse`. */
export function tlsFarEnd(identity: LabIdentity, converse: Converse, world: LabWorld = hostWorld): (socket: LabSocket) => void {
  const tlsIdentity = { chainDer: [new X509Certificate(identity.certificatePem).raw], privateKey: keyOf(identity) }
  const sessions = memorySessionStore()
  return (socket) => {
    const tls: TlsEndpoint = createTlsServer(
      { suites, random: world.random, clockMs: () => world.nowMs(), identity: tlsIdentity, clientCertificates: { ask: 'never' }, sessions },
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
}

/** What a server does with a secured connection; called anew for each. */
export type Converse = (tls: LabTls) => LabConversation

/** The server's side of a secured connection. */
export interface LabTls {
  send(bytes: Uint8Array): void
  /** close_notify, then the end of TCP. */
  close(): void
}

/** The strong ones first; NULL only when nothing else is offered. */
const suites = [AES256_SHA, AES128_SHA, RC4_SHA, RC4_MD5, NULL_SHA]
