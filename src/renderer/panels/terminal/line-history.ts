/** Lines that were typed, oldest first, and the way through those that begin as the present one does. */
export interface HistoryWalk {
  /** What stood in the line when the walk began; where it leads back to. */
  readonly draft: string
  readonly matches: readonly string[]
  /** Index in `matches`; its length stands for the draft. */
  readonly at: number
}

/** As many as a person may want back, and few enough to be searched at every key. */
export const MAX_LINES = 200

/** Adds a line as the newest; a line that was there before moves. Lines with a PIN or a password are not kept. */
export function remember(lines: readonly string[], line: string): readonly string[] {
  if (line.length <= 2 || secrets.test(line)) return lines
  return [...lines.filter((one) => one !== line), line].slice(-MAX_LINES)
}

/** One step through the history; null when there is none to take. Up goes to older lines. */
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

/** PIN and PUK, and the user and password of a context. */
const secrets = /\+CPIN=|#SGACT=[^,;]*,[^,;]*,/i
