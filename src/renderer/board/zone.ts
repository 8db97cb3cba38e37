/** `+01:00` of a +CCLK time with its quarters of an hour (`…+04`); empty where it has none. */
export function zoneOf(clockChip: string): string {
  const found = /([+-])(\d\d)"?$/.exec(clockChip.trim())
  if (!found) return ''
  const minutes = Number(found[2]) * 15
  return `${found[1]}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
