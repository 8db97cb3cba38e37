/**
 * Follows the line that the module is gathering, from the typed characters, because the module only echoes them. Uses
 * the module's rules, so characters before AT are skipped here too (at-reference 1). Before AT is complete, the line
 * (`A`, or `A` and a wrong character) can be deleted and is not a command yet.
 */
export function followTyped(
  line: string,
  typed: string
): { readonly line: string; readonly entered: readonly string[] } {
  const entered: string[] = []
  let now = line
  for (const char of typed) {
    if (!hasPrefix(now)) now = prefix(now, char)
    else if (char === '\r') {
      entered.push(now)
      now = ''
    } else if (char === BACKSPACE) now = now.slice(0, -1)
    else if (char >= ' ') now += char
  }
  return { line: now, entered }
}

/** Returns the keys that change the line into another one. AT cannot be deleted, so it stays. */
export function keysToReplace(line: string, wanted: string): string {
  if (!hasPrefix(line)) return wanted
  return BACKSPACE.repeat(line.length - PREFIX_CHARS) + wanted.slice(PREFIX_CHARS)
}

/**
 * Returns the echo of an entry. Bytes that are not text become dots, so that a key or a DER file cannot control the
 * terminal.
 */
export function shownEcho(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte < 0x7f && (byte >= 0x20 || steering.has(byte)) ? byte : DOT))
}

/** BS, TAB, LF, CR: control characters that an echo of text may contain. */
const steering = new Set([8, 9, 10, 13])
const DOT = 0x2e

/** Default of S5: deletes the last character. */
export const BACKSPACE = '\b'

const PREFIX_CHARS = 2

/** Returns whether AT or at, not mixed, was read. */
function hasPrefix(line: string): boolean {
  return line.startsWith('AT') || line.startsWith('at')
}

/**
 * Returns the line after a character before AT is complete. An A always begins again, and a wrong character after it
 * can be deleted.
 */
function prefix(line: string, char: string): string {
  if (char === 'A' || char === 'a') return char
  if (line === '') return ''
  if (char === BACKSPACE) return line.slice(0, -1)
  if (char < ' ' || (line.length === 1 && char === '/')) return ''
  return line + char
}
