import type { TlsEndpoint } from '../../../shared/contracts/tls.ts'
import type { SessionStore } from '../../tls/session-store.ts'
import { serverOf } from '../faulty-server.ts'
import type { LabSocket, LabWorld } from '../net.ts'
import { outletOf, type Outlet } from '../outlet.ts'
import type { Visit } from '../visit.ts'

/** One connection of the FTPS far end: plain TCP that TLS can be laid over (RFC 4217). Holds back whoever is too fast. */
export class LabStream {
  /** Whether the handshake took up an earlier session. */
  resumed = false
  private tls: TlsEndpoint | null = null
  private over = false
  private readonly outlet: Outlet
  private full = false

  /** `dropped`: told of what arrives; answers whether the connection is gone. */
  constructor(
    private readonly socket: LabSocket,
    private readonly visit: Visit,
    dropped: (bytes: Uint8Array) => boolean,
    private readonly world: LabWorld,
    private readonly events: LabStreamEvents
  ) {
    this.outlet = outletOf(socket, visit, world, () => {
      this.full = false
      if (!this.over) events.drained()
    })
    socket.on('data', (bytes) => {
      if (dropped(bytes)) return
      if (this.tls) this.tls.receive(bytes)
      else events.data(bytes)
    })
    // With TLS only close_notify says that this is all (RFC 2246 7.2.1).
    socket.on('end', () => this.end(this.tls === null))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.end(false))
  }

  /** Waits for the client's handshake. */
  secure(sessions: SessionStore, opened: () => void): void {
    this.tls = serverOf(
      this.visit,
      this.world,
      {
        output: (bytes) => this.out(bytes),
        opened,
        data: (bytes) => this.events.data(bytes),
        closedByPeer: () => this.end(true),
        failed: () => {
          this.outlet.end()
          this.end(false)
        },
        trace: (event) => {
          if (event.kind === 'suite') this.resumed = event.resumed
        },
        hangUp: () => this.outlet.end()
      },
      sessions
    )
    this.tls.start()
    this.socket.resume()
  }

  /** False: wait for `drained`. */
  write(bytes: Uint8Array): boolean {
    if (this.over || !this.socket.writable) return true
    if (this.tls) this.tls.send(bytes)
    else this.out(bytes)
    return !this.full && !this.socket.writableNeedDrain
  }

  /** close_notify where there is TLS, and the end of TCP. */
  close(): void {
    this.over = true
    this.tls?.close()
    this.outlet.end()
  }

  /** The end without a word. */
  cut(): void {
    this.over = true
    this.tls?.transportEnded()
    this.socket.destroy()
  }

  private end(whole: boolean): void {
    if (this.over) return
    this.over = true
    if (!whole) this.tls?.transportEnded()
    this.events.ended(whole)
    this.outlet.end()
  }

  private out(bytes: Uint8Array): void {
    if (!this.outlet.write(bytes)) this.full = true
  }
}

export interface LabStreamEvents {
  data(bytes: Uint8Array): void
  drained(): void
  /** The client has closed; `whole`: as the protocol asks, so that nothing is missing. */
  ended(whole: boolean): void
}
