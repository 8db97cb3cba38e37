import type { TextFilter } from '../../shared/timeline/filter.ts'

/** How a text filter is run: over one line at a time, or over many lines joined by line feeds. */
export interface LinePattern {
  /** Sees one line, which has no line ending in it. */
  readonly single: RegExp
  /**
   * Finds in joined lines what `single` finds in each of them, and nothing across two; `g` and `m`. Null where that cannot
   * be had: then each line is looked at alone, which takes longer.
   */
  readonly joined: RegExp | null
}

/** A regular expression that is none. The message is one sentence. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/** Throws PatternError when the pattern is no regular expression. */
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
 * The pattern with every part that could take a line feed kept from it. Then nothing in it looks beyond a line's end
 * (`.` does not, `^`, `$` and `\b` take a line feed for an end), and it finds in joined lines just what it finds in each.
 */
function confined(source: string, flags: string): RegExp | null {
  let result = ''
  let at = 0
  while (at < source.length) {
    const character = source[at]!
    if (character === '\n') return null
    if (character === '\\') {
      const escape = source.slice(at, at + 2)
      // A character by its number, a group by its number or name, a property: rare, and not worth telling apart.
      if (/[0-9a-zA-Z]/.test(escape[1] ?? '') && !/[bBdDsSwWtrfv]/.test(escape[1]!)) return null
      result += withoutLineFeed[escape] ?? escape
      at += 2
    } else if (character === '[') {
      const end = classEnd(source, at)
      if (end < 0) return null
      result += classWithoutLineFeed(source.slice(at, end))
      at = end
    } else {
      // Modifiers, `(?s:…)`, would give `.` and `^` other meanings.
      if (character === '(' && /^\(\?[a-z-]/.test(source.slice(at, at + 3))) return null
      result += character
      at += 1
    }
  }
  return compiled(result, flags)
}

const withoutLineFeed: Readonly<Record<string, string>> = { '\\s': '[^\\S\\n]', '\\W': '[^\\w\\n]', '\\D': '[^\\d\\n]' }

/** Index after the `]` of the class that begins at `start`, or -1. */
function classEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at += 1
    else if (source[at] === ']') return at + 1
  }
  return -1
}

function classWithoutLineFeed(source: string): string {
  if (plainClass.test(source)) return source
  // A hyphen that comes first would make a range of it.
  if (source.startsWith('[^') && source[2] !== '-') return `[^\\n${source.slice(2)}`
  return `(?:(?!\\n)${source})`
}

/** Letters, digits and the like, `\d`, `\w`, escaped signs, and ranges of them: no line feed is in it. */
// oxlint-disable-next-line no-control-regex
const plainClass = /^\[(?!\^)(?:[^\\\x00-\x1f]|\\[dwS\]\\/.^-])*\]$/
