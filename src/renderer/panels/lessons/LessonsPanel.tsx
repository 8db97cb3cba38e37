/** @module The lessons panel: one lesson, step by step. */

import { useMemo, useState, type ReactNode } from 'react'
import { lessons } from '../../../shared/lessons/index.ts'
import type { Lesson } from '../../../shared/lessons/lesson.ts'
import { doneSteps, isLessonDone, backTo, type LessonProgress } from '../../../shared/lessons/progress.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { withSwitches } from '../../../shared/products/switches.ts'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { readPref, writePref } from '../../state/prefs.ts'
import { profileNamed } from '../../state/profile-named.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { LessonView } from './LessonView.tsx'
import { useProgress } from './use-lesson.ts'
import { lessonsWords } from './words.ts'
import './lessons.css'

const PREF_NAME = 'lesson.open'

/** The lessons: examples of the guide and classic failures, to work through on the live board. */
export function LessonsPanel({ store }: { readonly store: Store }): ReactNode {
  const name = useStore(store, (state) => state.snapshot?.product.name)
  const software = useStore(store, (state) => state.snapshot?.product.software)
  const lab = useStore(store, (state) => state.snapshot?.lab.tls !== null)
  const gone = useStore(store, (state) => state.link.kind === 'gone')
  const switches = useStore(store, (state) => state.snapshot?.switches.now)
  const profile = useMemo(() => {
    const own = name === undefined || software === undefined ? null : profileNamed(name, software)
    return own && switches ? withSwitches(own, switches) : own
  }, [name, software, switches])
  const [progress, change] = useProgress()
  const [openId, setOpenId] = useState(() => readPref<string | null>(PREF_NAME, null, isName))
  const open = lessons.find((lesson) => lesson.id === openId)

  function choose(id: string | null): void {
    setOpenId(id)
    writePref(PREF_NAME, id)
  }

  return (
    <Panel
      name={words.name}
      className={`p-lessons${gone ? ' stale' : ''}`}
      controls={<span className="nw dim">{doneText(progress)}</span>}
    >
      {name === undefined ? (
        <Empty>{words.waiting}</Empty>
      ) : profile === null ? (
        <Empty>{words.unknownProduct(name, software ?? '')}</Empty>
      ) : open && open.unfit(profile) === null && lab ? (
        <LessonView
          key={open.id}
          store={store}
          lesson={open}
          profile={profile}
          progress={progress}
          change={change}
          onLeave={() => {
            choose(null)
          }}
        />
      ) : (
        <div className="lessons">
          <p>{lab ? words.about : words.labOff}</p>
          <ul>
            {lessons.map((lesson) => (
              <Entry
                key={lesson.id}
                lesson={lesson}
                profile={profile}
                progress={progress}
                lab={lab}
                onOpen={() => {
                  if (isLessonDone(progress, lesson)) change((before) => backTo(before, lesson, 0))
                  choose(lesson.id)
                }}
              />
            ))}
          </ul>
        </div>
      )}
    </Panel>
  )
}

interface EntryProps {
  readonly lesson: Lesson
  readonly profile: ModuleProfile
  readonly progress: LessonProgress
  readonly lab: boolean
  readonly onOpen: () => void
}

function Entry({ lesson, profile, progress, lab, onOpen }: EntryProps): ReactNode {
  const done = doneSteps(progress, lesson).length
  const all = lesson.steps.length
  const why = lab ? lesson.unfit(profile) : lessonsWords.entry.labOff
  return (
    <li>
      <div>
        <h3>{lesson.title}</h3>
        <p>{lesson.about}</p>
        <p className="far">
          <span className="rule">{lessonsWords.entry.guide(lesson.chapter)}</span>
          <span className="bar" role="img" aria-label={lessonsWords.entry.stepsDone(done, all)}>
            <i style={{ width: `${(100 * done) / all}%` }} />
          </span>
          <span>{lessonsWords.entry.steps(done, all)}</span>
        </p>
        {why !== null && <p className="hint">{why}</p>}
      </div>
      <button
        type="button"
        className={`btn sm ${done > 0 && done < all ? 'solid' : 'line'}`}
        disabled={why !== null}
        title={why ?? undefined}
        aria-label={lessonsWords.entry.open(verbOf(done, all), lesson.title)}
        onClick={onOpen}
      >
        {verbOf(done, all)}
      </button>
    </li>
  )
}

const words = lessonsWords.panel

const verbOf = (done: number, all: number): string =>
  done === 0 ? lessonsWords.entry.start : done === all ? lessonsWords.entry.repeat : lessonsWords.entry.resume

function doneText(progress: LessonProgress): string {
  const done = lessons.filter((lesson) => isLessonDone(progress, lesson)).length
  return done === 0 ? '' : words.done(done, lessons.length)
}

function isName(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}
