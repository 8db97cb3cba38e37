/** @module What the terminal sends: typed lines, pasted lines and the escape sequence. */

import { stateOf } from '../../../shared/statecharts/present-state.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { dataStateOf } from '../sentence/sentence.ts'
import { heldSince, nextHeldSeq } from '../store/held-events.ts'
import type { Store, WindowState } from '../store/store.ts'
import { silenceBeforeEscapeMs } from './escape-guard.ts'
import { keysToReplace } from './typed-line.ts'
import { typedLinesOf } from './typed-lines.ts'
import { notTypedWords } from './words.ts'

/** The lines and the entry that are typed into an AT port in one go. */
export interface Sending {
  /** Command lines without CR. Each is sent when the one before has its result. */
  readonly lines: readonly string[]
  /** The AT instance of each line, if it differs from the requested one. */
  readonly instances?: readonly number[]
  /** Typed at the prompt of the last line, or directly when there is no line: text with its Ctrl-Z, ESC, `+++`. */
  readonly entry?: string | Uint8Array
}

export type Sent =
  | { readonly outcome: 'done' }
  /** A line failed. `answer` is the module's answer. */
  | { readonly outcome: 'failed'; readonly answer: string }
  /** Nothing was sent, or the connection was lost. The window has shown why. */
  | { readonly outcome: 'not-sent' }

/**
 * Types lines into an AT port, one after the other, as the built-in terminal does. Stops at the first that fails. First
 * removes what the person has begun to type there.
 */
export async function sendLines(store: Store, instance: number, sending: Sending, signal?: AbortSignal): Promise<Sent> {
  const { lines, instances, entry } = sending
  for (const [at, line] of lines.entries()) {
    const on = instances?.[at] ?? instance
    const prompts = entry !== undefined && at === lines.length - 1
    const answer = await sendLine(store, on, line, prompts, signal)
    if (answer === null) return { outcome: 'not-sent' }
    if (answer !== 'prompt' && isBad(answer)) return { outcome: 'failed', answer: answer.what.word }
  }
  if (entry === undefined) return { outcome: 'done' }
  return sendEntry(store, instances?.at(-1) ?? instance, entry, signal)
}

export type LineAnswer =
  | { readonly kind: 'answered'; readonly word: string; readonly bad: boolean }
  /** The module waits for an entry. */
  | { readonly kind: 'prompt' }
  | { readonly kind: 'not-sent' }

/** Types one line and waits for the result or the prompt. */
export async function sendLineOnce(
  store: Store,
  instance: number,
  line: string,
  signal?: AbortSignal
): Promise<LineAnswer> {
  const answer = await sendLine(store, instance, line, true, signal)
  if (answer === null) return { kind: 'not-sent' }
  return answer === 'prompt' ? { kind: 'prompt' } : { kind: 'answered', word: answer.what.word, bad: isBad(answer) }
}

/**
 * Returns why nothing can be typed into that port now, one sentence; `null` when it can. `entry`: what would be typed
 * at a prompt or in online mode.
 */
export function whyNotTyped(
  { snapshot, link }: WindowState,
  instance: number,
  entry?: string | Uint8Array
): string | null {
  if (link.kind !== 'live' || !snapshot) return notTypedWords.notConnected
  const port = snapshot.ports.find((one) => one.instance === instance && one.clientPresent)
  if (port) return notTypedWords.portInUse(port.client, port.name)
  if (stateOf(snapshot, 'power') !== 'on') return notTypedWords.notOn
  const data = dataStateOf(snapshot, instance)
  if (entry === '+++') return data === 'online' ? null : notTypedWords.noOnlineMode
  if (entry !== undefined) return data === 'entry' ? null : notTypedWords.noPrompt
  if (data === 'online') return notTypedWords.online(instance)
  if (data === 'entry') return notTypedWords.entry(instance)
  return null
}

type ResultEvent = TimelineEvent & { readonly what: Extract<TimelineEvent['what'], { readonly kind: 'result' }> }

async function sendLine(
  store: Store,
  instance: number,
  line: string,
  prompts: boolean,
  signal: AbortSignal | undefined
): Promise<ResultEvent | 'prompt' | null> {
  const typed = typedLinesOf(store)
  const from = nextHeldSeq(store.get())
  const keys = `${keysToReplace(typed.get(instance), line)}\r`
  typed.set(instance, '')
  if (!(await type(store, instance, keys))) return null
  return await until(
    store,
    (state) => {
      const result = resultSince(state, instance, from)
      if (result) return result
      return prompts &&
        state.snapshot &&
        dataStateOf(state.snapshot, instance) === 'entry' &&
        lineSince(state, instance, from)
        ? 'prompt'
        : null
    },
    signal
  )
}

async function sendEntry(
  store: Store,
  instance: number,
  entry: string | Uint8Array,
  signal: AbortSignal | undefined
): Promise<Sent> {
  const from = nextHeldSeq(store.get())
  if (entry === '+++') await pause(silenceBeforeEscapeMs(store.get().snapshot))
  if (!(await type(store, instance, entry))) return { outcome: 'not-sent' }
  const done = await until(
    store,
    (state) => {
      const result = heldSince(state, from).findLast((event) => isResult(event, instance))
      if (result) return result as ResultEvent
      const data = state.snapshot ? dataStateOf(state.snapshot, instance) : ''
      return entry === '\x1b' && data === 'command' ? 'left' : null
    },
    signal
  )
  if (done === null) return { outcome: 'not-sent' }
  return done !== 'left' && isBad(done) ? { outcome: 'failed', answer: done.what.word } : { outcome: 'done' }
}

/** Types the text. Returns false when it was refused, which the window then shows. */
function type(store: Store, instance: number, text: string | Uint8Array): Promise<boolean> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return store.attempt(store.api.type({ instance, bytes: Uint8Array.from(bytes) }))
}

/**
 * Waits until `pick` of the state is not `null` and returns it; `null` when the connection is lost or `signal` aborts.
 */
function until<T>(store: Store, pick: (state: WindowState) => T | null, signal?: AbortSignal): Promise<T | null> {
  return new Promise((resolve) => {
    const look = (): void => {
      const state = store.get()
      const found = state.link.kind === 'live' ? pick(state) : null
      if (found === null && state.link.kind === 'live' && signal?.aborted !== true) return
      off()
      signal?.removeEventListener('abort', look)
      resolve(found)
    }
    const off = store.subscribe(look)
    signal?.addEventListener('abort', look)
    look()
  })
}

/** Returns the result of the line that was typed since event `from`. */
function resultSince(state: WindowState, instance: number, from: number): ResultEvent | null {
  const since = heldSince(state, from)
  const line = since.findIndex((event) => isLine(event, instance))
  return line < 0
    ? null
    : ((since.slice(line).find((event) => isResult(event, instance)) as ResultEvent | undefined) ?? null)
}

function lineSince(state: WindowState, instance: number, from: number): boolean {
  return heldSince(state, from).some((event) => isLine(event, instance))
}

const isLine = ({ instance: on, what }: TimelineEvent, instance: number): boolean =>
  on === instance && what.kind === 'line'

const isResult = ({ instance: on, what }: TimelineEvent, instance: number): boolean =>
  on === instance && what.kind === 'result'

const isBad = ({ what: { word, failure } }: ResultEvent): boolean => failure !== null || /ERROR|NO CARRIER/.test(word)

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
