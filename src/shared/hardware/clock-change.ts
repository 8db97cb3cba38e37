import * as v from 'valibot'

/** A time such as `2026-10-01T09:00:00`, optionally without seconds, and with `Z` or `+01:00` to set the zone. */
const isoTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?$/

/** A change of the clock chip. What is left out stays. */
export const clockChange = v.strictObject({
  /** Local time of the chip, ISO 8601, 1980 to 2079. Without a zone the chip keeps its own. */
  at: v.optional(
    v.pipe(v.string(), v.regex(isoTime, 'expected a time such as 2026-10-01T09:00:00 or 2026-10-01T09:00:00+01:00'))
  ),
  /** Whether network time sets the chip at the next registration: bit 1 of #NITZ on AT0 (G-3.3-11). */
  networkTime: v.optional(v.boolean())
})

export type ClockChange = v.InferOutput<typeof clockChange>

/**
 * Returns the time in the form of +CCLK, `yy/MM/dd,hh:mm:ss±zz` with zz in quarters of an hour. Throws an error of one
 * sentence for an invalid day, a year that the chip cannot store, or a zone that is not in whole quarters.
 */
export function clockChipText(at: string): string {
  const found = isoTime.exec(at)
  if (!found) throw new Error(`${at} is no time; expected one such as 2026-10-01T09:00:00.`)
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((one) => Number(one ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number
  ]
  if (year < FIRST_YEAR || year > LAST_YEAR)
    throw new Error(`The clock chip holds the years ${FIRST_YEAR} to ${LAST_YEAR}, not ${year}.`)
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    throw new Error(`${at} is no time that there is.`)
  }
  const iso = date.toISOString()
  return `${iso.slice(2, 10).replaceAll('-', '/')},${iso.slice(11, 19)}${zoneText(found[7])}`
}

function zoneText(zone: string | undefined): string {
  if (zone === undefined) return ''
  if (zone === 'Z') return '+00'
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))
  if (minutes % 15 !== 0)
    throw new Error(`The clock chip counts its zone in quarters of an hour; ${zone} is not in whole ones.`)
  return `${zone[0]}${String(minutes / 15).padStart(2, '0')}`
}

/** Two-digit years of +CCLK: from 80 on in the last century, as in GSM. */
const FIRST_YEAR = 1980
const LAST_YEAR = 2079
