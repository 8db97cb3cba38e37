/** `31 Oct`, or `31 Oct 2036` where the year is not that of `besideMs`; UTC, as certificates count. Both in ms since 1970. */
export function shortDate(ms: number, besideMs: number): string {
  const [date, beside] = [new Date(ms), new Date(besideMs)]
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}`
  return date.getUTCFullYear() === beside.getUTCFullYear() ? day : `${day} ${date.getUTCFullYear()}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
