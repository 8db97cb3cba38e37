/** @module The timeline: stores every event with its cause within a budget of bytes, and searches them in a thread. */

import type { EventPage, EventQuery } from '../../shared/api/api.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import type { TimelineEvent, TimelineFact, TimelineKind, TimelineReporter } from '../../shared/timeline/events.ts'
import type { EventSource } from '../../shared/timeline/source.ts'
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
import { causesOf, effectsOf, type CauseLinks } from './cause-walks.ts'
import { FactWriter } from './fact-codec.ts'
import { knownCause, tidyCauses, writeFurtherCauses } from './further-causes.ts'
import { SlabPool } from './slab-pool.ts'
import { Subscribers, type Listener } from './subscribers.ts'

/**
 * Everything that happened, in order, within a budget of bytes: what falls off the old end is counted and said.
 * Appending never waits: it writes into memory that is there, and neither searches nor subscribers run within it.
 */
export class TimelineStore implements TimelineReporter, EventSource {
  private readonly chunks: Chunk[] = []
  private readonly pool = new SlabPool()
  private readonly writer = new FactWriter()
  private readonly subscribers = new Subscribers()
  private first = 0
  private next = 0
  private usedBytes = 0
  /** A chunk whose slab a worker is reading: it is not used again before `release`. */
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

  /** Events that fell off. */
  get dropped(): number {
    return this.first
  }

  /** The texts that facts refer to by number; grows at its end only. */
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
    const causes = furtherCauses.length === 0 ? NONE_FURTHER : tidyCauses(seq, cause, furtherCauses)
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
    // Looked at anew each time: while the reader works, events may come and fall off.
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

  /** The event's `seq` and those of all its causes that are kept, newest first; empty when it is not kept itself. */
  ancestors(seq: number): number[] {
    return this.chunkOf(seq) ? causesOf(seq, this.links) : []
  }

  /** `seq` of the first event of the tree of causes, itself perhaps no longer kept; null when the event is not kept. */
  rootOf(seq: number): number | null {
    const chunk = this.chunkOf(seq)
    return chunk ? seq - chunk.link(seq, ROOT) : null
  }

  /** Hands what happens from now on over in batches, once in a turn of the program. */
  subscribe(listener: Listener): () => void {
    return this.subscribers.subscribe(listener)
  }

  /** Hands over at once what is still gathered: before an export is closed. */
  flush(): void {
    this.subscribers.flush()
  }

  /** The chunk with this event, for a reader in another thread. Its memory stays as it is until `release`; one at a time. */
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

  /** Calls back when a chunk is full and another one begun. */
  whenSealed(callback: () => void): void {
    this.onSealed = callback
  }

  /** Writes a fact to the place where it stays, with room for `moreBytes` behind it. */
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

  /** Makes the event the newest of each further cause's effects; returns the list that goes behind its fact. */
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
    // What is left over in a slab is of no use to anybody, and is memory all the same.
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

  /** Makes the event the last of its cause's effects. */
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

  /** The newest event stays, whatever its size. */
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
/** Nearly every event's: none is made anew for each. */
const NONE_FURTHER = { cause: null, further: NONE }
const NO_BYTES = new Uint8Array(0)

/** A million events of a usual session and more; a long session's memory stays bounded. */
export const DEFAULT_BUDGET_BYTES = 256 * 1024 * 1024

/** What an event takes: its record, its fact, and its line in the text that searches look through (an estimate from above). */
function costBytes(factBytes: number): number {
  return RECORD_BYTES + factBytes + LINE_OVERHEAD_BYTES + Math.min(factBytes, LONGEST_LINE_BYTES)
}

/** Place and length of a line, the word of its kind, what the fact says in fewer bytes. */
const LINE_OVERHEAD_BYTES = 40
/** A line shows the start of a long burst only; control characters are told by their names. */
const LONGEST_LINE_BYTES = 320
