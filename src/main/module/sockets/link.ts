/** The connection of a socket: TCP with TLS or without, or UDP. */
export interface SocketLink {
  /** The peer for people: `host:port`. */
  readonly name: string
  /** Set to the event that asks for what happens now: the cause of what is sent and reported. */
  set cause(asked: number)
  /** The event that brought the data that is being passed on. */
  readonly broughtBy: number | null
  /** Sends bytes that `causes` brought. Returns false when the caller should wait until TCP has taken them. */
  writeBecause(causes: readonly number[], bytes: Uint8Array): boolean
  /** Pauses and resumes reading, so that a slow host slows down the peer. */
  setReading(reading: boolean): void
  /** Sends what waits, then closes. */
  close(): void
  /** Drops an open connection at once. */
  abort(): void
  /** The same; also drops what a closed connection has not sent yet (D-38). */
  dropUnsent(): void
}
