// How the window writes numbers, times and dates. Times are in the viewer's zone unless stated otherwise.

export { seconds } from '../../../shared/timeline/figures.ts'

/** Returns the local time of day, such as `09:41:12.061`, of a time in milliseconds since 1970 UTC. */
export function clockTime(wallMs: number): string {
  const date = new Date(wallMs)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** Returns `09:41` or, for another day than today, `2026-11-22 09:41`. */
export function shortTime(wallMs: number, nowMs: number): string {
  const [date, now] = [new Date(wallMs), new Date(nowMs)]
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`
  return date.toDateString() === now.toDateString()
    ? time
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`
}

/** Returns the date in UTC, as in certificates: `2027-05-31`. */
export function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** Returns the time since a cause: `+80 ms`, `+12.3 s`, `+5 min`. */
export function sinceCause(ms: number): string {
  const span = Math.max(0, ms)
  if (span < 10_000) return `+${Math.round(span)} ms`
  if (span < 600_000) return `+${(span / 1000).toFixed(1)} s`
  return `+${Math.round(span / 60_000)} min`
}

/** Returns a whole number in groups of three digits: `1 071`, with a narrow space that does not break. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, '\u202f')
}

/** Returns `1 byte`, `16 384 bytes`. `many`: the plural, if it does not just add an `s`. */
export function groupedCount(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** Returns a number of bytes in at most eight characters or so: `71 023 B`, from a million on `2.27 MB`. */
export function shortBytes(count: number): string {
  return count < 1e6 ? `${grouped(count)} B` : `${(count / 1e6).toFixed(count < 1e8 ? 2 : 0)} MB`
}

/** Returns a limit in seconds: `90`, `5.0`, `0.5`. */
export function limitSeconds(ms: number): string {
  return ms >= 10_000 && ms % 1000 === 0 ? String(ms / 1000) : (ms / 1000).toFixed(1)
}

/**
 * Parses the time of the module's clock chip in the form of `+CCLK`: `yy/MM/dd,hh:mm:ss±zz` (zz: quarters of an hour).
 * `ms` is since 1970 UTC. Returns `null` when the text has another form.
 */
export function parseClockChip(text: string): { readonly ms: number; readonly text: string } | null {
  const found = /^"?(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)(?:([+-])(\d\d))?"?$/.exec(text.trim())
  if (!found) return null
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number
  ]
  const quarters = Number(found[8] ?? 0) * (found[7] === '-' ? -1 : 1)
  const fullYear = year >= 80 ? 1900 + year : 2000 + year
  const ms = Date.UTC(fullYear, month - 1, day, hour, minute, second) - quarters * 15 * 60_000
  return { ms, text: `${fullYear}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}` }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
