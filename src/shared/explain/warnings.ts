import type { Snapshot } from '../calls/snapshot.ts'
import { hardwareWarnings } from '../hardware/hardware-warnings.ts'
import { stateOf } from '../statecharts/present-state.ts'
import type { TimelineEvent } from '../timeline/events.ts'
import type { EventSource } from '../timeline/source.ts'
import type { Explanation, PresentQuestion } from './explanation.ts'
import { compared } from './story.ts'

/** Explains something that worked here but would probably fail on hardware (D-43): a warning, not a failure. */
export function explainWarning(
  source: EventSource,
  { seq, what, instance }: TimelineEvent,
  words: { askedBy(command: TimelineEvent): Explanation['asked'] | null; ruleOf(id: string): Explanation['rule'] }
): Explanation | null {
  if (what.kind !== 'warning') return null
  const { title, sentence, expected, got, remedy, rule } = hardwareWarnings[what.warning]
  const command = commandOf(source, seq, instance)
  return {
    id: what.warning,
    seq,
    title,
    error: null,
    asked: (command && words.askedBy(command)) ?? { sentence: 'No command came before it.', seq: null },
    happened: [{ sentence, seq }],
    values: [compared('timing', expected, got)],
    picture: null,
    rule: words.ruleOf(rule),
    remedies: [{ sentence: remedy, commands: [] }],
    chain: source
      .causes(seq)
      .map((event) => event.seq)
      .toReversed(),
    parts: ['at']
  }
}

/** Returns the command whose response was being sent, or the last one. */
function commandOf(source: EventSource, seq: number, instance: number | null): TimelineEvent | null {
  for (const event of source.backwards(['command'], seq - LOOK_BACK_EVENTS, seq))
    if (event.instance === instance) return event
  return null
}

/** In online mode: a +++ without guard time was received and sent as data. */
export function questionOfEscape(snapshot: Snapshot, source: EventSource | null): PresentQuestion | null {
  const data = snapshot.charts.find(({ id }) => id === 'data')
  if (!source || data?.state !== 'online' || !data.last) return null
  for (const { what } of source.backwards(['warning'], data.last.seq, source.nextSeq)) {
    if (what.kind !== 'warning' || what.warning !== 'escape-without-guard') continue
    const { sentence, expected, got, remedy } = hardwareWarnings[what.warning]
    return {
      id: what.warning,
      title: 'Why did +++ not end online mode?',
      answer: [sentence, 'Everything that follows in the same burst is data too, even a command.'],
      values: [compared('+++', expected, got)],
      picture: null,
      remedies: [{ sentence: remedy, commands: [], entry: '+++' }],
      parts: ['at']
    }
  }
  return null
}

/** An incomplete line without CR: asked at once if it has an LF, else after PATIENCE_MS. */
export function questionOfLine(snapshot: Snapshot, source: EventSource | null): PresentQuestion | null {
  const half = source && halfLine(snapshot, source)
  if (!half) return null
  const { bytes, hasLineFeed, instance } = half
  const many = bytes === 1 ? '1 byte waits' : `${bytes} bytes wait`
  return {
    id: 'line-without-cr',
    title: 'Why does the module not answer?',
    answer: [
      hasLineFeed ? `${many} for a CR; LF does not end a line.` : `${many} for a CR (0x0D), which ends a line.`,
      'Set the terminal program to send CR, or CR LF, for Enter. picocom, minicom, tio, screen and PuTTY do so by default; a serial monitor has a setting for line ends.',
      "In a program, write the CR: b'AT\\r' with pyserial, printf 'AT\\r' in a shell. echo sends only LF."
    ],
    values: [compared('end of the line', 'CR (0x0D)', hasLineFeed ? 'LF (0x0A)' : 'not yet')],
    picture: null,
    remedies: [
      { sentence: 'Send the CR now.', commands: [], entry: '\r', ...(instance === 0 ? {} : { instances: [instance] }) }
    ],
    parts: ['at']
  }
}

interface HalfLine {
  readonly bytes: number
  readonly hasLineFeed: boolean
  readonly instance: number
}

/** Returns the incomplete line on the instance with the latest input, or `null`. */
function halfLine(snapshot: Snapshot, source: EventSource): HalfLine | null {
  if (stateOf(snapshot, 'data') !== 'command') return null
  let instance: number | null = null
  let text = ''
  for (const { what, instance: of, moduleMs } of source.backwards(
    ['bytes', 'line', 'port', 'transition'],
    source.nextSeq - LOOK_BACK_EVENTS,
    source.nextSeq
  )) {
    if (what.kind === 'transition' && what.chart === 'power') break
    if (instance !== null && of !== instance) continue
    if (what.kind === 'line' || (what.kind === 'port' && what.act?.name === 'client')) break
    if (what.kind !== 'bytes' || what.direction !== 'tx') continue
    if (what.data || what.bytes.includes(CR) || text.length > LONGEST_LINE) break
    if (instance === null && !what.bytes.includes(LF) && snapshot.moduleMs - moduleMs < PATIENCE_MS) return null
    instance = of ?? 0
    text = String.fromCharCode(...what.bytes.subarray(0, LONGEST_LINE)) + text
  }
  const from = text.search(/AT|at/)
  return instance === null || from < 0
    ? null
    : { bytes: text.length - from, hasLineFeed: text.includes('\n', from), instance }
}

const CR = 0x0d
const LF = 0x0a
/** A person may still be typing. */
const PATIENCE_MS = 2_000
const LOOK_BACK_EVENTS = 400
/** Longer than any command line. */
const LONGEST_LINE = 1_000
