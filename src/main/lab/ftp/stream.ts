import { X509Certificate } from 'node:crypto'
import { AES128_SHA, AES256_SHA, NULL_SHA, RC4_MD5, RC4_SHA } from '../../../shared/suites.ts'
import type { TlsEndpoint } from '../../tls/endpoint.ts'
import { createTlsServer } from '../../tls/server.ts'
import type { SessionStore } from '../../tls/session-store.ts'
import { keyOf, type LabIdentity } from '../authority.ts'
import type { LabSocket, LabWorld } from '../net.ts'

/** One connection of the FTPS far end: plain TCP that TLS can be laid over (RFC 4217). Holds back whoever is too fast. */
export class LabStream {
  /** Whether the handshake took up an earlier session. */
  resumed = false
  private tls: TlsEndpoint | null = null
  private over = false

  constructor(private readonly socket: LabSocket, private readonly world: LabWorld, private readonly events: LabStreamEvents) {
    socket.on('data', (bytes) => {
      if (this.tls) this.tls.receive(bytes)
      else events.data(bytes)
    })
    socket.on('drain', () => {
      if (!this.over) events.drained()
    })
    socket.on('end', () => this.end())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.end())
  }

  /** Waits for the client's handshake. */
  secure(identity: LabIdentity, sessions: SessionStore, opened: () => void): void {
    const tlsIdentity = { chainDer: [new X509Certificate(identity.certificatePem).raw], privateKey: keyOf(identity) }
    this.tls = createTlsServer(
      { suites, random: this.world.random, clockMs: () => this.world.nowMs(), identity: tlsIdentity, clientCertificates: { ask: 'never' }, sessions },
      {
        output: (bytes) => {
          if (this.socket.writable) this.socket.write(bytes)
        },
        opened,
        data: (bytes) => this.events.data(bytes),
        closedByPeer: () => this.end(),
        failed: () => {
          this.socket.end()
          this.end()
        },
        trace: (event) => {
          if (event.kind === 'suite') this.resumed = event.resumed
        },
        secret: () => {}
      }
    )
    this.tls.start()
    this.socket.resume()
  }

  /** False: wait for `drained`. */
  write(bytes: Uint8Array): boolean {
    if (this.over || !this.socket.writable) return true
    if (this.tls) this.tls.send(bytes)
    else this.socket.write(bytes)
    return !this.socket.writableNeedDrain
  }

  /** close_notify where there is TLS, and the end of TCP. */
  close(): void {
    this.over = true
    this.tls?.close()
    this.socket.end()
  }

  /** The end without a word. */
  cut(): void {
    this.over = true
    this.socket.destroy()
  }

  private end(): void {
    if (this.over) return
    this.over = true
    this.events.ended()
    this.socket.end()
  }
}

export interface LabStreamEvents {
  data(bytes: Uint8Array): void
  drained(): void
  /** The client has closed. */
  ended(): void
}

/** The strong ones first; NULL only when nothing else is offered. */
const suites = [AES256_SHA, AES128_SHA, RC4_SHA, RC4_MD5, NULL_SHA]
