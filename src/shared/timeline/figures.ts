/** Formats seconds with the relevant decimals: `1.9`, `84.1`, `120`. */
export function seconds(ms: number): string {
  const value = Math.max(0, ms) / 1000
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1)
}
