/** Handles the bytes while a port is in online mode. */
export interface OnlineLink {
  /** `causes`: the events that brought the bytes, the newest last. */
  fromHost(bytes: Uint8Array, causes: readonly number[]): void
  /** +++ was received: the connection stays open (D-18). */
  suspend(cause: number | null): void
  /** DTR dropped with AT&D2: closes the connection. Where it is missing, `escaped` is called instead. */
  hangUp?(cause: number): void
  /** The port can take data again. */
  hostDrained(): void
  /** True where +++ ends the transfer instead (D-18); it is then never sent. `over` sends NO CARRIER. */
  readonly escapeEnds?: boolean
  escaped?(over: () => void): void
}
