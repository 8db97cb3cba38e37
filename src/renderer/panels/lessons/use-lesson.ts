import { useEffect, useRef, useState } from 'react'
import type { Lesson, LessonSending } from '../../../shared/lessons/lesson.ts'
import { obstacleOf, type Obstacle } from '../../../shared/lessons/obstacle.ts'
import { backTo, doneSteps, isProgress, stepDone, type LessonProgress } from '../../../shared/lessons/progress.ts'
import { badAnswer } from '../../../shared/lessons/seen.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { heldSince, nextHeldSeq } from '../../state/store/held-events.ts'
import { readPref, writePref } from '../../state/prefs.ts'
import { sendLines, whyNotTyped } from '../../state/terminal/send-lines.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { labCa } from './lab-ca.ts'

const PREF_NAME = 'lessons'

/** Progress in all lessons, kept in this browser. */
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
  /** What was seen in each step that is done. */
  readonly done: readonly string[]
  /** Index of the present step; the number of steps when all are done. */
  readonly at: number
  readonly obstacle: Obstacle | null
  /** Why the present step need not be done; null: it has to be. */
  readonly already: string | null
  /** What was answered instead of what should have been; null: nothing bad. */
  readonly bad: string | null
  /** What is under way was begun by a button. */
  readonly sending: boolean
  /** Why nothing can be typed from here, one sentence; null when it can. */
  readonly why: string | null
  type(sending: LessonSending): void
  /** Goes on without doing the present step. */
  next(): void
  goBack(step: number): void
}

/** Follows a lesson on the live board: each step is checked with whatever happens, typed from here or anywhere else. */
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
  /** Where the present step begins; what was before belongs to others. */
  const began = useRef<Beginning>(notBegun)
  if (snapshot && (began.current.at !== at || began.current.lesson !== lesson.id))
    began.current = { at, lesson: lesson.id, seq: nextHeldSeq(state), already: step?.already?.(snapshot) ?? null }

  const seen = snapshot && { snapshot, events: heldSince({ events }, began.current.seq) }
  // What was so from the beginning is not taken for done, until something is done.
  const tried = seen?.events.some(({ what }) => what.kind === 'result') === true
  const already = tried ? null : began.current.already
  const said = seen && step && already === null ? step.check(seen) : null
  useEffect(() => {
    if (said === null || !step) return
    // Drawn twice in a row it must not count twice.
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
  /** Why it need not be done, when it began. */
  readonly already: string | null
}

const notBegun: Beginning = { at: -1, lesson: '', seq: 0, already: null }

/** What is typed where no command line is read: `whyNotTyped` asks for it. */
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
