/** @module The store of the window: snapshot, newest events, and the acts that a person can undo. */

import { useSyncExternalStore } from 'react'
import type { Batch, Catalog, ProductChoice, SimulatorApi } from '../../../shared/api/api.ts'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import type { ChartId } from '../../../shared/statecharts/chart.ts'
import { ActionRegistry } from './actions.ts'
import { createActs, type Acts, type DoneAct } from './acts.ts'
import { BatchPace, noPage, type Page } from './batch-pace.ts'
import type { CaptureView } from './capture-view.ts'
import type { Connection, LinkState } from '../carrier/connection.ts'
import { emptyDesk, noHands, type DeskHands, type DeskState } from './desk.ts'
import { append, emptyBuffer, MAX_EVENTS, type EventBuffer } from './event-buffer.ts'
import { fetchEvents } from './fetch-events.ts'
import { KeptOutput } from './kept-output.ts'
import { paceOf, startPace, type Pace } from './module-time.ts'
import { shared } from './share.ts'

/** What the window knows. Every panel reads from here and changes nothing here; it acts through `api`. */
export interface WindowState {
  readonly link: LinkState
  readonly snapshot: Snapshot | null
  /** When `snapshot` came and how fast the module's time runs, to draw between two snapshots. */
  readonly pace: Pace
  readonly catalog: Catalog | null
  readonly events: EventBuffer
  /** Timers that have run out, by name, with the moment (`performance.now()`) at which that was learned. */
  readonly expired: Readonly<Record<string, number>>
  /** Events and bytes of output that this window was too slow for, since it was opened. */
  readonly skipped: { readonly events: number; readonly outputBytes: number }
  /** What was refused last, one sentence; null when there is nothing to say. */
  readonly notice: string | null
  /** The event that every panel marks, by its `seq`; null when none is selected. */
  readonly selected: number | null
  /** The statechart that is drawn. */
  readonly chart: ChartId
  /** What was done by hand and can be taken back, oldest first. */
  readonly acts: readonly DoneAct[]
  /** The act that is offered to be taken back now. */
  readonly offered: DoneAct | null
  /** The product that is asked about before the module becomes it. */
  readonly wanted: ProductChoice | null
  readonly desk: DeskState
  /** What is being recorded, or was: the range of events `[fromSeq, toSeq)`; `toSeq` is null while it goes on. */
  readonly recording: { readonly fromSeq: number; readonly toSeq: number | null; readonly startedMs: number } | null
  /** What lies over the window. */
  readonly sheet: 'palette' | 'keys' | 'ports' | 'capture' | null
  /** The capture file that is looked into; null: none. */
  readonly capture: CaptureView | null
}

export interface Store extends Acts {
  readonly api: SimulatorApi
  /** What palette and keys can do. */
  readonly actions: ActionRegistry
  /** Address that opens this board in another window, with its token; null where there is no such. */
  readonly link: string | null
  /** What can be done with the panels. */
  readonly desk: DeskHands
  get(): WindowState
  subscribe(listener: () => void): () => void
  /** Output of the module on an AT port. What it printed before the window opened comes first, at once. */
  onOutput(instance: number, listener: (bytes: Uint8Array) => void): () => void
  /** Runs a call and shows its refusal as the notice. */
  attempt(call: Promise<unknown>): Promise<boolean>
  /** Says one sentence as the notice. */
  say(sentence: string): void
  dismissNotice(): void
  retry(): void
  /** Marks an event in all panels; null marks none. */
  select(seq: number | null): void
  showChart(chart: ChartId): void
  /** Asks whether the module may become that product; null takes the question back. */
  ask(choice: ProductChoice | null): void
  openSheet(sheet: WindowState['sheet']): void
  /** Shows how far a capture is, on its sheet; null closes it, and the live window is there again. */
  showCapture(capture: CaptureView | null): void
  /** Marks the start or the end of what is to be saved, or forgets it. */
  record(what: 'start' | 'stop' | 'forget'): void
  /** The dock's own: hands over what it can do, and tells what lies open. */
  attachDesk(hands: DeskHands): () => void
  tellDesk(desk: DeskState): void
}

/**
 * Joins the window to the simulator: fills the store, and fills the gap after every reconnection. `page`: where it is drawn; batches
 * come no faster than that.
 */
export function createStore(connection: Connection, page: Page = noPage): Store {
  const batchListeners = new Set<(batch: Batch) => void>()
  const api: SimulatorApi = {
    ...connection.api,
    subscribe(listener) {
      batchListeners.add(listener)
      return () => {
        batchListeners.delete(listener)
      }
    }
  }
  const pace = new BatchPace(page, (batch) => {
    for (const listener of batchListeners) listener(batch)
  })
  const listeners = new Set<() => void>()
  const outputs = new Map<number, Set<(bytes: Uint8Array) => void>>()
  const kept = new Map<number, KeptOutput>()
  let state: WindowState = {
    link: { kind: 'connecting' },
    snapshot: null,
    pace: startPace,
    catalog: null,
    events: emptyBuffer,
    expired: {},
    skipped: { events: 0, outputBytes: 0 },
    notice: null,
    selected: null,
    chart: 'ssl',
    acts: [],
    offered: null,
    wanted: null,
    desk: emptyDesk,
    sheet: null,
    capture: null,
    recording: null
  }
  let hands = noHands
  /** Batches that came while the past was still being fetched; null when nothing is being fetched. */
  let early: Batch[] | null = null

  function set(change: Partial<WindowState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  function print(instance: number, bytes: Uint8Array): void {
    const those = kept.get(instance) ?? new KeptOutput()
    kept.set(instance, those)
    those.add(bytes)
    for (const listener of outputs.get(instance) ?? []) listener(bytes)
  }

  function accept(batch: Batch): void {
    const now = performance.now()
    let { expired } = state
    for (const { what } of batch.events)
      if (what.kind === 'timer' && what.what === 'expired') expired = { ...expired, [what.name]: now }
    for (const { instance, bytes } of batch.output) print(instance, bytes)
    set({
      snapshot: shared(state.snapshot, batch.snapshot),
      pace: paceOf(batch.snapshot, now),
      events: append(state.events, batch.events),
      expired,
      skipped: batch.skipped
        ? {
            events: state.skipped.events + batch.skipped.events,
            outputBytes: state.skipped.outputBytes + batch.skipped.outputBytes
          }
        : state.skipped
    })
  }

  /** Asks for the state, the catalogue and the events that this window does not have yet. */
  async function catchUp(): Promise<void> {
    const mine: Batch[] = []
    early = mine
    try {
      const [snapshot, catalog] = await Promise.all([api.snapshot(), api.catalog()])
      const newest = state.events.newestSeq
      // A simulator that counts lower than this window was started anew: nothing held here belongs to it.
      const anew = newest < 0 || newest >= snapshot.timeline.nextSeq
      const from = Math.max(anew ? 0 : newest + 1, snapshot.timeline.nextSeq - MAX_EVENTS)
      const fetched = await fetchEvents(api, from, snapshot.timeline.nextSeq)
      if (early !== mine) return
      early = null
      const firstLive = mine.flatMap((batch) => batch.events)[0]?.seq ?? Infinity
      const past = fetched.events.filter((event) => event.seq < firstLive)
      // Output for the terminals came with the batches that this window missed; the timeline has the same bytes.
      for (const { what, instance } of past)
        if (what.kind === 'bytes' && what.direction === 'rx' && instance !== null) print(instance, what.bytes)
      const seamless = !anew && (past[0]?.seq ?? newest + 1) === newest + 1
      const base: EventBuffer = seamless ? state.events : { ...emptyBuffer, older: fetched.before }
      // Numbers of events mean others now.
      if (!seamless) set({ selected: null, recording: null })
      set({
        snapshot: shared(state.snapshot, snapshot),
        catalog,
        pace: paceOf(snapshot, performance.now()),
        events: append(base, past)
      })
      for (const batch of mine) accept(batch)
    } catch (error) {
      if (early === mine) early = null
      // When the link broke meanwhile, the path strip says so already.
      if (state.link.kind === 'live') set({ notice: sentenceOf(error) })
    }
  }

  api.subscribe((batch) => {
    if (early) early.push(batch)
    else accept(batch)
  })
  connection.api.subscribe((batch) => {
    pace.add(batch)
    // What is fetched at this moment belongs before it or after it, never in between.
    if (early) pace.flush()
  })
  connection.watch((link) => {
    pace.flush()
    set({ link })
    if (link.kind === 'live') void catchUp()
  })

  async function attempt(call: Promise<unknown>): Promise<boolean> {
    try {
      await call
      return true
    } catch (error) {
      set({ notice: sentenceOf(error) })
      return false
    }
  }

  return {
    api,
    actions: new ActionRegistry(),
    link: connection.link,
    desk: {
      show: (id, focus) => {
        hands.show(id, focus)
      },
      close: (id) => {
        hands.close(id)
      },
      enlarge: (id) => {
        hands.enlarge(id)
      },
      resize: (id, widthPx, heightPx) => {
        hands.resize(id, widthPx, heightPx)
      },
      move: (id, to) => {
        hands.move(id, to)
      },
      reset: () => {
        hands.reset()
      }
    },
    ...createActs({ attempt, tell: set, nowMs: Date.now }),
    attempt,
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    onOutput(instance, listener) {
      const those = outputs.get(instance) ?? new Set()
      outputs.set(instance, those.add(listener))
      for (const chunk of kept.get(instance)?.chunks ?? []) listener(chunk)
      return () => {
        those.delete(listener)
      }
    },
    say: (notice) => {
      set({ notice })
    },
    dismissNotice: () => {
      set({ notice: null })
    },
    retry: () => {
      connection.retry()
    },
    select: (selected) => {
      set({ selected })
    },
    showChart: (chart) => {
      set({ chart })
    },
    ask: (wanted) => {
      set({ wanted })
    },
    openSheet: (sheet) => {
      set({ sheet })
    },
    showCapture: (capture) => {
      set(capture ? { capture, sheet: 'capture' } : { capture, sheet: state.sheet === 'capture' ? null : state.sheet })
    },
    record: (what) => {
      const nextSeq = state.snapshot?.timeline.nextSeq ?? 0
      if (what === 'start') set({ recording: { fromSeq: nextSeq, toSeq: null, startedMs: Date.now() } })
      else if (what === 'forget') set({ recording: null })
      else if (state.recording) set({ recording: { ...state.recording, toSeq: nextSeq } })
    },
    attachDesk(attached) {
      hands = attached
      return () => {
        if (hands === attached) hands = noHands
      }
    },
    tellDesk: (desk) => {
      set({ desk })
    }
  }
}

/** Reads one value of the store; the component draws again when that value is another object. */
export function useStore<T>(store: Store, pick: (state: WindowState) => T): T {
  const read = (): T => pick(store.get())
  return useSyncExternalStore(store.subscribe, read, read)
}

function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  // Electron wraps what a handler threw; the person gets the sentence only.
  return text.replace(/^Error invoking remote method '[^']*': (Error: )?/, '')
}
