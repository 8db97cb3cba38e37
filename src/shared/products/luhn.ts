/** Completes a 14-digit type allocation and serial number to an IMEI with its check digit (3GPP TS 23.003 B). */
export function withCheckDigit(digits14: string): string {
  let sum = 0
  for (const [index, digit] of [...digits14].entries()) {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return digits14 + String((10 - (sum % 10)) % 10)
}
