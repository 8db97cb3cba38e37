/**
 * Returns the zone of a +CCLK time as UTC offset: `+01:00` for `…+04`, which counts quarters of an hour; empty if it
 * has no zone.
 */
export function zoneOf(clockChip: string): string {
  const found = /([+-])(\d\d)"?$/.exec(clockChip.trim())
  if (!found) return ''
  const minutes = Number(found[2]) * 15
  return `${found[1]}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
