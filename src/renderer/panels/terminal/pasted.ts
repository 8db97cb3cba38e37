/** What to do with pasted text. */
export type Pasted =
  /** Type the text. */
  | { readonly kind: 'type'; readonly text: string }
  /** Several command lines. Each must wait for the result code of the previous one. */
  | { readonly kind: 'lines'; readonly lines: readonly string[]; readonly leftOut: number }

/** As many lines as a person can check; longer scripts are for a program on the port. */
export const MAX_PASTED_LINES = 200

/**
 * Returns how to paste `text`. `line`: the port reads commands. `prompt`: it takes text with LF line ends, as in a PEM
 * file (G-3.3-5). `through`: it takes data.
 */
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
