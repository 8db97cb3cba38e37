import type { CommandDeclaration } from '../../../shared/commands/declaration.ts'

/**
 * Keeps secrets out of the timeline: passwords, PINs and private keys are replaced there by as many stars. The port
 * itself stays faithful; only what is kept of it is masked.
 */
export class Redaction {
  private readonly patterns: readonly RegExp[]

  /** Which commands have a secret parameter, and where, is in their declarations. */
  constructor(declarations: Iterable<CommandDeclaration>) {
    this.patterns = [...declarations].flatMap((command) => {
      const first = command.parameters.findIndex((one) => one.kind === 'text' && one.secret)
      if (first < 0) return []
      const name = command.name.replace(/[+#]/, '\\$&')
      return [new RegExp(`${name}\\s*=(?:[^,;]*,){${first}}`, 'gi')]
    })
  }

  /** A command line, or a part of one, with its secrets masked. */
  text(line: string): string {
    let masked = line
    for (const [from, to] of this.secrets(line)) masked = masked.slice(0, from) + STAR.repeat(to - from) + masked.slice(to)
    return masked
  }

  /** Bytes that continue the line `before`, with secrets masked; the very same array when there are none. */
  bytes(before: string, bytes: Uint8Array): Uint8Array {
    // Nothing is secret before a `=`, and most lines have none.
    if (this.patterns.length === 0 || (!bytes.includes(EQUALS) && !before.includes('='))) return bytes
    const spans = this.secrets(before + String.fromCharCode(...bytes))
    if (spans.length === 0) return bytes
    // Not slice(): on a Buffer that is a view, and the stars would reach the module.
    const masked = Uint8Array.from(bytes)
    for (const [from, to] of spans) masked.fill(STAR_BYTE, Math.max(0, from - before.length), Math.max(0, to - before.length))
    return masked
  }

  /** From a secret parameter to the end of its command, as spans of the line. */
  private secrets(line: string): [number, number][] {
    return this.patterns.flatMap((pattern) =>
      [...line.matchAll(pattern)].map((match): [number, number] => {
        const from = match.index + match[0].length
        const end = line.slice(from).search(/[\r\n\b]/)
        return [from, end < 0 ? line.length : from + end]
      })
    )
  }
}

/** As many stars as there are bytes, for what is secret as a whole. */
export function allMasked(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.length).fill(STAR_BYTE)
}

/** Index behind the line that ends with `terminator`, an LF that follows included; the end of the bytes when none does. */
export function behindLine(bytes: Uint8Array, from: number, terminator: number): number {
  const end = bytes.indexOf(terminator, from)
  if (end < 0) return bytes.length
  return bytes[end + 1] === LF ? end + 2 : end + 1
}

/** Index behind the Ctrl-Z that may end an entry, or the end of the bytes. */
export function behindCtrlZ(bytes: Uint8Array, from: number): number {
  return bytes.indexOf(CTRL_Z, from) + 1 || bytes.length
}

const CTRL_Z = 0x1a
const LF = 0x0a
const STAR = '*'
const STAR_BYTE = 0x2a
const EQUALS = 0x3d
