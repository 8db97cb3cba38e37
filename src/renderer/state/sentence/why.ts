import { useMemo, useSyncExternalStore } from 'react'
import type { BoardPart, Explanation, PresentQuestion } from '../../../shared/explain/explanation.ts'
import { endsProbes, isFailure, isProbe } from '../../../shared/explain/probe.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { hasEnded } from '../../../shared/tls/validity.ts'
import { heldBackwards, heldCauses, heldEvent } from '../store/held-events.ts'
import { useStore, type Store, type WindowState } from '../store/store.ts'
import { drawnPart } from './board-parts.ts'
import { shortDate } from './short-date.ts'
import { markWords } from './words.ts'

/**
 * The explanation that the window shows: the panel Why shows its text, and every panel marks the parts that it touches.
 * It is requested again after every change of the module, because the fix depends on the module's state.
 */
export interface WhyState {
  /** The selected failure, else the newest that is still true; `null` when there is none. */
  readonly failure: Explanation | null
  /** Whether the failure was selected. */
  readonly chosen: boolean
  /**
   * The newest failure that is still true, even if another is selected; `null` when there is none, `undefined` while
   * unknown.
   */
  readonly newest: Explanation | null | undefined
  readonly present: PresentQuestion | null
  /** There was no answer yet. */
  readonly loading: boolean
  /** Why there is no answer, one sentence; `null` while there is one. */
  readonly refused: string | null
}

export function useWhy(store: Store): WhyState {
  const watch = watchOf(store)
  return useSyncExternalStore(watch.subscribe, watch.get)
}

/** Asks again at once, after a refusal. */
export function askWhyAgain(store: Store): void {
  watchOf(store).ask()
}

/**
 * Returns the parts that the shown failure touches, the most likely cause first; empty when nothing has failed. Every
 * panel marks its own: `clock`, `sim`, `nvm:ca-certificate`, `timer:txTo`, `ssl`, `pdp`, `far-end`, `handshake` …
 */
export function useMarked(store: Store): readonly BoardPart[] {
  return useWhy(store).failure?.parts ?? noParts
}

/** Returns a text for each part of the board that the failure touches, as `BoardPanel` takes it. */
export function useMarkedWhy(store: Store): Readonly<Record<string, string>> {
  const { failure } = useWhy(store)
  return useMemo(
    () =>
      failure
        ? Object.fromEntries(failure.parts.map((part) => [drawnPart(part) ?? part, wordsFor(part, failure)]))
        : {},
    [failure]
  )
}

/**
 * Returns the newest failure among the last events, which brings the panel to the front. A read that finds no data is
 * not a failure. A probe is one only while nothing else has happened since.
 */
export function newestFailure(state: Pick<WindowState, 'events'>): number | null {
  let quiet = true
  for (const event of heldBackwards(state, LOOK_BACK_EVENTS)) {
    if (isFailure(event) && !isEmptyRead(event) && (quiet || !isProbe(event))) return event.seq
    if (endsProbes(event)) quiet = false
  }
  return null
}

const noParts: readonly BoardPart[] = []

/** The search runs for each batch, so older failures were found before. */
const LOOK_BACK_EVENTS = 300

const isEmptyRead = ({ what }: TimelineEvent): boolean =>
  what.kind === 'result' && what.because?.finding === 'read-timeout'

function wordsFor(part: BoardPart, { title, picture }: Explanation): string {
  if (part !== 'clock' || picture?.kind !== 'validity') return markWords.failure(title)
  const { clockMs, notAfterMs, notBeforeMs } = picture
  const late = hasEnded(clockMs, notAfterMs)
  // Beside the chip there is room for some fourteen letters. A date with a year is shown without its day.
  const date = shortDate(late ? notAfterMs : notBeforeMs, clockMs).replace(/^\d+ (\w+ \d+)$/, '$1')
  return late ? markWords.expired(date) : markWords.notYetValid(date)
}

interface WhyWatch {
  readonly get: () => WhyState
  readonly subscribe: (listener: () => void) => () => void
  readonly ask: () => void
}

/**
 * Pause between two questions: an answer costs the simulator some milliseconds, and a transfer changes the module all
 * the time.
 */
const PAUSE_MS = 250

const watches = new WeakMap<Store, WhyWatch>()

function watchOf(store: Store): WhyWatch {
  const known = watches.get(store)
  if (known) return known
  const made = watchWhy(store)
  watches.set(store, made)
  return made
}

/** Returns a watch that asks while it has listeners, one question at a time. */
export function watchWhy(store: Store): WhyWatch {
  const listeners = new Set<() => void>()
  let state: WhyState = {
    failure: null,
    chosen: false,
    newest: undefined,
    present: null,
    loading: true,
    refused: null
  }
  let seen: { readonly snapshot: unknown; readonly selected: number | null } = { snapshot: null, selected: null }
  let pinned: number | null = null
  let asking = false
  let due = false
  let timer = 0
  let leave: (() => void) | null = null

  function become(next: WhyState): void {
    if (JSON.stringify(next) === JSON.stringify(state)) return
    // Equal values keep their object, so that nothing is rendered again for them.
    const failure = JSON.stringify(next.failure) === JSON.stringify(state.failure) ? state.failure : next.failure
    const newest = JSON.stringify(next.newest) === JSON.stringify(state.newest) ? state.newest : next.newest
    state = { ...next, failure, newest }
    for (const listener of listeners) listener()
  }

  async function ask(): Promise<void> {
    if (asking || timer !== 0) {
      due = true
      return
    }
    asking = true
    due = false
    const seq = pinned
    try {
      const newest = await store.api.why({ seq: null })
      const told = seq === null ? newest : await store.api.why({ seq })
      const { failure, present } = told.failure === null ? newest : told
      become({
        failure,
        present,
        chosen: seq !== null && failure?.seq === seq,
        newest: newest.failure,
        loading: false,
        refused: null
      })
    } catch (error) {
      if (store.get().link.kind === 'live')
        become({ ...state, loading: false, refused: error instanceof Error ? error.message : String(error) })
    }
    asking = false
    timer = window.setTimeout(() => {
      timer = 0
      if (due && leave) void ask()
    }, PAUSE_MS)
  }

  function look(): void {
    const now = store.get()
    const { snapshot, selected, link } = now
    if (selected !== seen.selected) {
      pinned = pinFor(now, selected, pinned, state.failure)
    } else if (snapshot === seen.snapshot) return
    seen = { snapshot, selected }
    if (snapshot && link.kind === 'live') void ask()
  }

  return {
    get: () => state,
    ask: () => {
      void ask()
    },
    subscribe(listener) {
      listeners.add(listener)
      if (!leave) {
        leave = store.subscribe(look)
        look()
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        leave?.()
        leave = null
        seen = { snapshot: null, selected: seen.selected }
      }
    }
  }
}

/**
 * Returns the failure for a selected event: the event itself, or the first failure among its causes. Selecting an event
 * of the shown chain keeps the failure that is shown.
 */
function pinFor(
  now: WindowState,
  selected: number | null,
  before: number | null,
  told: Explanation | null
): number | null {
  if (selected === null) return null
  const failure = heldCauses(now, selected).find((event) => isFailure(event) || event.what.kind === 'warning')
  if (failure) return failure.seq
  return told?.chain.includes(selected) ? before : null
}

/** Returns an event that the window still holds, or `null`. */
export function useHeldEvent(store: Store, seq: number | null): TimelineEvent | null {
  return useStore(store, (state) => (seq === null ? null : heldEvent(state, seq)))
}
