import type {
  Cancellable,
  ContextAnswer,
  ContextRequest,
  MobileNetwork,
  NameAnswer,
  RegistrationAnswer,
  TcpConnection,
  TcpEvents
} from '../../shared/bearer.ts'
import type { Clock } from '../../shared/clock.ts'
import { activationMs, contextAddress, labCell, labOperator, labSignalQuality, registrationMs } from './addresses.ts'

/**
 * A mobile network within this process, for virtual time: no sockets, every byte delivered by the clock, so the same
 * session runs the same way each time.
 */
export class MemoryNetwork implements MobileNetwork {
  readonly operator = labOperator
  readonly cell = labCell
  readonly signalQuality = labSignalQuality
  readonly zone = { quarterHours: 0, daylightHours: 0 }
  private readonly names = new Map<string, string>()
  private readonly listeners = new Map<string, (far: MemoryFarEnd) => void>()

  constructor(private readonly clock: Clock) {}

  /** A server at `address:port`; it gets the far end of every connection. */
  listen(address: string, port: number, accept: (far: MemoryFarEnd) => void): void {
    this.listeners.set(`${address}:${port}`, accept)
  }

  name(host: string, address: string): void {
    this.names.set(host, address)
  }

  register(answer: (registration: RegistrationAnswer) => void): Cancellable {
    return this.clock.schedule(registrationMs, () => answer({ kind: 'home' }))
  }

  activateContext(request: ContextRequest, answer: (result: ContextAnswer) => void): Cancellable {
    return this.clock.schedule(activationMs, () => answer({ kind: 'accepted', address: contextAddress(request.contextId) }))
  }

  resolveName(host: string, answer: (result: NameAnswer) => void): Cancellable {
    const address = this.names.get(host)
    return this.clock.schedule(0, () =>
      answer(address ? { kind: 'found', address } : { kind: 'unknown', sentence: `No address is known for ${host}.` })
    )
  }

  connect(address: string, port: number, events: TcpEvents): TcpConnection {
    const accept = this.listeners.get(`${address}:${port}`)
    return new MemoryConnection(this.clock, events, accept ?? null, `${address}:${port}`)
  }
}

/** The server's side of a connection. */
export interface MemoryFarEnd {
  onData(listener: (bytes: Uint8Array) => void): void
  onEnd(listener: () => void): void
  write(bytes: Uint8Array): void
  end(): void
}

class MemoryConnection implements TcpConnection {
  private over = false
  private farData: (bytes: Uint8Array) => void = () => {}
  private farEnd: () => void = () => {}
  private reading = true
  private unread: (() => void)[] = []

  constructor(
    private readonly clock: Clock,
    events: TcpEvents,
    accept: ((far: MemoryFarEnd) => void) | null,
    where: string
  ) {
    this.later(() => {
      if (!accept) return this.finish(() => events.closed({ code: 'ECONNREFUSED', sentence: `${where} refused the TCP connection: nothing listens there.` }))
      events.opened()
      accept({
        onData: (listener) => (this.farData = listener),
        onEnd: (listener) => (this.farEnd = listener),
        write: (bytes) => this.later(() => this.arrive(() => events.data(bytes.slice()))),
        end: () => this.later(() => this.arrive(() => this.finish(() => events.closed(null))))
      })
    })
  }

  write(bytes: Uint8Array): boolean {
    const copy = bytes.slice()
    this.later(() => this.farData(copy), true)
    return true
  }

  setReading(reading: boolean): void {
    this.reading = reading
    while (this.reading && this.unread.length > 0) this.unread.shift()!()
  }

  end(): void {
    this.over = true
    this.later(() => this.farEnd(), true)
  }

  destroy(): void {
    this.end()
  }

  private arrive(action: () => void): void {
    if (this.over) return
    if (this.reading) action()
    else this.unread.push(action)
  }

  private finish(action: () => void): void {
    if (this.over) return
    this.over = true
    action()
  }

  private later(action: () => void, even = false): void {
    this.clock.schedule(0, () => {
      if (even || !this.over) action()
    })
  }
}
