import type { TimelineFact, TimelineReporter } from '../../../shared/timeline/events.ts'
import { SecretReader, type SecretMemory } from './secret-memory.ts'

/**
 * A timeline reporter that masks secrets recognised before: for example a password that a server repeats, or the Base64
 * of a key used as a file or host name. Bytes of the serial line are already masked and pass unchanged.
 */
export class HidingReporter implements TimelineReporter {
  /** One for each connection and direction, since a secret may be split over segments. */
  readonly #streams = new Map<string, SecretReader | 'tls'>()

  constructor(
    private readonly inner: TimelineReporter,
    private readonly memory: SecretMemory
  ) {}

  report(...[what, ...rest]: Parameters<TimelineReporter['report']>): number {
    return this.inner.report(this.memory.isEmpty ? what : this.#hidden(what), ...rest)
  }

  #hidden(what: TimelineFact): TimelineFact {
    const hide = (text: string): string => this.memory.hidden(text)
    switch (what.kind) {
      case 'line':
      case 'ftp':
      case 'urc':
        return { ...what, text: hide(what.text) }
      case 'command':
        return { ...what, name: hide(what.name), text: hide(what.text) }
      case 'result':
        return this.#deep(what)
      case 'dns':
        return what.what === 'query'
          ? { ...what, host: hide(what.host) }
          : { ...what, host: hide(what.host), sentence: hide(what.sentence) }
      case 'segment':
        return this.#segment(what)
      case 'datagram':
        return this.#datagram(what)
      case 'tcp':
      case 'udp':
      case 'ping':
      case 'tls-failure':
        return this.#deep(what)
      case 'network':
      case 'nvm':
      case 'overrun':
      case 'port':
      case 'note':
      case 'fault':
        return { ...what, sentence: hide(what.sentence) }
      case 'bytes':
      case 'transition':
      case 'timer':
      case 'tls':
      case 'warning':
        return what
    }
  }

  /**
   * Returns the value with all texts masked that are for people or come from them. Identifiers that code compares stay
   * unchanged.
   */
  #deep<T>(value: T): T
  #deep(value: unknown): unknown {
    if (typeof value === 'string') return this.memory.hidden(value)
    if (Array.isArray(value)) return value.map((one) => this.#deep(one))
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, COMPARED.has(key) ? one : this.#deep(one)])
    )
  }

  /** In the order in which the module sent and received them, which is where a host splits what it types. */
  #datagram(what: Extract<TimelineFact, { kind: 'datagram' }>): TimelineFact {
    const name = `udp ${what.socket} ${what.direction}`
    const known = this.#streams.get(name)
    const reader = known instanceof SecretReader ? known : new SecretReader(this.memory)
    this.#keep(name, reader)
    const bytes = reader.masked(what.bytes)
    return bytes === what.bytes ? what : { ...what, bytes, masked: true }
  }

  #segment(what: Extract<TimelineFact, { kind: 'segment' }>): TimelineFact {
    const name = `${what.connection} ${what.direction}`
    const isTls = what.offset === 0 && what.bytes[0] === TLS_HANDSHAKE && what.bytes[1] === TLS_MAJOR
    const reader = isTls ? 'tls' : (this.#streams.get(name) ?? new SecretReader(this.memory))
    if (what.end === null) this.#keep(name, reader)
    else this.#streams.delete(name)
    // From here on the data is encrypted; before it are only certificates.
    if (reader === 'tls') return what
    const bytes = reader.masked(what.bytes)
    return bytes === what.bytes ? what : { ...what, bytes, masked: true }
  }

  /** As the newest, so that the quietest one is forgotten first. */
  #keep(name: string, reader: SecretReader | 'tls'): void {
    this.#streams.delete(name)
    this.#streams.set(name, reader)
    const [oldest] = this.#streams.keys()
    if (this.#streams.size > MAX_STREAMS && oldest !== undefined) this.#streams.delete(oldest)
  }
}

/** Fields with identifiers of the program. */
const COMPARED: ReadonlySet<string> = new Set([
  'kind',
  'what',
  'word',
  'error',
  'finding',
  'rule',
  'alert',
  'blame',
  'direction'
])
/** A module has few connections at a time. One whose end is never reported must not be kept for ever. */
const MAX_STREAMS = 32
/** How a handshake record begins (RFC 2246 6.2.1). */
const TLS_HANDSHAKE = 0x16
const TLS_MAJOR = 0x03
