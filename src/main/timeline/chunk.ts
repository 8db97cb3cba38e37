import type { TimelineEvent, TimelineFact, TimelineKind } from '../../shared/timeline/events.ts'
import { timelineKinds } from '../../shared/timeline/kinds.ts'
import { readFact, type FactWriter } from './fact-codec.ts'
import { readFurtherCauses, type FurtherCause } from './further-causes.ts'

/**
 * Consecutive events in one slab of memory, which a worker may read too. Facts grow from its start, records of 48 bytes
 * from its end. In a record only the links change, so that a reader of the events before `nextSeq` needs no lock.
 *
 *   0  module time   8  wall time   16  cause   20  root   24  first effect   28  last effect   32  next of the same cause
 *   36  place of the fact (24 bits), kind (5 bits), instance (3 bits)
 *   40  newest event that has this one among its further causes   44  length of the list of further causes
 *
 * Links are distances in events, so that 32 bits are enough for a timeline of any age; 0 is none. The list of further
 * causes follows the fact, see `further-causes.ts`.
 */
export class Chunk {
  private readonly times: Float64Array
  private readonly numbers: Uint32Array
  private readonly facts: Uint8Array
  private usedBytes = 0

  constructor(
    readonly slab: SharedArrayBuffer,
    readonly firstSeq: number,
    /** One more than the last event's `seq`. */
    public nextSeq = firstSeq
  ) {
    this.times = new Float64Array(slab)
    this.numbers = new Uint32Array(slab)
    this.facts = new Uint8Array(slab)
  }

  /** Free bytes between the facts and the records. */
  get leftBytes(): number {
    return this.slab.byteLength - this.usedBytes - (this.nextSeq - this.firstSeq) * RECORD_BYTES
  }

  hasRoom(factBytes: number): boolean {
    return factBytes + RECORD_BYTES <= this.leftBytes && this.usedBytes <= FARTHEST_FACT
  }

  /**
   * Writes the next event's fact to its place. Returns its length, or `null` when it may not fit with `moreBytes` after
   * it. Call `append` next.
   */
  write(writer: FactWriter, fact: TimelineFact, moreBytes: number): number | null {
    if (this.usedBytes > FARTHEST_FACT) return null
    const end = this.usedBytes + this.leftBytes - RECORD_BYTES - moreBytes
    return writer.writeInto(this.facts, this.usedBytes, end, fact)
  }

  /**
   * Adds the next event, whose fact of `factBytes` bytes is written already. There must be room for `further`, its list
   * of further causes.
   */
  append(moduleMs: number, wallMs: number, tag: number, factBytes: number, further: Uint8Array): void {
    const seq = this.nextSeq++
    const at = this.wordOf(seq)
    this.times[at >> 1] = moduleMs
    this.times[(at >> 1) + 1] = wallMs
    // Slabs are used again, so the memory has the links of other events.
    for (let link = CAUSE; link < PLACE; link++) this.numbers[at + link] = 0
    this.numbers[at + PLACE] = (this.usedBytes | (tag << 24)) >>> 0
    this.numbers[at + NEWEST_FURTHER_EFFECT] = 0
    this.numbers[at + FURTHER_BYTES] = further.length
    if (further.length > 0) this.facts.set(further, this.usedBytes + factBytes)
    this.usedBytes += factBytes + further.length
  }

  /** Copies the next event's fact to its place. There must be room. Call `append` next. */
  place(fact: Uint8Array): void {
    this.facts.set(fact, this.usedBytes)
  }

  moduleMs(seq: number): number {
    return this.times[this.wordOf(seq) >> 1]!
  }

  wallMs(seq: number): number {
    return this.times[(this.wordOf(seq) >> 1) + 1]!
  }

  /** Returns a distance to another event: `CAUSE` and `ROOT` backwards, the others forwards. */
  link(seq: number, which: Link): number {
    return this.numbers[this.wordOf(seq) + which]!
  }

  setLink(seq: number, which: Link, distance: number): void {
    this.numbers[this.wordOf(seq) + which] = distance
  }

  /** Returns kind and instance in a byte; see `tagOf`. */
  tag(seq: number): number {
    return this.numbers[this.wordOf(seq) + PLACE]! >>> 24
  }

  /** Returns the further causes; none for most events. */
  furtherCauses(seq: number): readonly FurtherCause[] {
    const length = this.numbers[this.wordOf(seq) + FURTHER_BYTES]!
    if (length === 0) return NO_CAUSES
    const end = this.placeOf(seq) + this.factBytes(seq)
    return readFurtherCauses(this.facts.subarray(end - length, end), seq)
  }

  /** Returns the length of the encoded fact together with the list of further causes. */
  factBytes(seq: number): number {
    return (seq + 1 < this.nextSeq ? this.placeOf(seq + 1) : this.usedBytes) - this.placeOf(seq)
  }

  fact(seq: number, words: readonly string[]): TimelineFact {
    return readFact(this.facts, this.placeOf(seq), words) as TimelineFact
  }

  event(seq: number, words: readonly string[]): TimelineEvent {
    const back = this.link(seq, CAUSE)
    const further = this.furtherCauses(seq)
    return {
      seq,
      moduleMs: this.moduleMs(seq),
      wallMs: this.wallMs(seq),
      cause: back === 0 ? null : seq - back,
      ...(further.length > 0 ? { furtherCauses: further.map(({ cause }) => cause) } : {}),
      instance: instanceOf(this.tag(seq)),
      what: this.fact(seq, words)
    }
  }

  private placeOf(seq: number): number {
    return this.numbers[this.wordOf(seq) + PLACE]! & FARTHEST_FACT
  }

  /** Returns the index of the record's first 32-bit number. */
  private wordOf(seq: number): number {
    return this.numbers.length - (seq - this.firstSeq + 1) * RECORD_WORDS
  }
}

/** Links of a record, as the index of their number in it. */
export const CAUSE = 4
export const ROOT = 5
export const FIRST_EFFECT = 6
export const LAST_EFFECT = 7
export const NEXT_SIBLING = 8
const PLACE = 9
export const NEWEST_FURTHER_EFFECT = 10
const FURTHER_BYTES = 11
export type Link =
  | typeof CAUSE
  | typeof ROOT
  | typeof FIRST_EFFECT
  | typeof LAST_EFFECT
  | typeof NEXT_SIBLING
  | typeof NEWEST_FURTHER_EFFECT

const NO_CAUSES: readonly FurtherCause[] = []

export const RECORD_BYTES = 48
const RECORD_WORDS = RECORD_BYTES / 4
/** The largest offset that fits in 24 bits. */
const FARTHEST_FACT = 0xff_ffff

/** Returns kind and AT instance in a byte: 5 bits and 3. */
export function tagOf(kind: TimelineKind, instance: number | null): number {
  return kindNumbers.get(kind)! | ((instance === null ? 0 : (instance & 3) + 1) << 5)
}

export function instanceOf(tag: number): number | null {
  return tag >> 5 === 0 ? null : (tag >> 5) - 1
}

export function kindOf(tag: number): TimelineKind {
  return timelineKinds[tag & 31]!
}

/** Returns a filter by kind and instance: 1 for each wanted tag, or `null` when all are wanted. */
export function wantedTags(
  kinds: readonly TimelineKind[] | undefined,
  instances: readonly (number | null)[] | undefined
): Uint8Array | null {
  if (!kinds && !instances) return null
  const wanted = new Uint8Array(256)
  for (const kind of kinds ?? timelineKinds)
    for (const instance of instances ?? [null, 0, 1, 2, 3]) wanted[tagOf(kind, instance)] = 1
  return wanted
}

const kindNumbers: ReadonlyMap<TimelineKind, number> = new Map(timelineKinds.map((kind, number) => [kind, number]))
