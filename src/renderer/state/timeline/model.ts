/** @module The rows of the timeline panel: pages of events, matches and places, made without drawing. */

import type { Batch, SimulatorApi } from '../../../shared/api/api.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { isFailureEvent } from '../../../shared/timeline/reading.ts'
import { EventCache } from './cache.ts'
import { TypedJoins } from './joins.ts'
import { MatchList } from './matches.ts'
import { placesOf, type Place } from './places.ts'
import { AllRows, MatchRows, type RowOrder } from './rows.ts'
import { TimelineView } from './view.ts'

/** How many rows around the visible ones are fetched too, for the rail. */
export const CONTEXT_ROWS = 60

/** Most events in one request: some screens. */
const MAX_ASKED = 300

type TimelineCalls = Pick<SimulatorApi, 'eventsAt' | 'findEvents'>

/** A row as shown: one event, or bytes typed one by one as one event. */
export interface TimelineRow {
  readonly event: TimelineEvent
  readonly place: Place
}

/**
 * The timeline as the window shows it: the number of rows, and the events of the visible ones. All other events stay in
 * the simulator until they are scrolled to.
 */
export class TimelineModel {
  readonly view = new TimelineView(
    () => {
      this.refilter()
    },
    () => {
      this.changed()
    }
  )
  /** Counts the changes, for React. */
  version = 0
  /** `seq` of the newest live event with a failure; -1 when there was none since the window opened. */
  failureSeq = -1
  /** `seq` of the newest live command of a host; -1 when there was none since the window opened. */
  commandSeq = -1
  /** Why rows could not be fetched, one sentence, or `null`. */
  fault: string | null = null
  private readonly cache = new EventCache()
  private readonly joins = new TypedJoins()
  private readonly all = new AllRows(this.joins.hidden)
  private readonly shown: MatchList
  /** The result of a search that does not hide other rows. */
  private readonly found: MatchList
  private readonly matches: MatchRows
  private readonly listeners = new Set<() => void>()
  private wanted: { readonly from: number; readonly to: number } | null = null
  private fetching = false
  private newestLive = -1
  /** Counts simulators and reconnections: answers to older questions are ignored. */
  private age = 0

  constructor(private readonly api: TimelineCalls) {
    this.shown = new MatchList(api, this.changed)
    this.found = new MatchList(api, this.changed)
    this.matches = new MatchRows(this.shown.seqs)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  get order(): RowOrder {
    return this.view.filter === null ? this.all : this.matches
  }

  get firstSeq(): number {
    return this.all.firstSeq
  }

  get nextSeq(): number {
    return this.all.nextSeq
  }

  /** Why filter or search find nothing, such as a broken pattern or a dropped event; `null` when they work. */
  get filterFault(): string | null {
    return this.shown.fault ?? this.found.fault
  }

  /** Whether the first search of a filter is still running. */
  get isSearching(): boolean {
    return this.shown.isNew || this.found.isNew
  }

  /** Returns the events that the search found; `null` while there is no search among all rows. */
  get hits(): RowOrder | null {
    return this.view.search === null ? null : new MatchRows(this.found.seqs)
  }

  /** Adds a batch. `timeline`: as in the snapshot. */
  take(batch: Pick<Batch, 'events'>, timeline: { readonly nextSeq: number; readonly dropped: number }): void {
    const live = batch.events.filter(({ seq }) => seq > this.newestLive)
    this.cache.add(live)
    this.joins.live(live)
    this.failureSeq = live.findLast(isFailureEvent)?.seq ?? this.failureSeq
    this.commandSeq = live.findLast(({ what }) => what.kind === 'command')?.seq ?? this.commandSeq
    this.newestLive = live.at(-1)?.seq ?? this.newestLive
    this.reach(timeline)
  }

  /** Forgets everything, because the simulator was restarted or could not be reached. */
  renew(timeline: { readonly nextSeq: number; readonly dropped: number }): void {
    const another = timeline.nextSeq < this.all.nextSeq
    this.age += 1
    this.cache.clear()
    this.joins.clear()
    this.failureSeq = this.commandSeq = this.newestLive = -1
    this.fault = null
    if (another) this.view.forgetEvents()
    this.all.firstSeq = this.all.nextSeq = 0
    this.refilter()
    this.reach(timeline)
  }

  /** Returns a row, or `null` while its event is being fetched. */
  rowAt(row: number): TimelineRow | null {
    const { order } = this
    if (row < 0 || row >= order.count) return null
    const event = this.eventOf(order.seqAt(row))
    return event ? { event, place: this.placeOf(event) } : null
  }

  /** Returns the event as its row shows it. */
  eventOf(seq: number): TimelineEvent | null {
    const event = this.cache.get(seq)
    if (!event) return null
    return this.isJoining
      ? withParts(
          event,
          this.joins.partsOf(seq).map((part) => this.cache.get(part))
        )
      : event
  }

  /** Returns the `seq` of the last event in this row. */
  lastSeqAt(row: number): number {
    const seq = this.order.seqAt(row)
    return (this.isJoining ? this.joins.partsOf(seq).at(-1) : undefined) ?? seq
  }

  /** Returns the event in whose row another one is shown. */
  ownerOf(seq: number): number {
    return this.isJoining ? this.joins.ownerOf(seq) : seq
  }

  /** Returns the event and its known causes up to the root, each by the event of its row. */
  chainOf(seq: number): readonly number[] {
    return placesOf(seq, this.linkOf).map((one) => this.ownerOf(one))
  }

  /** Sets the visible rows. Their events are fetched first, then their causes, then the rows around them. */
  look(from: number, to: number): void {
    this.wanted = { from, to }
    void this.fetch()
  }

  retry(): void {
    this.fault = null
    this.changed()
    void this.fetch()
  }

  private get isJoining(): boolean {
    // A text is searched for in single events.
    return this.view.filter?.text === undefined
  }

  private placeOf(event: TimelineEvent): Place {
    const chain = placesOf(event.seq, this.linkOf)
    const owners = chain.map((one) => this.ownerOf(one))
    const rootSeq = owners.at(-1)!
    return {
      depth: chain.length - 1,
      rootSeq,
      branchSeq: chain.length > 1 ? owners.at(-2)! : null,
      rootMs: this.cache.link(chain.at(-1)!)?.moduleMs ?? event.moduleMs
    }
  }

  private readonly linkOf = (seq: number): { readonly cause: number | null } | undefined =>
    seq < this.all.firstSeq ? undefined : this.cache.link(seq)

  private reach({ nextSeq, dropped }: { readonly nextSeq: number; readonly dropped: number }): void {
    this.all.firstSeq = Math.max(this.all.firstSeq, dropped)
    this.all.nextSeq = Math.max(this.all.nextSeq, nextSeq)
    this.joins.dropBefore(this.all.firstSeq)
    this.shown.grow(this.all.firstSeq, this.all.nextSeq)
    this.found.grow(this.all.firstSeq, this.all.nextSeq)
    this.changed()
  }

  private refilter(): void {
    this.shown.find(this.view.filter)
    this.found.find(this.view.search)
    this.changed()
  }

  private readonly changed = (): void => {
    this.version += 1
    for (const listener of this.listeners) listener()
  }

  private async fetch(): Promise<void> {
    if (this.fetching || this.fault !== null) return
    const seqs = this.missing()
    if (seqs.length === 0) return
    this.fetching = true
    const { age } = this
    try {
      const events = await this.api.eventsAt({ seqs: [...seqs] })
      if (age === this.age) this.came(seqs, events)
    } catch (error) {
      if (age === this.age) this.fault = error instanceof Error ? error.message : String(error)
    }
    this.fetching = false
    this.changed()
    void this.fetch()
  }

  private came(asked: readonly number[], events: readonly TimelineEvent[]): void {
    this.cache.add(events)
    if (this.isJoining) this.joins.past(events)
    // The events were dropped between question and answer, so do not ask again.
    if (events.length === 0)
      this.all.firstSeq = Math.max(this.all.firstSeq, Math.min(asked.at(-1)! + 1, this.all.nextSeq))
  }

  /** Returns the events to fetch: those of the visible rows, else of their causes, else of the rows around. */
  private missing(): readonly number[] {
    if (!this.wanted) return []
    const { order } = this
    const within = (row: number): number => Math.max(0, Math.min(row, order.count))
    const [from, to] = [within(this.wanted.from), within(this.wanted.to)]
    const seen = this.missingOf(from, to)
    if (seen.length > 0) return seen
    const causes = this.missingCauses(from, to)
    if (causes.length > 0) return causes
    return [...this.missingOf(within(from - CONTEXT_ROWS), from), ...this.missingOf(to, within(to + CONTEXT_ROWS))]
  }

  private missingOf(from: number, to: number): number[] {
    const seqs: number[] = []
    for (let row = from; row < to && seqs.length < MAX_ASKED; row++) {
      const seq = this.order.seqAt(row)
      for (const one of this.isJoining ? [seq, ...this.joins.partsOf(seq)] : [seq]) {
        if (this.cache.get(one)) this.cache.touch(one)
        else seqs.push(one)
      }
    }
    return seqs.slice(0, MAX_ASKED)
  }

  private missingCauses(from: number, to: number): readonly number[] {
    const seqs = new Set<number>()
    for (let row = from; row < to && seqs.size < MAX_ASKED; row++) {
      const seq = this.order.seqAt(row)
      const last = placesOf(seq, this.linkOf).at(-1)!
      const cause = this.cache.link(last)?.cause ?? null
      if (cause !== null && cause >= this.all.firstSeq && !this.cache.link(cause)) seqs.add(cause)
    }
    return [...seqs].toSorted((a, b) => a - b)
  }
}

/** Returns bytes typed one by one as one event, with the time of the last byte. */
function withParts(event: TimelineEvent, parts: readonly (TimelineEvent | undefined)[]): TimelineEvent {
  if (parts.length === 0 || event.what.kind !== 'bytes') return event
  const known = joinedEvents.get(event)
  if (known?.parts === parts.length) return known.event
  const all = [event.what.bytes]
  for (const part of parts) if (part?.what.kind === 'bytes') all.push(part.what.bytes)
  const bytes = new Uint8Array(all.reduce((sum, one) => sum + one.length, 0))
  let at = 0
  for (const one of all) {
    bytes.set(one, at)
    at += one.length
  }
  const last = parts.at(-1) ?? event
  const joined = { ...event, moduleMs: last.moduleMs, wallMs: last.wallMs, what: { ...event.what, bytes } }
  if (all.length === parts.length + 1) joinedEvents.set(event, { parts: parts.length, event: joined })
  return joined
}

const joinedEvents = new WeakMap<TimelineEvent, { readonly parts: number; readonly event: TimelineEvent }>()
