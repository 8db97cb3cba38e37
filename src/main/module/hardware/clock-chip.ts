import type { Clock } from '../../../shared/contracts/clock.ts'

/**
 * The module's clock chip (at-reference 4: +CCLK, #CCLK, #NITZ): local time with zone and daylight-saving flag.
 * Certificates are checked against it (G-3.3-10). Until the network or the host sets it, it shows the GPS epoch, which
 * drivers take for "never set".
 */
export class ClockChip {
  /** Local time minus module time, in milliseconds. */
  private offsetMs = NEVER_SET_MS
  private zoneQuarterHours = 0
  private daylightHours = 0
  private everSet = false

  constructor(private readonly clock: Clock) {}

  get isSet(): boolean {
    return this.everSet
  }

  /** UTC according to the chip, in milliseconds since 1970. */
  utcMs(): number {
    return this.localMs() - this.zoneQuarterHours * QUARTER_HOUR_MS
  }

  /** Sets it from network time (NITZ): UTC with the network's zone. */
  setFromNetwork(utcMs: number, zone: { quarterHours: number; daylightHours: number }): void {
    this.zoneQuarterHours = zone.quarterHours
    this.daylightHours = zone.daylightHours
    this.setLocal(utcMs + zone.quarterHours * QUARTER_HOUR_MS)
  }

  /**
   * Sets it from `yy/MM/dd,hh:mm:ss`, optionally with zone and daylight flag. Days beyond the end of the month roll
   * over. Returns false for any other text.
   */
  setFromText(text: string): boolean {
    const match = /^(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)(?:([+-]\d\d)(?:,(\d))?)?$/.exec(text)
    if (!match) return false
    const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number
    ]
    const zone = match[7] === undefined ? this.zoneQuarterHours : Number(match[7])
    const daylight = match[8] === undefined ? this.daylightHours : Number(match[8])
    const inRange = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59
    if (!inRange || zone < -47 || zone > 48 || daylight > 2) return false
    this.zoneQuarterHours = zone
    this.daylightHours = daylight
    this.setLocal(Date.UTC(fullYear(year), month - 1, day, hour, minute, second))
    return true
  }

  /** Returns `yy/MM/dd,hh:mm:ss±zz`. */
  text(): string {
    return `${localText(this.localMs())}${signed(this.zoneQuarterHours)}`
  }

  /** Returns `yy/MM/dd,hh:mm:ss±zz,d`, the form of #CCLK. */
  textWithDaylight(): string {
    return `${this.text()},${this.daylightHours}`
  }

  private localMs(): number {
    return this.offsetMs + this.clock.nowMs()
  }

  private setLocal(localMs: number): void {
    this.offsetMs = localMs - this.clock.nowMs()
    this.everSet = true
  }
}

/**
 * Returns the text of the URC `#NITZ:`. Its first value decides whether zone and daylight saving follow the time
 * (at-reference 4).
 */
export function networkTimeText(
  utcMs: number,
  zone: { quarterHours: number; daylightHours: number },
  val: number
): string {
  const text = localText(utcMs + zone.quarterHours * QUARTER_HOUR_MS)
  if (val & TELLS_DAYLIGHT) return `${text}${signed(zone.quarterHours)},${zone.daylightHours}`
  return val & TELLS_ZONE ? text + signed(zone.quarterHours) : text
}

/** Returns `yy/MM/dd,hh:mm:ss`. */
function localText(localMs: number): string {
  // Local time is treated as UTC here: only the text without its zone is used.
  const iso = isoOf(localMs)
  return `${iso.slice(2, 10).replaceAll('-', '/')},${iso.slice(11, 19)}`
}

const TELLS_ZONE = 4
const TELLS_DAYLIGHT = 8
const QUARTER_HOUR_MS = 15 * 60_000
const NEVER_SET_MS = Date.UTC(1980, 0, 6)

/** Years from 80 on are in the last century, as in GSM. */
const fullYear = (twoDigits: number): number => (twoDigits >= 80 ? 1900 : 2000) + twoDigits

const signed = (quarterHours: number): string =>
  `${quarterHours < 0 ? '-' : '+'}${String(Math.abs(quarterHours)).padStart(2, '0')}`

const isoOf = (ms: number): string => new Date(ms).toISOString()
