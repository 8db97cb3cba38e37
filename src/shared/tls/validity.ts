/**
 * Returns whether a clock is past a certificate's notAfter, both in milliseconds since 1970 UTC. Both ends are
 * inclusive and in whole seconds (RFC 5280 4.1.2.5), so a certificate is valid until the end of its last second (D-26).
 */
export function hasEnded(clockMs: number, notAfterMs: number): boolean {
  return Math.floor(clockMs / 1000) > Math.floor(notAfterMs / 1000)
}

/** Returns whether a clock has reached notBefore, which is the first valid second. */
export function hasBegun(clockMs: number, notBeforeMs: number): boolean {
  return Math.floor(clockMs / 1000) >= Math.floor(notBeforeMs / 1000)
}
