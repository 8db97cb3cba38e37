import { derTags } from './der.ts'
import type { DerElement } from './der.ts'
import { X509Fault } from './fault.ts'

/**
 * Returns a UTCTime or GeneralizedTime as milliseconds since 1970 UTC. It must have seconds, no fraction, and the zone
 * Z (RFC 5280 4.1.2.5, X.690 11.7 and 11.8). Throws an X509Fault for any other form.
 */
export function readTime(element: DerElement, what: string): number {
  const text = element.content.toString('latin1')
  const shape = element.tag === derTags.utcTime ? utcShape : generalizedShape
  const parts = shape.exec(text)
  const particulars = {
    expected: element.tag === derTags.utcTime ? 'YYMMDDhhmmssZ' : 'YYYYMMDDhhmmssZ',
    got: JSON.stringify(text.slice(0, MAX_SHOWN_CHARS))
  }
  const fault = (): X509Fault => new X509Fault(`has a ${what} that is no time`, particulars)
  if (!parts) throw fault()
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number)
  const fullYear = element.tag === derTags.utcTime ? (year < 50 ? 2000 + year : 1900 + year) : year
  const dayMs = new Date(0).setUTCFullYear(fullYear, month - 1, day)
  const real = new Date(dayMs)
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    throw fault()
  return dayMs + 1000 * (60 * (60 * hour + minute) + second)
}

/** Formats a time as `2013-09-13 12:00:00 UTC`. */
export function timeText(ms: number): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return `${ms} ms`
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

const utcShape = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
const generalizedShape = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
const MAX_SHOWN_CHARS = 40
