/**
 * The line that the module is gathering, followed from what is typed: the module echoes, and does not tell. It follows
 * the rules by which a module reads a line, so that noise before AT is passed over here too (at-reference 1).
 */
export function followTyped(line: string, typed: string): { readonly line: string; readonly entered: readonly string[] } {
  const entered: string[] = []
  let now = line
  for (const char of typed) {
    if (now.length < prefixChars) now = prefix(now, char)
    else if (char === '\r') {
      entered.push(now)
      now = ''
    } else if (char === backspace) now = now.length > prefixChars ? now.slice(0, -1) : now
    else if (char >= ' ') now += char
  }
  return { line: now, entered }
}

/** The keys that turn the line into another: AT cannot be taken back, so it stays. */
export function keysToReplace(line: string, wanted: string): string {
  if (line.length < prefixChars) return wanted
  return backspace.repeat(line.length - prefixChars) + wanted.slice(prefixChars)
}

/** The echo of what is put into a prompt, where a key or a DER file must not steer the terminal: dots for what is no text. */
export function shownEcho(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte < 0x7f && (byte >= 0x20 || steering.has(byte)) ? byte : dot))
}

/** BS, TAB, LF, CR: what an echo of text is made of besides text. */
const steering = new Set([8, 9, 10, 13])
const dot = 0x2e

/** S5 of the factory: takes the last character back. */
export const backspace = '\b'

const prefixChars = 2

/** AT or at, of one case; anything else begins anew. */
function prefix(line: string, char: string): string {
  if (char === 'A' || char === 'a') return char
  return (line === 'A' && char === 'T') || (line === 'a' && char === 't') ? line + char : ''
}
