/** @module The store of the window: snapshot, newest events, and the acts that a person can undo. */

import { useSyncExternalStore } from 'react'
import type { Batch, Catalog, ProductChoice, SimulatorApi } from '../../../shared/api/api.ts'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import type { ChartId } from '../../../shared/statecharts/chart.ts'
import type { Connection, LinkState } from '../carrier/connection.ts'
import { ActionRegistry } from './actions.ts'
import { createActs, type Acts, type DoneAct } from './acts.ts'
import { BatchPace, noPage, type Page } from './batch-pace.ts'
import type { CaptureView } from './capture-view.ts'
import { emptyDesk, noHands, throughHands, type DeskHands, type DeskState } from './desk.ts'
import { append, emptyBuffer, MAX_EVENTS, type EventBuffer } from './event-buffer.ts'
import { fetchEvents } from './fetch-events.ts'
import { KeptOutput } from './kept-output.ts'
import { paceOf, startPace, type Pace } from './module-time.ts'
import { shared } from './share.ts'

/** The state of the window. Panels read it and never change it; they act through `api`. */
export interface WindowState {
  readonly link: LinkState
  readonly snapshot: Snapshot | null
  /** When `snapshot` came and how fast module time runs, for drawing between two snapshots. */
  readonly pace: Pace
  readonly catalog: Catalog | null
  readonly events: EventBuffer
  /** Timers that have expired, by name, with the `performance.now()` at which the window learned of it. */
  readonly expired: Readonly<Record<string, number>>
  /** Events and bytes of output that this window was too slow for, since it was opened. */
  readonly skipped: { readonly events: number; readonly outputBytes: number }
  /** The newest refusal, one sentence; `null` when there is nothing to show. */
  readonly notice: string | null
  /** `seq` of the event that every panel marks; `null` when none is selected. */
  readonly selected: number | null
  /** The statechart that is shown. */
  readonly chart: ChartId
  /** Acts that can be undone, oldest first. */
  readonly acts: readonly DoneAct[]
  /** The act that is offered for undo now. */
  readonly offered: DoneAct | null
  /** The product that the person is asked to confirm. */
  readonly wanted: ProductChoice | null
  readonly desk: DeskState
  /** The range of events `[fromSeq, toSeq)` that is or was recorded; `toSeq` is `null` while recording goes on. */
  readonly recording: { readonly fromSeq: number; readonly toSeq: number | null; readonly startedMs: number } | null
  readonly sheet: 'palette' | 'keys' | 'ports' | 'capture' | null
  /** The opened capture file; `null` when there is none. */
  readonly capture: CaptureView | null
}

export interface Store extends Acts {
  readonly api: SimulatorApi
  /** The actions of palette and keys. */
  readonly actions: ActionRegistry
  /** Address that opens the board in another window, with its token; `null` in the desktop program. */
  readonly link: string | null
  readonly desk: DeskHands
  get(): WindowState
  subscribe(listener: () => void): () => void
  /** Calls back with output of the module on an AT port. Output from before the window opened comes first, at once. */
  onOutput(instance: number, listener: (bytes: Uint8Array) => void): () => void
  /** Runs a call and shows its refusal as the notice. Returns false when it was refused. */
  attempt(call: Promise<unknown>): Promise<boolean>
  /** Shows one sentence as the notice. */
  say(sentence: string): void
  dismissNotice(): void
  retry(): void
  /** Marks an event in all panels; `null` marks none. */
  select(seq: number | null): void
  showChart(chart: ChartId): void
  /** Asks the person whether the module may become that product; `null` withdraws the question. */
  ask(choice: ProductChoice | null): void
  openSheet(sheet: WindowState['sheet']): void
  /** Shows the state of a capture on its sheet; `null` closes the sheet. */
  showCapture(capture: CaptureView | null): void
  /** Marks the start or the end of the recording, or forgets it. */
  record(what: 'start' | 'stop' | 'forget'): void
  /** For the dock only: sets its operations, and reports which panels are open. */
  attachDesk(hands: DeskHands): () => void
  tellDesk(desk: DeskState): void
}

/**
 * Connects the window with the simulator: fills the store, and the gap after each reconnection. `page` is where the
 * window is drawn; batches come no faster than it draws.
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
  /** Batches that came while past events are being fetched; `null` when nothing is being fetched. */
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

  /** Fetches the snapshot, the catalogue and the events that this window does not have yet. */
  async function catchUp(): Promise<void> {
    const mine: Batch[] = []
    early = mine
    try {
      const [snapshot, catalog] = await Promise.all([api.snapshot(), api.catalog()])
      const newest = state.events.newestSeq
      // If the simulator's numbers are lower than the window's, it was restarted: nothing held here belongs to it.
      const anew = newest < 0 || newest >= snapshot.timeline.nextSeq
      const from = Math.max(anew ? 0 : newest + 1, snapshot.timeline.nextSeq - MAX_EVENTS)
      const fetched = await fetchEvents(api, from, snapshot.timeline.nextSeq)
      if (early !== mine) return
      early = null
      const firstLive = mine.flatMap((batch) => batch.events)[0]?.seq ?? Infinity
      const past = fetched.events.filter((event) => event.seq < firstLive)
      // The window missed the batches with this output. The timeline has the same bytes.
      for (const { what, instance } of past)
        if (what.kind === 'bytes' && what.direction === 'rx' && instance !== null) print(instance, what.bytes)
      const seamless = !anew && (past[0]?.seq ?? newest + 1) === newest + 1
      const base: EventBuffer = seamless ? state.events : { ...emptyBuffer, older: fetched.before }
      // The same numbers stand for other events now.
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
      // If the connection broke meanwhile, the path strip shows that already.
      if (state.link.kind === 'live') set({ notice: sentenceOf(error) })
    }
  }

  api.subscribe((batch) => {
    if (early) early.push(batch)
    else accept(batch)
  })
  connection.api.subscribe((batch) => {
    pace.add(batch)
    // So that each batch comes either before the fetched events or after them.
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
    desk: throughHands(() => hands),
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

/** Returns a value of the store. The component renders again when it is another object. */
export function useStore<T>(store: Store, pick: (state: WindowState) => T): T {
  const read = (): T => pick(store.get())
  return useSyncExternalStore(store.subscribe, read, read)
}

function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  // Electron adds a prefix to a handler's error. Only the sentence is for the person.
  return text.replace(/^Error invoking remote method '[^']*': (Error: )?/, '')
}
