/**
 * Whether a clock is past a certificate's notAfter. Both ends are inclusive and certificates count whole seconds (RFC 5280
 * 4.1.2.5), so a certificate lasts until its last second is over (D-26). Both in milliseconds since 1970 UTC.
 */
export function hasEnded(clockMs: number, notAfterMs: number): boolean {
  return Math.floor(clockMs / 1000) > Math.floor(notAfterMs / 1000)
}

/** Whether a clock has reached a certificate's notBefore, which is the first second of its validity. */
export function hasBegun(clockMs: number, notBeforeMs: number): boolean {
  return Math.floor(clockMs / 1000) >= Math.floor(notBeforeMs / 1000)
}
