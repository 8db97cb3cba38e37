/** @module The timeline: stores every event with its cause within a budget of bytes, and searches them in a thread. */

import type { EventPage, EventQuery } from '../../shared/api/api.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import type { TimelineEvent, TimelineFact, TimelineKind, TimelineReporter } from '../../shared/timeline/events.ts'
import type { EventSource } from '../../shared/timeline/source.ts'
import { causesOf, effectsOf, type CauseLinks } from './cause-walks.ts'
import {
  CAUSE,
  Chunk,
  FIRST_EFFECT,
  kindOf,
  LAST_EFFECT,
  NEWEST_FURTHER_EFFECT,
  NEXT_SIBLING,
  RECORD_BYTES,
  ROOT,
  tagOf
} from './chunk.ts'
import { FactWriter } from './fact-codec.ts'
import { knownCause, tidyCauses, writeFurtherCauses } from './further-causes.ts'
import { SlabPool } from './slab-pool.ts'
import { Subscribers, type Listener } from './subscribers.ts'

/**
 * All events in order, within a budget of bytes. Dropped events are counted. Appending writes into existing memory and
 * never waits: searches run elsewhere, and subscribers run later, except when a batch is full.
 */
export class TimelineStore implements TimelineReporter, EventSource {
  private readonly chunks: Chunk[] = []
  private readonly pool = new SlabPool()
  private readonly writer = new FactWriter()
  private readonly subscribers = new Subscribers()
  private first = 0
  private next = 0
  private usedBytes = 0
  /** A chunk whose slab a worker is reading. It is not used again before `release`. */
  private held: Chunk | null = null
  private heldIsGone = false
  private onSealed: (() => void) | null = null
  private readonly links: CauseLinks = {
    link: (seq, which) => this.chunkOf(seq)?.link(seq, which) ?? 0,
    furtherCauses: (seq) => this.chunkOf(seq)?.furtherCauses(seq) ?? [],
    isKept: (seq) => seq >= this.first
  }

  constructor(
    private readonly clock: Clock,
    private readonly budgetBytes = DEFAULT_BUDGET_BYTES
  ) {}

  get firstSeq(): number {
    return this.first
  }

  get nextSeq(): number {
    return this.next
  }

  /** Returns how many events were dropped. */
  get dropped(): number {
    return this.first
  }

  /** Returns the texts that facts refer to by number. The list only grows at its end. */
  get words(): readonly string[] {
    return this.writer.words
  }

  report(
    what: TimelineFact,
    cause: number | null = null,
    instance: number | null = null,
    furtherCauses: readonly number[] = NONE
  ): number {
    const seq = this.next++
    // Most bursts are one event: a record, or a line, names it twice.
    const isAlone = furtherCauses.length === 0 || (furtherCauses.length === 1 && furtherCauses[0] === cause)
    const causes = isAlone ? NONE_FURTHER : tidyCauses(seq, cause, furtherCauses)
    const first = causes === NONE_FURTHER ? knownCause(seq, cause) : causes.cause
    const further = causes.further.length === 0 ? NO_BYTES : this.linkFurther(seq, causes.further)
    const { chunk, factBytes } = this.written(seq, what, further.length)
    const moduleMs = this.clock.nowMs()
    const wallMs = this.clock.worldMs()
    chunk.append(moduleMs, wallMs, tagOf(what.kind, instance), factBytes, further)
    if (first !== null) this.join(chunk, seq, first)
    this.usedBytes += costBytes(factBytes + further.length)
    if (this.usedBytes > this.budgetBytes) this.dropOldest()
    if (this.subscribers.any)
      this.subscribers.add({
        seq,
        moduleMs,
        wallMs,
        cause: first,
        ...(causes.further.length > 0 ? { furtherCauses: causes.further } : {}),
        instance,
        what
      })
    return seq
  }

  query({ fromSeq, limit }: EventQuery): EventPage {
    const events: TimelineEvent[] = []
    const start = Math.max(fromSeq, this.first)
    const end = Math.min(start + limit, this.next)
    for (let seq = start; seq < end; seq++) events.push(this.at(seq)!)
    return { events, firstSeq: this.first, nextSeq: this.next, dropped: this.dropped }
  }

  at(seq: number): TimelineEvent | null {
    return this.chunkOf(seq)?.event(seq, this.writer.words) ?? null
  }

  *range(fromSeq: number, toSeq: number): Iterable<TimelineEvent> {
    // Checked for each event: while the reader works, events may be added and dropped.
    for (
      let seq = Math.max(fromSeq, this.first);
      seq < Math.min(toSeq, this.next);
      seq = Math.max(seq + 1, this.first)
    ) {
      const event = this.at(seq)
      if (event) yield event
    }
  }

  *backwards(kinds: readonly TimelineKind[], fromSeq: number, toSeq: number): Iterable<TimelineEvent> {
    for (let seq = Math.min(toSeq, this.next) - 1; seq >= Math.max(fromSeq, this.first); seq--) {
      const chunk = this.chunkOf(seq)
      if (chunk && kinds.includes(kindOf(chunk.tag(seq)))) yield chunk.event(seq, this.writer.words)
    }
  }

  causes(seq: number): TimelineEvent[] {
    return this.ancestors(seq).map((one) => this.at(one)!)
  }

  effects(seq: number, limit: number): TimelineEvent[] {
    return effectsOf(seq, limit, this.links).map((one) => this.at(one)!)
  }

  /**
   * Returns the event's `seq` and those of all its causes that are kept, newest first; empty when the event itself is
   * not kept.
   */
  ancestors(seq: number): number[] {
    return this.chunkOf(seq) ? causesOf(seq, this.links) : []
  }

  /**
   * Returns the `seq` of the root of the tree of causes, which may have been dropped; `null` when the event is not
   * kept.
   */
  rootOf(seq: number): number | null {
    const chunk = this.chunkOf(seq)
    return chunk ? seq - chunk.link(seq, ROOT) : null
  }

  /** Passes later events to the listener in batches, once per turn of the event loop. */
  subscribe(listener: Listener): () => void {
    return this.subscribers.subscribe(listener)
  }

  /** Passes on at once what is gathered, for example before an export is closed. */
  flush(): void {
    this.subscribers.flush()
  }

  /**
   * Returns the chunk with this event for a reader in another thread. Its memory does not change until `release`. One
   * at a time.
   */
  hold(seq: number): Chunk | null {
    this.release()
    this.held = this.chunkOf(seq)
    return this.held
  }

  release(): void {
    if (this.held && this.heldIsGone) this.pool.give(this.held.slab)
    this.held = null
    this.heldIsGone = false
  }

  /** Calls back when a chunk is full and the next one has begun. */
  whenSealed(callback: () => void): void {
    this.onSealed = callback
  }

  /** Writes a fact to its final place, with room for `moreBytes` after it. */
  private written(
    seq: number,
    what: TimelineFact,
    moreBytes: number
  ): { readonly chunk: Chunk; readonly factBytes: number } {
    const last = this.chunks.at(-1)
    const inLast = last?.write(this.writer, what, moreBytes) ?? null
    if (last && inLast !== null) return { chunk: last, factBytes: inLast }
    const fact = this.writer.write(what)
    const chunk = this.chunkFor(seq, fact.length + moreBytes)
    chunk.place(fact)
    return { chunk, factBytes: fact.length }
  }

  /** Makes the event the newest effect of each further cause. Returns the list that follows its fact. */
  private linkFurther(seq: number, causes: readonly number[]): Uint8Array {
    const list = causes.map((cause) => {
      const home = this.chunkOf(cause)
      const newest = home?.link(cause, NEWEST_FURTHER_EFFECT) ?? 0
      home?.setLink(cause, NEWEST_FURTHER_EFFECT, seq - cause)
      return { cause, olderEffect: newest === 0 ? null : cause + newest }
    })
    return writeFurtherCauses(list, seq)
  }

  private chunkFor(seq: number, factBytes: number): Chunk {
    const last = this.chunks.at(-1)
    if (last?.hasRoom(factBytes)) return last
    // The rest of a slab cannot be used, but it is memory too.
    if (last) this.usedBytes += last.leftBytes
    const chunk = new Chunk(this.pool.take(factBytes + RECORD_BYTES), seq)
    this.chunks.push(chunk)
    if (last) this.onSealed?.()
    return chunk
  }

  private chunkOf(seq: number): Chunk | null {
    if (!(seq >= this.first && seq < this.next) || !Number.isInteger(seq)) return null
    const { chunks } = this
    const last = chunks.at(-1)!
    if (seq >= last.firstSeq) return last
    let low = 0
    let high = chunks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (chunks[middle]!.firstSeq <= seq) low = middle
      else high = middle - 1
    }
    return chunks[low]!
  }

  /** Makes the event the last effect of its cause. */
  private join(chunk: Chunk, seq: number, cause: number): void {
    chunk.setLink(seq, CAUSE, seq - cause)
    const home = cause >= chunk.firstSeq ? chunk : this.chunkOf(cause)
    if (!home) return chunk.setLink(seq, ROOT, seq - cause)
    chunk.setLink(seq, ROOT, seq - cause + home.link(cause, ROOT))
    const last = home.link(cause, LAST_EFFECT)
    if (last === 0) home.setLink(cause, FIRST_EFFECT, seq - cause)
    else {
      const sibling = cause + last
      const beside = sibling >= chunk.firstSeq ? chunk : this.chunkOf(sibling)
      beside?.setLink(sibling, NEXT_SIBLING, seq - sibling)
    }
    home.setLink(cause, LAST_EFFECT, seq - cause)
  }

  /** Drops the oldest events until the budget is kept. The newest event stays, whatever its size. */
  private dropOldest(): void {
    while (this.usedBytes > this.budgetBytes && this.first < this.next - 1) {
      const oldest = this.chunks[0]!
      this.usedBytes -= costBytes(oldest.factBytes(this.first))
      this.first += 1
      if (this.first === oldest.nextSeq) this.dropChunk(oldest)
    }
  }

  private dropChunk(chunk: Chunk): void {
    this.chunks.shift()
    this.usedBytes -= chunk.leftBytes
    if (chunk === this.held) this.heldIsGone = true
    else this.pool.give(chunk.slab)
  }
}

const NONE: readonly number[] = []
/** Shared by nearly all events, so that none is made for each. */
const NONE_FURTHER = { cause: null, further: NONE }
const NO_BYTES = new Uint8Array(0)

/** Enough for a million usual events, and a bound for a long run. */
export const DEFAULT_BUDGET_BYTES = 256 * 1024 * 1024

/** Estimates from above what an event takes: its record, its fact, and its line in the text of searches. */
function costBytes(factBytes: number): number {
  return RECORD_BYTES + factBytes + LINE_OVERHEAD_BYTES + Math.min(factBytes, LONGEST_LINE_BYTES)
}

/** Place and length of a line, the name of its kind, and words that the fact encodes in fewer bytes. */
const LINE_OVERHEAD_BYTES = 40
/** A line shows only the start of a long burst, with control characters by name. */
const LONGEST_LINE_BYTES = 320
