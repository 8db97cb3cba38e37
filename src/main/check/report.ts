import type { TranscriptHead } from '../timeline/transcript/format.ts'
import type { Difference, PlayOutcome } from './player.ts'

/** Returns the report of a check as text. */
export function reportText(file: string, head: TranscriptHead, seed: number, outcome: PlayOutcome): string {
  const { differences, skipped, notes, masked, comparedLines } = outcome
  const verdict =
    differences.length === 0 ? 'same' : `differs in ${differences.length} place${differences.length === 1 ? '' : 's'}`
  const maskText = Object.entries(masked)
    .map(([name, count]) =>
      `${count} ${name}${count === 1 ? '' : name.endsWith('s') ? 'es' : 's'}`.replace('addresss', 'addresses')
    )
    .join(', ')
  return [
    ...differences.flatMap((one) => [...differenceLines(file, one), '']),
    ...skipped.map(({ line, sentence }) => `${file}:${line}: ${sentence}`),
    ...notes,
    ...(skipped.length > 0 ? [SKIPPED_MEANS] : []),
    `${file}: ${verdict} (${head.product} ${head.software}, seed ${seed}; ${comparedLines} lines of the module compared${maskText ? `; masked: ${maskText}` : ''}${skipped.length > 0 ? `; ${skipped.length} skipped` : ''}).`,
    ''
  ].join('\n')
}

/** Explains the number of skipped lines in the last line. */
const SKIPPED_MEANS =
  'Skipped: check could not replay these lines as recorded, for the reason given with each, so the verdict does not cover them.'

/** Returns the report as JSON lines: `difference`, `skipped` and `note`, with `result` at the end. */
export function reportJson(
  file: string,
  head: TranscriptHead,
  seed: number,
  { differences, skipped, notes, masked, comparedLines }: PlayOutcome
): string {
  const lines = [
    ...differences.map((one) => ({ event: 'difference', ...one })),
    ...skipped.map((one) => ({ event: 'skipped', ...one })),
    ...notes.map((sentence) => ({ event: 'note', sentence })),
    {
      event: 'result',
      file,
      same: differences.length === 0,
      product: head.product,
      software: head.software,
      seed,
      comparedLines,
      differences: differences.length,
      skipped: skipped.length,
      masked
    }
  ]
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

function differenceLines(file: string, { line, instance, after, expected, got }: Difference): string[] {
  const where = `${file}:${line}: AT${instance}${after === null ? '' : `, after ${shortened(after)}`}`
  if (expected === '') return [where, '  expected nothing more', `  got      ${shortened(got)}`]
  if (got === '') return [where, `  expected ${shortened(expected)}`, '  got      nothing']
  const from = firstDifference(expected, got)
  const [first, second] = [window(expected, from), window(got, from)]
  return [where, `  expected ${first.text}`, `  got      ${second.text}`, `           ${' '.repeat(first.mark)}^`]
}

/** Returns the index of the first character that differs. */
function firstDifference(expected: string, got: string): number {
  let at = 0
  while (at < expected.length && expected[at] === got[at]) at += 1
  return at
}

/** Returns the part of a long text around an index, and the index within that part. */
function window(text: string, place: number): { text: string; mark: number } {
  const from = place > WIDTH / 2 ? place - Math.floor(WIDTH / 4) : 0
  const cut = text.slice(from, from + WIDTH)
  return {
    text: `${from > 0 ? '…' : ''}${cut}${from + WIDTH < text.length ? '…' : ''}`,
    mark: place - from + (from > 0 ? 1 : 0)
  }
}

function shortened(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text
}

/** Fits a terminal of 120 columns. */
const WIDTH = 100
