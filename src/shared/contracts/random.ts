/** A source of random bytes: the operating system, or a seed for runs that must repeat exactly. */
export interface RandomSource {
  bytes(length: number): Uint8Array
}
