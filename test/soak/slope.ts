/** A line through points, by least squares. */
export interface Slope {
  /** Change of y per x. */
  readonly perX: number
  /** Its standard error; infinite for fewer than three points. */
  readonly error: number
}

export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Slope {
  const n = points.length
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  const perX = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread
  if (n < 3) return { perX, error: Infinity }
  const rest = points.reduce((sum, [x, y]) => sum + (y - meanY - perX * (x - meanX)) ** 2, 0)
  return { perX, error: Math.sqrt(rest / (n - 2) / spread) }
}
