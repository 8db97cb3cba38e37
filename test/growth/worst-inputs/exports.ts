import { exportMakers } from '../../../src/main/timeline/exports/formats.ts'
import type { TranscriptHead } from '../../../src/main/timeline/transcript/format.ts'
import type { TimelineEvent, TimelineFact } from '../../../src/shared/timeline/events.ts'
import { latin1, type PreparedInput, type WorstInputs } from './worst-input.ts'

const head: TranscriptHead = {
  product: 'HE910',
  software: '12.00.xx5',
  instances: 1,
  seed: 1,
  speed: 1,
  latency: 'none',
  state: 'fresh',
  beganMs: 0,
  lab: [],
  switches: {},
  authority: null
}

/** Writes facts like a file that grows while the simulator runs. */
function written(bytes: number, facts: readonly TimelineFact[]): PreparedInput {
  const events = facts.map((what, seq): TimelineEvent => ({
    seq,
    moduleMs: seq,
    wallMs: seq,
    cause: null,
    instance: 0,
    what
  }))
  return {
    bytes,
    run: () => {
      for (const format of ['transcript', 'pcapng'] as const) {
        const exporter = exportMakers[format].make({ lookUp: (seq) => events[seq] ?? null, transcriptHead: () => head })
        exporter.begin()
        for (const event of events) exporter.add(event)
        exporter.end()
      }
    }
  }
}

type Bytes = Extract<TimelineFact, { kind: 'bytes' }>
const bytes = (text: string, more: Partial<Bytes> = {}): Bytes => ({
  kind: 'bytes',
  direction: 'tx',
  bytes: latin1(text),
  data: false,
  ...more
})
const many = (n: number, ...facts: readonly TimelineFact[]): TimelineFact[] =>
  Array.from({ length: n }, (_, at) => facts[at % facts.length]!)

export const recordings: WorstInputs = {
  parser: 'what is recorded',
  inputs: [
    { shape: 'bytes one at a time', n: 3000, make: (n) => written(n, many(n, bytes('a'))) },
    {
      shape: 'a byte and its echo in turn',
      n: 3000,
      make: (n) => written(n, many(n, bytes('a'), bytes('a', { direction: 'rx' })))
    },
    {
      shape: 'data of one byte from the module',
      n: 3000,
      make: (n) => written(n, many(n, bytes('a', { direction: 'rx', data: true })))
    },
    { shape: 'data of one byte from the host', n: 3000, make: (n) => written(n, many(n, bytes('a', { data: true }))) },
    { shape: 'one long piece that is not printable', n: 100_000, make: (n) => written(n, [bytes('\x00'.repeat(n))]) },
    { shape: 'one long piece of backslashes', n: 100_000, make: (n) => written(n, [bytes('\\<'.repeat(n / 2))]) },
    { shape: 'one long piece of line ends', n: 100_000, make: (n) => written(n, [bytes('\r\n'.repeat(n / 2))]) },
    {
      shape: 'a secret that goes on, byte by byte',
      n: 3000,
      make: (n) => written(n, many(n, bytes('*', { secrets: [{ offset: 0, length: 1, name: 'pin', end: null }] })))
    },
    {
      shape: 'a secret that goes on while each byte is echoed',
      n: 3000,
      make: (n) =>
        written(
          n,
          many(
            n,
            bytes('*', { secrets: [{ offset: 0, length: 1, name: 'pin', end: null }] }),
            bytes('a', { direction: 'rx' })
          )
        )
    },
    { shape: 'notes', n: 5000, make: (n) => written(n, many(n, { kind: 'note', sentence: 'A note.' })) }
  ]
}
