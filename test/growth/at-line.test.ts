import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { playTranscript } from '../../src/main/check/player.ts'
import { SecretBook } from '../../src/main/check/secret-book.ts'
import { Redaction } from '../../src/main/module/at/redaction.ts'
import { parseTranscript } from '../../src/main/timeline/transcript/parser.ts'
import { TranscriptExporter } from '../../src/main/timeline/transcript/writer.ts'
import { Bench } from '../fixtures/bench.ts'
import { growthOf } from './growth-of.ts'
import { atLineShapes } from './worst-inputs/at-line.ts'

/** Eight times the input may take at most twice eight times as long. */
const MAX_RATIO = 16
/** As much as a port delivers at once. */
const CHUNK_BYTES = 4096

function typeIn(bench: Bench, bytes: Uint8Array, chunkBytes = CHUNK_BYTES): void {
  for (let at = 0; at < bytes.length; at += chunkBytes) bench.type(bytes.subarray(at, at + chunkBytes))
  bench.pass(100)
}

/** Eight times 2 kB take a minute of quadratic work, or some milliseconds of linear work. */
const N = 2048

describe('S-2: the cost of a byte does not depend on what was typed before', () => {
  it.each(atLineShapes)('S-2: on the command line: $name', async ({ bytes }) => {
    await expectLinear((n) => typeIn(new Bench(), bytes(n)), N)
  })

  it.each(atLineShapes)('S-2: in the scanners alone, byte by byte: $name', async ({ bytes }) => {
    const run = (n: number): void => {
      const redaction = new Redaction()
      for (const byte of bytes(n)) redaction.typed(Uint8Array.of(byte), 13, 8)
    }
    await expectLinear(run, N * 4)
  })

  it.each(atLineShapes)(
    'S-2: where a command is busy, at a prompt, online, and powered off: $name',
    async ({ bytes }) => {
      const run = (n: number): void => {
        const busy = new Bench()
        busy.type('AT+COPS=?\r')
        typeIn(busy, bytes(n))
        const prompt = new Bench().echo().readyToDial()
        prompt.at('AT#SSLSECCFG=1,0,0')
        prompt.at('AT#SSLD=1,443,"123.124.125.126",0,1')
        prompt.type('AT#SSLSEND=1\r')
        typeIn(prompt, bytes(n))
        typeIn(new Bench({ powered: false }), bytes(n))
      }
      await expectLinear(run, N)
    }
  )
})

describe('S-2: what reads a typed line afterwards', () => {
  /** Shapes that are long as one line, and those whose asterisks are kept until their end. */
  const shapes = atLineShapes.filter(({ name }) =>
    [
      'letters without CR',
      'a name that does not end',
      'a PIN that does not end',
      'a letter and BS',
      'CR',
      'a key in short lines'
    ].includes(name)
  )

  it.each(shapes)(
    'S-2: the transcript, its reader, and check: $name',
    async ({ bytes }) => {
      const run = async (n: number): Promise<void> => {
        const transcript = parseTranscript(transcriptOf(bytes(n)))
        await playTranscript(transcript, { seed: 1, secrets: new SecretBook([]) })
      }
      await expectLinear(run, N)
    },
    300_000
  )
})

describe('S-3: what is kept of a line does not grow with it', () => {
  it.each(['letters without CR', 'a PIN that does not end', 'a letter and BS', 'ESC'])(
    'S-3: 4 MB typed in command mode leave the heap as it was: %s',
    (wanted) => {
      const { bytes } = atLineShapes.find(({ name }) => name === wanted) ?? { bytes: () => new Uint8Array() }
      const bench = new Bench()
      const chunk = bytes(65_536)
      const type = (megabytes: number): void => {
        for (let at = 0; at < megabytes * 16; at += 1) bench.type(chunk)
      }
      type(1)
      const before = heapBytes()
      type(4)
      expect(heapBytes() - before).toBeLessThan(8 * 1024 * 1024)
    },
    300_000
  )
})

/**
 * The best of three counts: other work on the machine can spoil a measurement, but never makes quadratic work look
 * linear.
 */
async function expectLinear(run: (n: number) => Promise<void> | void, n: number): Promise<void> {
  let ratio = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < 3 && ratio > MAX_RATIO; attempt += 1)
    ratio = Math.min(ratio, (await growthOf(run, n)).ratio)
  expect(ratio).toBeLessThanOrEqual(MAX_RATIO)
}

/** Returns the memory in use after a garbage collection. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('The garbage collector cannot be called.')
  collect()
  return process.memoryUsage().heapUsed
}

function transcriptOf(bytes: Uint8Array): string {
  const bench = new Bench()
  typeIn(bench, bytes)
  const exporter = new TranscriptExporter({
    product: 'HE910',
    software: '12.00.xx5',
    instances: 1,
    seed: 1,
    speed: 1,
    latency: 'none',
    state: 'fresh',
    beganMs: Date.UTC(2026, 10, 23, 12),
    switches: {},
    lab: [],
    authority: null
  })
  const parts = [exporter.begin(), ...bench.events().map((event) => exporter.add(event)), exporter.end()]
  return Buffer.concat(parts.filter((one) => one !== null)).toString('latin1')
}
