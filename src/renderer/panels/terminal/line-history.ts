/** A walk through the earlier lines that begin like the present one. */
export interface HistoryWalk {
  /** The line before the walk began, to which it returns. */
  readonly draft: string
  readonly matches: readonly string[]
  /** Index in `matches`; `matches.length` for the draft. */
  readonly at: number
}

/** More than a person looks back for, and few enough to search at every key. */
export const MAX_LINES = 200

/** Adds a line as the newest; an equal older line is removed. Lines with a PIN or a password are not kept. */
export function remember(lines: readonly string[], line: string): readonly string[] {
  if (line.length <= 2 || secrets.test(line)) return lines
  return [...lines.filter((one) => one !== line), line].slice(-MAX_LINES)
}

/** Takes one step through the history, up to older lines. Returns `null` at either end. */
export function walk(
  lines: readonly string[],
  line: string,
  before: HistoryWalk | null,
  step: 'up' | 'down'
): HistoryWalk | null {
  const draft = before?.draft ?? line
  const matches =
    before?.matches ?? lines.filter((one) => one !== line && one.toLowerCase().startsWith(line.toLowerCase()))
  const at = (before?.at ?? matches.length) + (step === 'up' ? -1 : 1)
  return at < 0 || at > matches.length ? null : { draft, matches, at }
}

export function lineOf({ draft, matches, at }: HistoryWalk): string {
  return matches[at] ?? draft
}

export function isLineList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= MAX_LINES && value.every((one) => typeof one === 'string')
}

/** Lines with PIN or PUK, or with user and password of a PDP context. */
const secrets = /\+CPIN=|#SGACT=[^,;]*,[^,;]*,/i
