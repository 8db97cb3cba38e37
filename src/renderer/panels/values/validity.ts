import { hasBegun, hasEnded } from '../../../shared/tls/validity.ts'

/** How a certificate's dates stand to the module's clock, which is the only clock the module can ask. */
export interface Validity {
  readonly verdict: 'valid' | 'expired' | 'early' | 'unknown'
  readonly fromMs: number
  readonly toMs: number
  /** Where the clock stands between the two dates: 0 to 1 inside, up to a quarter outside; null when it is not known. */
  readonly at: number | null
}

/** Outside the span the tick stays this near, or it would leave the drawing. */
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
