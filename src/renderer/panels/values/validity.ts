import { hasBegun, hasEnded } from '../../../shared/tls/validity.ts'

/** A certificate's validity compared with the module's clock. */
export interface Validity {
  readonly verdict: 'valid' | 'expired' | 'early' | 'unknown'
  readonly fromMs: number
  readonly toMs: number
  /** Position of the clock: 0 to 1 between the two dates, -0.2 before and 1.2 after them; `null` if unknown. */
  readonly at: number | null
}

/** How far outside the two dates the tick is drawn: a position to scale could be outside the drawing. */
const OUTSIDE = 0.2

export function validityOf(
  dates: { readonly notBeforeMs: number | null; readonly notAfterMs: number | null },
  clockMs: number | null
): Validity | null {
  const { notBeforeMs: fromMs, notAfterMs: toMs } = dates
  if (fromMs === null || toMs === null) return null
  if (clockMs === null) return { verdict: 'unknown', fromMs, toMs, at: null }
  const share = toMs > fromMs ? (clockMs - fromMs) / (toMs - fromMs) : 0
  const verdict = !hasBegun(clockMs, fromMs) ? 'early' : hasEnded(clockMs, toMs) ? 'expired' : 'valid'
  return {
    verdict,
    fromMs,
    toMs,
    at: verdict === 'early' ? -OUTSIDE : verdict === 'expired' ? 1 + OUTSIDE : Math.min(1, share)
  }
}
