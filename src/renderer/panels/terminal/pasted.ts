/** What to do with text from the clipboard, by where the port is. */
export type Pasted =
  /** As it is, as typed. */
  | { readonly kind: 'type'; readonly text: string }
  /** Several command lines: each has to wait for the result of the one before. */
  | { readonly kind: 'lines'; readonly lines: readonly string[]; readonly leftOut: number }

/** A person looks over so many lines; more are a script, for a program on the port. */
export const MAX_PASTED_LINES = 200

/** `line`: the port reads commands. `prompt`: it takes text, where lines end with LF as in a PEM file (G-3.3-5). */
export function pastedAs(text: string, mode: 'line' | 'prompt' | 'through'): Pasted {
  const unix = text.replaceAll(/\r\n?/g, '\n')
  if (mode === 'prompt') return { kind: 'type', text: unix }
  const all = unix.split('\n').map((line) => line.trim())
  const lines = all.filter((line) => /^at/i.test(line))
  if (mode === 'line' && lines.length > 1)
    return {
      kind: 'lines',
      lines: lines.slice(0, MAX_PASTED_LINES),
      leftOut: all.filter((line) => line !== '').length - Math.min(lines.length, MAX_PASTED_LINES)
    }
  return { kind: 'type', text: unix.replaceAll('\n', '\r') }
}
