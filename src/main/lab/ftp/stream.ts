import type { TlsEndpoint } from '../../../shared/contracts/tls.ts'
import type { SessionStore } from '../../tls/session-store.ts'
import { serverOf } from '../faulty-server.ts'
import type { LabSocket, LabWorld } from '../net.ts'
import { outletOf, type Outlet } from '../outlet.ts'
import type { Visit } from '../visit.ts'

/**
 * One connection of the FTPS server: plain TCP, on which TLS may be started later (RFC 4217). Pauses a client that
 * sends too fast.
 */
export class LabStream {
  /** Whether the handshake resumed an earlier TLS session. */
  resumed = false
  private tls: TlsEndpoint | null = null
  private over = false
  private readonly outlet: Outlet
  private full = false

  /** `dropped` gets the bytes that arrive and returns whether a fault has ended the connection. */
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
    // With TLS only close_notify marks the end of the data (RFC 2246 7.2.1).
    socket.on('end', () => this.end(this.tls === null))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.end(false))
  }

  /** Starts TLS as the server and waits for the client's handshake. */
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

  /** Returns false when the caller should wait for `drained`. */
  write(bytes: Uint8Array): boolean {
    if (this.over || !this.socket.writable) return true
    if (this.tls) this.tls.send(bytes)
    else this.out(bytes)
    return !this.full && !this.socket.writableNeedDrain
  }

  /** Sends close_notify if there is TLS, and ends TCP. */
  close(): void {
    this.over = true
    this.tls?.close()
    this.outlet.end()
  }

  /** Ends TCP without close_notify. */
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
  /** The client has closed. `whole` is false when it did so without the close_notify that TLS demands. */
  ended(whole: boolean): void
}
