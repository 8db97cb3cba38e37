import type { TextFilter } from '../../shared/timeline/filter.ts'

/** A text filter as regular expressions for a single line, and for many lines joined by line feeds. */
export interface LinePattern {
  /** Matches one line without its line ending. */
  readonly single: RegExp
  /**
   * Matches in joined lines what `single` matches in each of them, and nothing across two lines; flags `g` and `m`.
   * `null` where this is not possible: then each line is matched alone, which takes longer.
   */
  readonly joined: RegExp | null
}

/** The text is not a valid regular expression. The message is one sentence. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/** Returns the pattern of a text filter. Throws a PatternError when it is not a valid regular expression. */
export function linePattern({ pattern, regex, matchCase }: TextFilter): LinePattern {
  const source = regex ? pattern : pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  const flags = matchCase ? 'm' : 'im'
  let single: RegExp
  try {
    single = new RegExp(source, flags)
  } catch (error) {
    throw new PatternError(`${JSON.stringify(pattern)} is not a regular expression: ${reasonOf(error)}.`)
  }
  return { single, joined: regex ? confined(source, `${flags}g`) : compiled(source, `${flags}g`) }
}

function reasonOf(error: unknown): string {
  const reason = (error as Error).message.split(': ').at(-1)!
  return reason.charAt(0).toLowerCase() + reason.slice(1)
}

function compiled(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags)
  } catch {
    return null
  }
}

/**
 * Returns the pattern with no part that can match a line feed. It then matches in joined lines just what it matches in
 * each line, because `^`, `$` and `\b` treat a line feed as an end and `.` excludes it. `null` when the pattern cannot
 * be changed so.
 */
function confined(source: string, flags: string): RegExp | null {
  let result = ''
  let at = 0
  while (at < source.length) {
    const character = source[at]!
    if (character === '\n') return null
    if (character === '\\') {
      const escape = source.slice(at, at + 2)
      // Characters by number, group references and properties are rare and not worth parsing.
      if (/[0-9a-zA-Z]/.test(escape[1] ?? '') && !/[bBdDsSwWtrfv]/.test(escape[1]!)) return null
      result += withoutLineFeed[escape] ?? escape
      at += 2
    } else if (character === '[') {
      const end = classEnd(source, at)
      if (end < 0) return null
      result += classWithoutLineFeed(source.slice(at, end))
      at = end
    } else {
      // Modifiers such as `(?s:…)` would change the meaning of `.` and `^`.
      if (character === '(' && /^\(\?[a-z-]/.test(source.slice(at, at + 3))) return null
      result += character
      at += 1
    }
  }
  return compiled(result, flags)
}

const withoutLineFeed: Readonly<Record<string, string>> = { '\\s': '[^\\S\\n]', '\\W': '[^\\w\\n]', '\\D': '[^\\d\\n]' }

/** Returns the index after the `]` of the class that begins at `start`, or -1. */
function classEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at += 1
    else if (source[at] === ']') return at + 1
  }
  return -1
}

function classWithoutLineFeed(source: string): string {
  if (plainClass.test(source)) return source
  // A leading hyphen would become a range.
  if (source.startsWith('[^') && source[2] !== '-') return `[^\\n${source.slice(2)}`
  return `(?:(?!\\n)${source})`
}

/** Letters, digits and the like, `\d`, `\w`, escaped signs, and ranges of them: no line feed is in it. */
// oxlint-disable-next-line no-control-regex
const plainClass = /^\[(?!\^)(?:[^\\\x00-\x1f]|\\[dwS\]\\/.^-])*\]$/
