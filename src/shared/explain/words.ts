import { counted } from '../english/counted.ts'

// How explanations write values: dates and numbers with their units. Pure, and the same in every time zone.

export { counted }

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Returns a date as `31 Oct 2026, 23:59:59`, in UTC like certificates and the clock chip. */
export function dateText(ms: number): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return `${ms} ms`
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join(':')
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${time}`
}

/** Returns a duration in its best unit: `23 days`, `46 years`, `5 minutes`. */
export function distanceText(ms: number): string {
  const size = Math.abs(ms)
  const [unitMs, unit] = spans.find(([span]) => size >= 2 * span) ?? spans.at(-1)!
  return counted(Math.round(size / unitMs), unit)
}

/** Returns a time limit: `10 s`, `0.5 s`. */
export function secondsText(ms: number): string {
  return `${ms / 1000} s`
}

export function bytesText(bytes: number): string {
  return counted(bytes, 'byte')
}

/** Returns a time as `yy/MM/dd,hh:mm:ss+00`, for AT+CCLK. */
export function clockText(ms: number): string {
  const date = new Date(ms)
  const day = [date.getUTCFullYear() % 100, date.getUTCMonth() + 1, date.getUTCDate()].map(twoDigits).join('/')
  return `${day},${[date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join(':')}+00`
}

/** Returns an ordinal: `third`, or with digits for larger numbers. */
export function ordinal(number: number): string {
  return ordinals[number - 1] ?? `${number}th`
}

const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth'
] as const

/** Returns a list: `a`, `a and b`, `a, b and c`. */
export function listText(texts: readonly string[], joint = 'and'): string {
  if (texts.length < 2) return texts[0] ?? 'none'
  return `${texts.slice(0, -1).join(', ')} ${joint} ${texts.at(-1)}`
}

/** Returns the common name in a distinguished name, or the whole name. */
export function commonName(name: string): string {
  return /(?:^|[,/]\s*)CN=([^,/]+)/.exec(name)?.[1] ?? name
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

const DAY_MS = 86_400_000
const spans: readonly (readonly [number, string])[] = [
  [365.25 * DAY_MS, 'year'],
  [DAY_MS, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second']
]
