/**
 * The line that the module is gathering, followed from what is typed: the module echoes, and does not tell. It follows
 * the rules by which a module reads a line, so that noise before AT is passed over here too (at-reference 1). What stands
 * before there is an AT (`A`, or `A` and what was mistyped after it) can be taken back, and is no command yet.
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

/** The keys that turn the line into another: AT cannot be taken back, so it stays. */
export function keysToReplace(line: string, wanted: string): string {
  if (!hasPrefix(line)) return wanted
  return BACKSPACE.repeat(line.length - PREFIX_CHARS) + wanted.slice(PREFIX_CHARS)
}

/** The echo of what is put into a prompt, where a key or a DER file must not steer the terminal: dots for what is no text. */
export function shownEcho(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte < 0x7f && (byte >= 0x20 || steering.has(byte)) ? byte : DOT))
}

/** BS, TAB, LF, CR: what an echo of text is made of besides text. */
const steering = new Set([8, 9, 10, 13])
const DOT = 0x2e

/** S5 of the factory: takes the last character back. */
export const BACKSPACE = '\b'

const PREFIX_CHARS = 2

/** Whether AT or at, of one case, has been read. */
function hasPrefix(line: string): boolean {
  return line.startsWith('AT') || line.startsWith('at')
}

/** One key before there is a prefix; an A always begins anew, and what is mistyped after it can be taken back. */
function prefix(line: string, char: string): string {
  if (char === 'A' || char === 'a') return char
  if (line === '') return ''
  if (char === BACKSPACE) return line.slice(0, -1)
  if (char < ' ' || (line.length === 1 && char === '/')) return ''
  return line + char
}
