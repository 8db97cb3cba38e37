import { derTags } from './der.ts'
import type { DerElement } from './der.ts'
import { X509Fault } from './fault.ts'

/**
 * UTCTime or GeneralizedTime (RFC 2459 4.1.2.5) as milliseconds since 1970 UTC. Old certificates leave the seconds out or give
 * an offset instead of Z; both are read.
 */
export function readTime(element: DerElement, what: string): number {
  const text = element.content.toString('latin1')
  const shape = element.tag === derTags.utcTime ? utcShape : generalizedShape
  const parts = shape.exec(text)
  const particulars = { expected: 'YYMMDDhhmmssZ or YYYYMMDDhhmmssZ', got: JSON.stringify(text) }
  const fault = (): X509Fault => new X509Fault(`has a ${what} that is no time`, particulars)
  if (!parts) throw fault()
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map((part) => Number(part ?? 0))
  const fullYear = element.tag === derTags.utcTime ? (year < 50 ? 2000 + year : 1900 + year) : year
  const dayMs = new Date(0).setUTCFullYear(fullYear, month - 1, day)
  const real = new Date(dayMs)
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) throw fault()
  const [offsetHours, offsetRest] = [Number(parts[8] ?? 0), Number(parts[9] ?? 0)]
  if (offsetHours > 23 || offsetRest > 59) throw fault()
  const offsetMinutes = (parts[7] === '-' ? -1 : 1) * (60 * offsetHours + offsetRest)
  return dayMs + 1000 * (60 * (60 * hour + minute - offsetMinutes) + second)
}

/** `2013-09-13 12:00:00 UTC`. */
export function timeText(ms: number): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return `${ms} ms`
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

const offset = '(?:Z|([+-])(\\d\\d)(\\d\\d))'
const utcShape = new RegExp(`^(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)?${offset}$`)
const generalizedShape = new RegExp(`^(\\d{4})(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)?(?:\\.\\d+)?${offset}$`)
