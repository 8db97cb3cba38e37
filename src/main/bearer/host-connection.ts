import { isIPv4, type Socket } from 'node:net'
import type { TcpConnection, TcpEvents } from '../../shared/contracts/bearer.ts'
import type { Endpoint } from './route.ts'

/** One TCP connection of this machine. */
export class HostConnection implements TcpConnection {
  private finished = false
  /** Set once the module has ended the connection: what the peer still sends goes to `lingered` only. */
  private lingers = false
  private gathering = false
  /** Records sent in this turn of the event loop. */
  private turnRecords = 0
  /** Whether the last turn in which anything was sent had several records. */
  private streams = false

  constructor(
    private readonly socket: Socket,
    readonly target: Endpoint,
    private readonly events: TcpEvents
  ) {
    const finish = (error: { code: string; sentence: string } | null): void => {
      if (this.finished) return
      this.finished = true
      events.closed(error)
    }
    const ended = (kind: 'fin' | 'rst'): void => {
      if (!this.lingers) return
      this.lingers = false
      events.lingered?.({ kind })
    }
    socket.on('connect', () => events.opened())
    socket.on('data', (bytes) => {
      if (!this.finished) events.data(bytes)
      else if (this.lingers) events.lingered?.({ kind: 'data', bytes })
    })
    socket.on('drain', () => {
      if (!this.finished) events.drained()
    })
    socket.on('end', () => {
      ended('fin')
      finish(null)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      ended('rst')
      finish({ code: error.code ?? 'EUNKNOWN', sentence: sentenceFor(error, target) })
    })
    socket.on('close', () => finish(null))
  }

  /** The local address, or `null` once the socket is closed. */
  get localAddress(): string | null {
    return this.socket.localAddress ?? null
  }

  /** The address of the peer, or `null` once the socket is closed. */
  get remoteAddress(): string | null {
    return this.socket.remoteAddress ?? null
  }

  /**
   * The local port, or `null` while the host name is being looked up: Node would cache the answer for a socket without
   * an address.
   */
  get localPort(): number | null {
    return this.socket.pending && !isIPv4(this.target.host) ? null : (this.socket.localPort ?? null)
  }

  break(report: (cause: number | null) => number): void {
    if (this.events.broken) this.events.broken(report)
    else report(null)
  }

  write(bytes: Uint8Array): boolean {
    if (!this.socket.writable) return true
    // A flight of the handshake leaves at once, so that the peer works on it while the timeline is being written.
    if (this.streams) this.gather()
    const taken = this.socket.write(bytes)
    this.gather()
    this.turnRecords += 1
    return taken
  }

  setReading(reading: boolean): void {
    if (reading) this.socket.resume()
    else this.socket.pause()
  }

  end(): void {
    this.lingers = !this.finished
    this.finished = true
    // Data that the peer still sends must be read, or its close would never arrive.
    this.socket.resume()
    // Data that is still queued goes out first, even to a slow peer: a file cut off here would look complete to the
    // peer.
    let limit = setTimeout(() => this.socket.destroy(), UNTAKEN_MS)
    this.socket.end(() => {
      clearTimeout(limit)
      // A fixed limit, not a limit on silence: a peer that keeps sending must not be read for ever.
      if (!this.socket.destroyed) limit = setTimeout(() => this.socket.destroy(), LINGER_MS)
    })
    this.socket.once('close', () => clearTimeout(limit))
  }

  destroy(): void {
    this.finished = true
    this.lingers = false
    this.socket.destroy()
  }

  /**
   * Collects what one turn of the event loop still sends into one system call, which costs more than encrypting one
   * record.
   */
  private gather(): void {
    if (this.gathering) return
    this.gathering = true
    this.socket.cork()
    setImmediate(() => {
      this.gathering = false
      this.streams = this.turnRecords > 1
      this.turnRecords = 0
      this.socket.uncork()
    })
  }
}

function sentenceFor(error: NodeJS.ErrnoException, { host, port }: Endpoint): string {
  const where = `${host}:${port}`
  switch (error.code) {
    case 'ECONNREFUSED':
      return `${where} refused the TCP connection: nothing listens there.`
    case 'ECONNRESET':
      return `${where} reset the TCP connection.`
    case 'ETIMEDOUT':
      return `${where} did not answer.`
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return `There is no way to ${where}.`
    case 'EACCES':
    case 'EPERM':
      return `This machine does not let connections to ${where} out.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `No address is known for ${host}.`
    default:
      return `The TCP connection to ${where} failed (${error.code ?? error.message}).`
  }
}

/** How long a peer may take to read what was sent before the end. Longer than the longest wait that #FTPTO allows. */
const UNTAKEN_MS = 600_000
/** How long a peer may keep a closed connection half open. */
const LINGER_MS = 5_000
