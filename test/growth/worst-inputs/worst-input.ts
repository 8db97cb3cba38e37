/** An input that costs a parser as much as any of its size that was found: the growth tests and `npm run bench` both use it. */
export interface WorstInput {
  /** What the input has many of. */
  readonly shape: string
  /** For the smaller input of the growth test, some milliseconds; the larger one, which the bench takes, has eight times as many. */
  readonly n: number
  /** A larger one with eight times more than `n` cannot be: the protocol has no room for it. */
  readonly isLimited?: boolean
  /** The largest number of parts that the parser does not refuse at once. */
  readonly most?: number
  /** Makes an input of `n` parts. */
  make(n: number): PreparedInput
}

export interface PreparedInput {
  readonly bytes: number
  /** Gives it to the parser; may be called again. */
  run(): void | Promise<void>
}

/** The inputs of one parser. */
export interface WorstInputs {
  readonly parser: string
  readonly inputs: readonly WorstInput[]
}

/** One array of bytes that is given to a parser whole or cut into single bytes. */
export function ofBytes<Bytes extends Uint8Array>(
  bytes: Bytes,
  run: (bytes: Bytes) => void | Promise<void>
): PreparedInput {
  return { bytes: bytes.length, run: () => run(bytes) }
}

/** Hands `bytes` over one at a time, which is how a slow line brings them. */
export function eachByte(bytes: Uint8Array, take: (byte: Uint8Array) => void): void {
  for (let at = 0; at < bytes.length; at += 1) take(bytes.subarray(at, at + 1))
}

/** Latin-1. */
export function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}
