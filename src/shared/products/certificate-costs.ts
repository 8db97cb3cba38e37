/**
 * The time that a server's certificates take on a slow processor at its normal clock (G-4.1-6, D-33). The guide says
 * only that large ones reach the timeout, and that the clock of #CPUMODE 2 or 4 avoids it. The values are inferred from
 * that, for the default timeout of 10 s.
 */
export interface CertificateCosts {
  /** Bytes of the server's flight that take no time. */
  readonly freeFlightBytes: number
  /** For each further byte. */
  readonly perByteMs: number
  /** Keys up to this length take no noticeable time. */
  readonly freeKeyBits: number
  /**
   * One operation with a key of 4096 bits. For other lengths, the time grows with the square of the length, less that
   * of a free key.
   */
  readonly key4096Ms: number
  readonly confidence: 'documented' | 'seen' | 'inferred'
}

export const slowProcessor: CertificateCosts = {
  // A flight with two certificates of the largest size that a module can store (G-2.2-5).
  freeFlightBytes: 4608,
  // A chain of 8 kB then exceeds the default timeout at the normal clock, but not at twice the clock.
  perByteMs: 3,
  freeKeyBits: 2048,
  // The same for a server key of 4096 bits. If the authority's key has 4096 bits too, four times the clock is needed.
  key4096Ms: 12_000,
  confidence: 'inferred'
}

/** Returns the time of one RSA operation with a public key of this length, in milliseconds at the normal clock. */
export function keyCostMs({ freeKeyBits, key4096Ms }: CertificateCosts, keyBits: number): number {
  const beyond = (bits: number): number => bits * bits - freeKeyBits * freeKeyBits
  return Math.max(0, (key4096Ms * beyond(keyBits)) / beyond(4096))
}
