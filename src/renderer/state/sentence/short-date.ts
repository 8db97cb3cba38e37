import { monthNames } from './words.ts'

/** `31 Oct`, or `31 Oct 2036` where the year is not that of `besideMs`; UTC, as certificates count. Both in ms since 1970. */
export function shortDate(ms: number, besideMs: number): string {
  const [date, beside] = [new Date(ms), new Date(besideMs)]
  const day = `${date.getUTCDate()} ${monthNames[date.getUTCMonth()] ?? ''}`
  return date.getUTCFullYear() === beside.getUTCFullYear() ? day : `${day} ${date.getUTCFullYear()}`
}
