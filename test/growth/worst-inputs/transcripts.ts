import { withAuthority } from '../../../src/main/check/authority-swap.ts'
import { playTranscript } from '../../../src/main/check/player.ts'
import { SecretBook } from '../../../src/main/check/secret-book.ts'
import { MAX_HOST_LINE_BYTES, parseTranscript } from '../../../src/main/timeline/transcript/parser.ts'
import type { WorstInputs } from './worst-input.ts'

/**
 * Transcripts that take longest for their size, by name. `n` is the number of lines, or of parts in one line. All have
 * the same time, so that pauses play no role.
 */
const worstTranscripts: Readonly<Record<string, (n: number) => string>> = {
  'AT at one time': (n) => transcript(times(n, () => host('AT\\r'))),
  'AT and its answer at one time': (n) =>
    transcript(times(n, () => `${host('AT\\r')}${answer('AT\\r\\r\\nOK\\r\\n')}`)),
  'all commands, then all answers': (n) =>
    transcript(times(n, () => host('AT\\r')) + times(n, () => answer('AT\\r\\r\\nOK\\r\\n'))),
  'answers that lag behind by more each time': (n) =>
    transcript(times(n, (at) => `${host('AT\\r')}${answer(echoOf[at % echoOf.length]!)}`)),
  'answers of which the last character never comes': (n) =>
    transcript(times(n, () => `${host('AT\\r')}${answer('AT\\r\\r\\nOK\\r\\n1')}`)),
  'one long line': (n) => transcript(host('AT\\r'.repeat(n))),
  'one line in continued pieces': (n) => transcript(`${host('AT')}${times(n, () => `${CONTINUED}\\x20\\r`)}`),
  'answers that nobody gave': (n) => transcript(times(n, () => answer('1.2.3.'))),
  'acts at one time': (n) =>
    transcript(times(n, (at) => `${STAMP} - ! lines {"instance":0,"rts":${at % 2 === 0},"dtr":true}`))
}

/** For transcripts with a single line: bytes that each of the `n` parts adds to it. */
const bytesOfOneLine: Readonly<Record<string, number>> = { 'one long line': 3, 'one line in continued pieces': 2 }

/** Parses them and replaces the authority, without playing, which takes longer and would hide faster growth. */
export const transcriptTexts: WorstInputs = {
  parser: 'transcripts, read',
  inputs: Object.entries(worstTranscripts).map(([shape, textOf]) => ({
    shape,
    n: 8000,
    ...(shape in bytesOfOneLine ? { most: MAX_HOST_LINE_BYTES / bytesOfOneLine[shape]! - 1 } : {}),
    make: (n) => {
      const text = textOf(n)
      return {
        bytes: text.length,
        run: () => {
          const { head, entries } = parseTranscript(text)
          withAuthority(entries, head.authority, Buffer.alloc(AUTHORITY_BYTES, 'y'), () => {})
        }
      }
    }
  }))
}

/** Parses and plays them. */
export const transcripts: WorstInputs = {
  parser: 'transcripts, played',
  inputs: Object.entries(worstTranscripts).map(([shape, textOf]) => ({
    shape,
    n: 400,
    // Making the lab takes longer than a few lines.
    isLimited: true,
    make: (n) => {
      const text = textOf(n)
      return {
        bytes: text.length,
        run: async () => void (await playTranscript(parseTranscript(text), { seed: 1, secrets: new SecretBook([]) }))
      }
    }
  }))
}

const STAMP = '     30.000'
const CONTINUED = '               + '
const host = (text: string): string => `${STAMP} 0 > ${text}\n`
const answer = (text: string): string => `${STAMP} 0 < ${text}\n`
const echoOf = ['A', 'T', '\\r', '\\r', '\\n', 'O', 'K', '\\r', '\\n']

function times(n: number, one: (at: number) => string): string {
  return Array.from({ length: n }, (_, at) => one(at))
    .map((line) => (line.endsWith('\n') ? line : `${line}\n`))
    .join('')
}

/** Returns a transcript with an authority of the right length, which is searched for in everything typed. */
function transcript(body: string): string {
  const head = [
    'telit-sim transcript 1',
    'product: HE910',
    'software: 12.00.xx5',
    'instances: 1',
    'seed: 1',
    'speed: 1',
    'latency: none',
    'state: fresh',
    'began: 2026-01-01T00:00:00.000Z',
    'lab tls: 123.124.125.126:443',
    `lab authority: ${Buffer.alloc(AUTHORITY_BYTES, 'x').toString('base64')}`
  ]
  const lines = `      0.000 - ! key {"key":"on"}\n${body}`
  const count = lines.split('\n').filter((line) => line !== '' && !line.startsWith(CONTINUED)).length
  return `${head.join('\n')}\n\n${lines}end: ${count} lines\n`
}

/** Length of the lab's authority, whose names and keys always have the same length. */
const AUTHORITY_BYTES = 786
