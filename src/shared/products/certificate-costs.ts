/**
 * What the certificates of a far end cost a slow processor in a handshake, at its normal clock (G-4.1-6, D-33). The guide says only
 * that large ones take so long that the timeout is hit, and that the clock of #CPUMODE 2 or 4 beats it; the figures are inferred from
 * that, with the default timeout of 10 s.
 */
export interface CertificateCosts {
  /** Bytes of the far end's flight that cost nothing. */
  readonly freeFlightBytes: number
  /** For each byte more. */
  readonly perByteMs: number
  /** Keys up to this length cost nothing that could be noticed. */
  readonly freeKeyBits: number
  /** One operation with a key of 4096 bits; that of another length grows with the square of what is beyond the free one. */
  readonly key4096Ms: number
  readonly confidence: 'documented' | 'seen' | 'inferred'
}

export const slowProcessor: CertificateCosts = {
  // A flight with two certificates of the largest size that a module can store (G-2.2-5).
  freeFlightBytes: 4608,
  // So that a chain of 8 kB outlasts the default timeout at the normal clock and not at twice that.
  perByteMs: 3,
  freeKeyBits: 2048,
  // The same for a server with a key of 4096 bits; with an authority of 4096 bits too it takes four times the clock.
  key4096Ms: 12_000,
  confidence: 'inferred'
}

/** Milliseconds at the normal clock of one RSA operation with a public key of this length. */
export function keyCostMs({ freeKeyBits, key4096Ms }: CertificateCosts, keyBits: number): number {
  const beyond = (bits: number): number => bits * bits - freeKeyBits * freeKeyBits
  return Math.max(0, (key4096Ms * beyond(keyBits)) / beyond(4096))
}
