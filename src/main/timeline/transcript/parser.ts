import { labFarEndIds } from '../../../shared/lab/lab.ts'
import { plainServerIds } from '../../../shared/lab/plain.ts'
import { changedSettings, parseSwitch, UnknownSwitch, type SwitchSettings } from '../../../shared/products/switches.ts'
import {
  FIRST_LINE,
  FORMAT_VERSION,
  readPieces,
  TranscriptError,
  type LabPlace,
  type Transcript,
  type TranscriptEntry,
  type TranscriptHead
} from './format.ts'

/** Returns the transcript in a text. Throws a TranscriptError. */
export function parseTranscript(text: string): Transcript {
  // An editor may have changed the line ends. A typed CR is written as \r.
  const lines = text.split(/\r?\n/)
  checkFirst(lines[0] ?? '')
  const headEnd = lines.indexOf('')
  const head = readHead(lines.slice(1, headEnd < 0 ? undefined : headEnd))
  const entries: TranscriptEntry[] = []
  if (headEnd < 0) throw torn(lines.length)
  for (let at = headEnd + 1; at < lines.length; at += 1) {
    const line = lines[at]!
    if (line.startsWith('end: ')) return { head, entries: checkEnd(line, at + 1, entries, lines.slice(at + 1)) }
    if (line === '' && at === lines.length - 1) break
    let body = line
    let goesOn = at + 1
    for (; lines[goesOn]?.startsWith(CONTINUED); goesOn += 1) body += lines[goesOn]!.slice(CONTINUED.length)
    entries.push(readEntry(body, at + 1))
    at = goesOn - 1
  }
  throw torn(lines.length)
}

/** The beginning of a continuation line. */
export const CONTINUED = `${' '.repeat(15)}+ `

/**
 * Several times the most that an AT port delivers at once. The writer makes no longer lines, and each byte must be
 * typed.
 */
export const MAX_HOST_LINE_BYTES = 2 ** 20

function checkFirst(line: string): void {
  if (!line.startsWith(FIRST_LINE))
    throw new TranscriptError(`is no transcript: its first line is not "${FIRST_LINE}${FORMAT_VERSION}".`)
  const version = line.slice(FIRST_LINE.length)
  if (version !== String(FORMAT_VERSION))
    throw new TranscriptError(
      `is a transcript of version ${version.slice(0, 20)}, and this program reads version ${FORMAT_VERSION}.`
    )
}

function torn(line: number): TranscriptError {
  return new TranscriptError(`is torn: it ends with line ${line}, and the line "end: …" is missing.`)
}

function checkEnd(
  line: string,
  number: number,
  entries: readonly TranscriptEntry[],
  rest: readonly string[]
): readonly TranscriptEntry[] {
  const said = /^end: (\d+) lines$/.exec(line)
  if (!said) throw new TranscriptError(`is damaged in line ${number}: "end: N lines" was expected.`)
  if (Number(said[1]) !== entries.length)
    throw new TranscriptError(`is torn: line ${number} says ${said[1]} lines, and there are ${entries.length}.`)
  if (rest.join('') !== '') throw new TranscriptError(`is damaged: text follows its end in line ${number + 1}.`)
  return entries
}

function readHead(lines: readonly string[]): TranscriptHead {
  const values = new Map<string, string[]>()
  for (const [at, line] of lines.entries()) {
    const match = /^([a-z ]+): (.*)$/.exec(line)
    if (!match) throw new TranscriptError(`is damaged in line ${at + 2}: "name: value" was expected.`)
    const others = values.get(match[1]!)
    if (others) others.push(match[2]!)
    else values.set(match[1]!, [match[2]!])
  }
  const value = (name: string, format: RegExp): string => {
    const text = values.get(name)?.join('') ?? ''
    if (!format.test(text)) throw new TranscriptError(`is damaged: its head has no usable line "${name}: …".`)
    return text
  }
  const beganMs = Date.parse(value('began', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/))
  if (Number.isNaN(beganMs)) throw new TranscriptError('is damaged: the date in its line "began: …" is none.')
  const seed = value('seed', /^(none|\d{1,15})$/)
  const lab = [...labFarEndIds, ...plainServerIds].flatMap((service): LabPlace[] =>
    (values.get(`lab ${service}`) ?? []).map((place) => {
      const match = /^([A-Za-z0-9.-]+):(\d{1,5})$/.exec(place)
      if (!match || Number(match[2]) > 65_535)
        throw new TranscriptError(`is damaged: "lab ${service}: ${place.slice(0, 60)}" is no HOST:PORT.`)
      return { service, host: match[1]!, port: Number(match[2]) }
    })
  )
  return {
    product: value('product', /^.{1,40}$/),
    software: value('software', /^.{1,20}$/),
    instances: Number(value('instances', /^[123]$/)),
    seed: seed === 'none' ? null : Number(seed),
    speed: Number(value('speed', /^(?=.{1,10}$)\d+(\.\d+)?$/)),
    latency: value('latency', /^(none|real)$/) as TranscriptHead['latency'],
    switches: (values.get('switch') ?? []).reduce(withSwitch, {}),
    state: value('state', /^(fresh|kept)$/) as TranscriptHead['state'],
    beganMs,
    lab,
    authority: values.has('lab authority') ? value('lab authority', /^[A-Za-z0-9+/=]+$/) : null
  }
}

function withSwitch(settings: SwitchSettings, text: string): SwitchSettings {
  try {
    return changedSettings(settings, parseSwitch(text))
  } catch (error) {
    if (error instanceof UnknownSwitch) throw new TranscriptError(`is damaged in its head: ${error.message}`)
    throw error
  }
}

function readEntry(body: string, line: number): TranscriptEntry {
  const match = /^ *(\d{1,10}\.\d{1,6}) ([0-2-]) ([<>!]) (.*)$/.exec(body)
  const damaged = (expected: string): TranscriptError =>
    new TranscriptError(`is damaged in line ${line}: ${expected} was expected.`)
  if (!match) throw damaged('"SECONDS INSTANCE > TEXT"')
  const [, seconds, instance, direction, text] = match as unknown as [string, string, string, string, string]
  const atMs = Math.round(Number(seconds) * 1e6) / 1e3
  if (direction === '!') return { line, atMs, kind: 'act', ...readAct(text, damaged) }
  if (instance === '-') throw damaged('the number of an AT instance')
  const pieces = readPieces(text)
  if (!pieces) throw damaged('text with escapes like \\r and \\x1a')
  const typedBytes = pieces.reduce(
    (sum, piece) => sum + (piece.kind === 'text' ? piece.text.length : piece.lengthBytes),
    0
  )
  if (direction === '>' && pieces.every(({ kind }) => kind !== 'data') && typedBytes > MAX_HOST_LINE_BYTES)
    throw damaged(`no more than ${MAX_HOST_LINE_BYTES / 2 ** 20} MiB in one line`)
  return { line, atMs, kind: direction === '>' ? 'host' : 'module', instance: Number(instance), pieces }
}

function readAct(
  text: string,
  damaged: (expected: string) => TranscriptError
): { name: string; argument: Record<string, unknown> } {
  const match = /^([a-z-]+) (\{.*\})$/.exec(text)
  try {
    if (match) return { name: match[1]!, argument: JSON.parse(match[2]!) as Record<string, unknown> }
  } catch {
    // Reported below.
  }
  throw damaged('"NAME {…}"')
}
