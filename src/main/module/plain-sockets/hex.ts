/** Returns bytes as pairs of lower-case hexadecimal digits, as #SRECV prints them (at-reference 13). */
export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Returns the bytes of pairs of hexadecimal digits, or `null` for anything else. */
export function bytesOfHex(digits: Uint8Array): Uint8Array | null {
  const text = String.fromCharCode(...digits)
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return null
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16))
}
