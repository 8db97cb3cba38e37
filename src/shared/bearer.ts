/**
 * The mobile network as the module meets it: registration, PDP contexts, name look-up and TCP. The makes live in
 * `main/bearer` (real sockets of this machine, or memory alone); the module sees this contract only.
 */
export interface MobileNetwork {
  readonly operator: NetworkOperator
  /** Received signal as +CSQ gives it, 0..31, or 99 when there is none. */
  readonly signalQuality: number
  readonly cell: { readonly locationAreaHex: string; readonly cellIdHex: string }
  /** What NITZ announces beside the time: the zone in quarter-hours east of Greenwich, and daylight saving in hours. */
  readonly zone: { readonly quarterHours: number; readonly daylightHours: number }
  /** Asks to be let in; the answer comes after a delay of the network's own, in module time. */
  register(answer: (registration: RegistrationAnswer) => void): Cancellable
  /** Asks for a PDP context; the answer is an address, or why not. */
  activateContext(request: ContextRequest, answer: (result: ContextAnswer) => void): Cancellable
  resolveName(host: string, answer: (result: NameAnswer) => void): Cancellable
  /** Opens a TCP connection to a dotted address. Exactly one of `opened` and `closed` is called first. */
  connect(address: string, port: number, events: TcpEvents): TcpConnection
}

export interface NetworkOperator {
  readonly longName: string
  readonly numeric: string
}

export type RegistrationAnswer = { readonly kind: 'home' } | { readonly kind: 'roaming' } | { readonly kind: 'denied' }

export interface ContextRequest {
  readonly contextId: number
  readonly type: string
  readonly apn: string
  readonly user: string
  readonly password: string
}

export type ContextAnswer =
  | { readonly kind: 'accepted'; readonly address: string }
  | { readonly kind: 'rejected'; readonly reason: 'apn' | 'authentication' | 'other'; readonly sentence: string }

export type NameAnswer =
  | { readonly kind: 'found'; readonly address: string }
  | { readonly kind: 'unknown'; readonly sentence: string }

export interface Cancellable {
  cancel(): void
}

export interface TcpConnection {
  /** Queues bytes; false once the socket's own buffer is full: hold back until `drained`. */
  write(bytes: Uint8Array): boolean
  /** Stops and restarts the arrival of `data`, so that a slow host slows the far end. */
  setReading(reading: boolean): void
  /** Sends what is queued, then closes. */
  end(): void
  /** Drops the connection at once. No event follows. */
  destroy(): void
}

export interface TcpEvents {
  opened(): void
  data(bytes: Uint8Array): void
  drained(): void
  /** The end of the connection, or its failure to open: `ECONNREFUSED` and the like in `error`. */
  closed(error: { readonly code: string; readonly sentence: string } | null): void
}
