import { monthNames } from './words.ts'

/**
 * Returns `31 Oct`, or `31 Oct 2036` if the year differs from that of `besideMs`. UTC, as in certificates; both in ms
 * since 1970.
 */
export function shortDate(ms: number, besideMs: number): string {
  const [date, beside] = [new Date(ms), new Date(besideMs)]
  const day = `${date.getUTCDate()} ${monthNames[date.getUTCMonth()] ?? ''}`
  return date.getUTCFullYear() === beside.getUTCFullYear() ? day : `${day} ${date.getUTCFullYear()}`
}
