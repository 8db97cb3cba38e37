import { useEffect, useRef, useState } from 'react'
import type { Lesson, LessonSending } from '../../../shared/lessons/lesson.ts'
import { obstacleOf, type Obstacle } from '../../../shared/lessons/obstacle.ts'
import { backTo, doneSteps, isProgress, stepDone, type LessonProgress } from '../../../shared/lessons/progress.ts'
import { badAnswer } from '../../../shared/lessons/seen.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { readPref, writePref } from '../../state/prefs.ts'
import { heldSince, nextHeldSeq } from '../../state/store/held-events.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { sendLines, whyNotTyped } from '../../state/terminal/send-lines.ts'
import { labCa } from './lab-ca.ts'

const PREF_NAME = 'lessons'

/** Returns the progress in all lessons, kept in this browser, and a function that changes it. */
export function useProgress(): readonly [LessonProgress, (change: (before: LessonProgress) => LessonProgress) => void] {
  const [progress, setProgress] = useState(() => readPref<LessonProgress>(PREF_NAME, {}, isProgress))
  return [
    progress,
    (change) => {
      setProgress((before) => {
        const next = change(before)
        writePref(PREF_NAME, next)
        return next
      })
    }
  ]
}

export interface LessonUnderWay {
  /** What was observed in each completed step. */
  readonly done: readonly string[]
  /** Index of the present step; the number of steps if all are completed. */
  readonly at: number
  readonly obstacle: Obstacle | null
  /** Why the present step is already fulfilled; `null` if it has to be done. */
  readonly already: string | null
  /** The wrong response that the step got; `null` if there is none. */
  readonly bad: string | null
  /** Whether a button of the lesson is typing now. */
  readonly sending: boolean
  /** Why the window cannot type now, in one sentence; `null` if it can. */
  readonly why: string | null
  type(sending: LessonSending): void
  /** Goes to the next step without doing the present one. */
  next(): void
  goBack(step: number): void
}

/** Follows a lesson on the live board. Each step is checked against all events, whoever typed the commands. */
export function useLesson(
  store: Store,
  lesson: Lesson,
  profile: ModuleProfile,
  progress: LessonProgress,
  change: (change: (before: LessonProgress) => LessonProgress) => void
): LessonUnderWay {
  const snapshot = useStore(store, (state) => state.snapshot)
  const events = useStore(store, (state) => state.events)
  const state = store.get()
  const [sending, setSending] = useState(false)
  const abort = useRef<AbortController | null>(null)
  const done = doneSteps(progress, lesson)
  const at = done.length
  const step = lesson.steps[at]
  /** The beginning of the present step. Earlier events belong to other steps. */
  const began = useRef<Beginning>(notBegun)
  if (snapshot && (began.current.at !== at || began.current.lesson !== lesson.id))
    began.current = { at, lesson: lesson.id, seq: nextHeldSeq(state), already: step?.already?.(snapshot) ?? null }

  const seen = snapshot && { snapshot, events: heldSince({ events }, began.current.seq) }
  // A step that is fulfilled from the beginning is completed by `next`, or checked once a command has run.
  const tried = seen?.events.some(({ what }) => what.kind === 'result') === true
  const already = tried ? null : began.current.already
  const said = seen && step && already === null ? step.check(seen) : null
  useEffect(() => {
    if (said === null || !step) return
    // Count the step once, even if the effect runs twice.
    change((before) => (doneSteps(before, lesson).length === at ? stepDone(before, lesson, said) : before))
    // oxlint-disable-next-line react/exhaustive-deps
  }, [said, at, lesson])
  useEffect(
    () => () => {
      abort.current?.abort()
    },
    [lesson]
  )

  async function type(what: LessonSending): Promise<void> {
    const mine = new AbortController()
    abort.current = mine
    setSending(true)
    await store.attempt(send(store, what, profile, mine.signal))
    if (!mine.signal.aborted) setSending(false)
  }

  return {
    done,
    at,
    obstacle: snapshot && !sending ? obstacleOf(lesson, at, snapshot) : null,
    already,
    bad: seen && said === null && !sending ? badAnswer(seen) : null,
    sending,
    why: whyNotTyped(state, 0, entryOf(step && snapshot ? step.send({ profile, snapshot }) : null)),
    type: (what) => {
      void type(what)
    },
    next: () => {
      if (already !== null) change((before) => stepDone(before, lesson, already))
    },
    goBack: (to) => {
      abort.current?.abort()
      setSending(false)
      began.current = notBegun
      change((before) => backTo(before, lesson, to))
    }
  }
}

interface Beginning {
  readonly at: number
  readonly lesson: string
  readonly seq: number
  /** Why the step was already fulfilled when it began; `null` if it was not. */
  readonly already: string | null
}

const notBegun: Beginning = { at: -1, lesson: '', seq: 0, already: null }

/** Returns `+++` for an escape sequence, which can only be sent in online mode; `undefined` otherwise. */
function entryOf(sending: LessonSending | null): string | undefined {
  return sending?.kind === 'escape' ? '+++' : undefined
}

async function send(store: Store, what: LessonSending, profile: ModuleProfile, signal: AbortSignal): Promise<void> {
  switch (what.kind) {
    case 'lines':
      await sendLines(store, 0, { lines: what.lines }, signal)
      return
    case 'entry':
      await sendLines(store, 0, { lines: [what.line], entry: `${what.text}\x1a` }, signal)
      return
    case 'escape':
      await sendLines(store, 0, { lines: [], entry: '+++' }, signal)
      return
    case 'leave':
      await sendLines(store, 0, { lines: [], entry: '\x1b' }, signal)
      return
    case 'online':
      await store.api.type({ instance: 0, bytes: new TextEncoder().encode(what.text) })
      return
    case 'lab-ca': {
      const pem = await labCa(store, profile, signal)
      if (pem === null) return
      await sendLines(store, 0, { lines: [`AT#SSLSECDATA=1,1,1,${pem.length}`], entry: `${pem}\x1a` }, signal)
    }
  }
}
