import { readFileSync, readdirSync } from 'node:fs'

/**
 * A seeded fuzzer of byte strings. The cases are the same in every run, so that a failure can be found by its number.
 * Cases are mutated entries of a corpus, because pure noise never gets past the first length field.
 */
export interface FuzzRun {
  readonly name: string
  readonly corpus: readonly Uint8Array[]
  readonly cases: number
  readonly seed: number
  /** Throws when the code under test did something wrong. `random` belongs to the case. */
  judge(bytes: Buffer, random: FuzzRandom): void
}

/** Limit of processor time for one case: what takes longer hangs, on any machine. */
const MAX_CASE_MS = 2000

/** Runs all cases. Throws a failing one with its number and bytes. */
export function fuzz({ name, corpus, cases, seed, judge }: FuzzRun): void {
  for (let number = 0; number < cases; number++) {
    const random = new FuzzRandom(seed * 1_000_003 + number)
    const bytes = mutated(corpus, random)
    const started = process.cpuUsage()
    try {
      judge(bytes, random)
    } catch (error) {
      throw new Error(`${name}, case ${number} of seed ${seed}: ${String(error)}\n${bytes.toString('hex')}`, {
        cause: error
      })
    }
    const { user, system } = process.cpuUsage(started)
    const tookMs = (user + system) / 1000
    if (tookMs <= MAX_CASE_MS) continue
    throw new Error(`${name}, case ${number} of seed ${seed} took ${Math.round(tookMs)} ms\n${bytes.toString('hex')}`)
  }
}

/** Returns the files of a folder of `corpus/`; `.hex` files are decoded. */
export function corpusOf(folder: string): Buffer[] {
  const url = new URL(`corpus/${folder}/`, import.meta.url)
  return readdirSync(url)
    .sort()
    .map((file) => {
      const bytes = readFileSync(new URL(file, url))
      return file.endsWith('.hex') ? Buffer.from(bytes.toString('latin1').replace(/\s/g, ''), 'hex') : bytes
    })
}

/** Mulberry32: small, fast, and good enough to choose mutations. */
export class FuzzRandom {
  private state: number

  constructor(seed: number) {
    this.state = seed | 0
  }

  /** Returns a number from 0 up to, but excluding, `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit)
  }

  oneOf<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }
}

/** Values at which lengths, tags and signs change their meaning. */
const INTERESTING = [0x00, 0x01, 0x02, 0x03, 0x0a, 0x0d, 0x1f, 0x20, 0x30, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xfe, 0xff]
const MAX_MUTATIONS = 4

function mutated(corpus: readonly Uint8Array[], random: FuzzRandom): Buffer {
  let bytes = Buffer.from(random.oneOf(corpus))
  // Sometimes the entry without a change: valid input belongs to the run.
  for (let left = random.below(MAX_MUTATIONS + 1); left > 0; left--) bytes = mutate(bytes, corpus, random)
  return bytes
}

function mutate(bytes: Buffer<ArrayBuffer>, corpus: readonly Uint8Array[], random: FuzzRandom): Buffer<ArrayBuffer> {
  const at = random.below(bytes.length + 1)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  const length = 1 + random.below(random.below(8) === 0 ? 400 : 6)
  switch (random.below(9)) {
    case 0:
      return Buffer.concat([before, Buffer.of(random.oneOf(INTERESTING)), after.subarray(1)])
    case 1:
      return Buffer.concat([before, Buffer.of(random.below(256)), after.subarray(1)])
    case 2:
      if (after.length > 0) after[0]! ^= 1 << random.below(8)
      return bytes
    case 3:
      return Buffer.concat([before, after.subarray(length)])
    case 4:
      return Buffer.concat([before, after.subarray(0, length), after])
    case 5:
      return Buffer.concat([before, Buffer.from(Array.from({ length }, () => random.below(256))), after])
    case 6:
      return Buffer.from(before)
    case 7: {
      // The end of another entry.
      const other = random.oneOf(corpus)
      return Buffer.concat([before, other.subarray(random.below(other.length + 1))])
    }
    default:
      // A length that is slightly wrong.
      if (after.length > 0) after[0] = after[0]! + random.oneOf([-2, -1, 1, 2])
      return bytes
  }
}
