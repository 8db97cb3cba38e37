export interface BytePart {
  readonly text: string
  /** Whether it is a control character, drawn as a chip with its name. */
  readonly control: boolean
}

/** A line shows the start of a long burst and counts the rest. */
export const SHOWN_BYTES = 160

/** Splits bytes into readable text and named control characters, for at most `limit` bytes. */
export function spell(bytes: Uint8Array, limit = SHOWN_BYTES): readonly BytePart[] {
  const parts: { text: string; control: boolean }[] = []
  for (const byte of bytes.subarray(0, limit)) {
    const printable = byte >= 0x20 && byte < 0x7f
    const last = parts.at(-1)
    if (printable && last && !last.control) last.text += String.fromCharCode(byte)
    else
      parts.push(
        printable
          ? { text: String.fromCharCode(byte), control: false }
          : { text: controlNames[byte] ?? byte.toString(16).padStart(2, '0').toUpperCase(), control: true }
      )
  }
  return parts
}

/** Returns the same as one text, for the first `SHOWN_BYTES`. Fast, because it runs for every event in a search. */
export function spelled(bytes: Uint8Array): string {
  const end = Math.min(bytes.length, SHOWN_BYTES)
  let text = ''
  for (let at = 0; at < end; at++) text += spellings[bytes[at]!]
  return text
}

const controlNames: Readonly<Record<number, string>> = {
  0: 'NUL',
  8: 'BS',
  9: 'TAB',
  10: 'LF',
  13: 'CR',
  17: 'XON',
  19: 'XOFF',
  26: 'SUB',
  27: 'ESC',
  127: 'DEL'
}

const spellings: readonly string[] = Array.from({ length: 256 }, (_, byte) => spell(Uint8Array.of(byte))[0]!.text)
