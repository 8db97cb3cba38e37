/** What takes the bytes while a port is online. */
export interface OnlineLink {
  fromHost(bytes: Uint8Array): void
  /** +++ was seen: the connection stays (D-18). */
  suspend(cause: number | null): void
  /** DTR dropped and AT&D2 is set: the connection is closed. Where it is missing, `escaped` does the same. */
  hangUp?(cause: number): void
  /** The port can take data again. */
  hostDrained(): void
  /** Where +++ ends the transfer instead (D-18): it is never sent then. `over` gives NO CARRIER. */
  readonly escapeEnds?: boolean
  escaped?(over: () => void): void
}
