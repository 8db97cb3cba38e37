import type { EndReason } from '../../../shared/rules/failure-facts.ts'

/** Handles the bytes while a port is in online mode. */
export interface OnlineLink {
  /** `causes`: the events that brought the bytes, the newest last. */
  fromHost(bytes: Uint8Array, causes: readonly number[]): void
  /**
   * +++ was received: the connection stays open (D-18). Returns its end if it has ended before: then NO CARRIER is sent
   * instead of OK.
   */
  suspend(cause: number | null): NoCarrier | null
  /** DTR dropped with AT&D2: closes the connection. Where it is missing, `escaped` is called instead. */
  hangUp?(cause: number): void
  /** The port can take data again. */
  hostDrained(): void
  /** True where +++ ends the transfer instead (D-18); it is then never sent. `over` sends NO CARRIER. */
  readonly escapeEnds?: boolean
  escaped?(over: () => void): void
}

/** The end of a connection, of which the host learns by NO CARRIER. */
export interface NoCarrier {
  /** What follows the word. */
  readonly detail: string
  readonly because: EndReason
}
