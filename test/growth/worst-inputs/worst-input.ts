/** One of the slowest known inputs of its size for a parser. Used by the growth tests and `npm run bench`. */
export interface WorstInput {
  /** What the input has many of. */
  readonly shape: string
  /**
   * Size of the smaller input of the growth test, for some milliseconds. The larger one, also used by the bench, has
   * eight times as many parts.
   */
  readonly n: number
  /** True when eight times `n` is impossible because of a limit of the protocol. */
  readonly isLimited?: boolean
  /** The largest number of parts that the parser does not refuse at once. */
  readonly most?: number
  /** Makes an input of `n` parts. */
  make(n: number): PreparedInput
}

export interface PreparedInput {
  readonly bytes: number
  /** Runs the parser; may be called again. */
  run(): void | Promise<void>
}

/** The inputs of one parser. */
export interface WorstInputs {
  readonly parser: string
  readonly inputs: readonly WorstInput[]
}

/** Returns inputs for one array of bytes, passed whole or byte by byte. */
export function ofBytes<Bytes extends Uint8Array>(
  bytes: Bytes,
  run: (bytes: Bytes) => void | Promise<void>
): PreparedInput {
  return { bytes: bytes.length, run: () => run(bytes) }
}

/** Passes `bytes` one at a time, like a slow line. */
export function eachByte(bytes: Uint8Array, take: (byte: Uint8Array) => void): void {
  for (let at = 0; at < bytes.length; at += 1) take(bytes.subarray(at, at + 1))
}

/** Encodes as Latin-1. */
export function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}
