import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Lesson, LessonSending, LessonStep } from '../../../shared/lessons/lesson.ts'
import type { LessonProgress } from '../../../shared/lessons/progress.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Icon } from '../../parts/icons.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { useLesson, type LessonUnderWay } from './use-lesson.ts'
import { lessonsWords } from './words.ts'

interface LessonViewProps {
  readonly store: Store
  readonly lesson: Lesson
  readonly profile: ModuleProfile
  readonly progress: LessonProgress
  readonly change: (change: (before: LessonProgress) => LessonProgress) => void
  readonly onLeave: () => void
}

/** A lesson with the steps that are done, the present step, and the steps to come. */
export function LessonView({ store, lesson, profile, progress, change, onLeave }: LessonViewProps): ReactNode {
  const course = useLesson(store, lesson, profile, progress, change)
  const { steps } = lesson
  const { done, at } = course
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const noticed = at > 0 ? steps[at - 1] : undefined
  return (
    <div className="lesson">
      <header>
        <button type="button" className="btn sm" onClick={onLeave} title={lessonsWords.lesson.aboutLeave}>
          <span aria-hidden="true">‹</span> {lessonsWords.lesson.leave}
        </button>
        <h2>{lesson.title}</h2>
        <span className="dim nw">
          {at === steps.length ? lessonsWords.lesson.done : lessonsWords.lesson.step(at + 1, steps.length)}
        </span>
        <button
          type="button"
          className="btn sm icon"
          aria-label={lessonsWords.lesson.restart}
          title={lessonsWords.lesson.aboutRestart}
          disabled={at === 0}
          onClick={() => {
            course.goBack(0)
          }}
        >
          <Icon name="reset" />
        </button>
      </header>
      <ol ref={list}>
        {steps.map((step, index) =>
          index < at ? (
            <li key={step.id} className="done">
              <Tick at={index} done />
              <div>
                <b>{step.title}</b>
                <p>{done[index]}</p>
                {step === noticed && <Notice store={store} step={step} />}
              </div>
            </li>
          ) : index === at ? (
            <Present key={step.id} store={store} step={step} at={index} course={course} profile={profile} />
          ) : (
            <li key={step.id}>
              <Tick at={index} />
              <div>{step.title}</div>
            </li>
          )
        )}
      </ol>
      {at === steps.length && (
        <p className="all-done" role="status">
          <Icon name="check" /> {lessonsWords.lesson.allDone(lesson.about)}
        </p>
      )}
    </div>
  )
}

function Tick({ at, done = false }: { readonly at: number; readonly done?: boolean }): ReactNode {
  return (
    <span className="tick" aria-hidden="true">
      {done ? <Icon name="check" /> : at + 1}
    </span>
  )
}

interface PresentProps {
  readonly store: Store
  readonly step: LessonStep
  readonly at: number
  readonly course: LessonUnderWay
  readonly profile: ModuleProfile
}

const words = lessonsWords.step

/** The present step. */
function Present({ store, step, at, course, profile }: PresentProps): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const [hint, setHint] = useState(false)
  const { obstacle, already, bad, sending, why } = course
  const what = snapshot ? step.send({ profile, snapshot }) : null
  return (
    <li className="current" aria-current="step">
      <Tick at={at} />
      <div>
        <b>{step.title}</b>
        <p>{step.text}</p>
        {what && <Typed sending={what} />}
        <p className="state" role="status">
          {sending
            ? words.underWay
            : already !== null
              ? already
              : (obstacle?.sentence ?? (bad !== null ? <span className="err">{bad}</span> : ''))}
        </p>
        {(hint || bad !== null) && <p className="hint">{step.hint}</p>}
        <div className="acts">
          {obstacle ? (
            <Way course={course} />
          ) : already !== null ? (
            <button type="button" className="btn sm solid" onClick={course.next}>
              {words.next}
            </button>
          ) : (
            <button
              type="button"
              className="btn sm solid"
              disabled={what === null || sending || (why !== null && what.kind !== 'online')}
              aria-busy={sending}
              title={why ?? words.aboutType}
              onClick={() => {
                if (what) course.type(what)
              }}
            >
              {sending ? words.typing : bad === null ? words.type : words.typeAgain}
            </button>
          )}
          {already !== null && !obstacle && what && (
            <button
              type="button"
              className="btn sm line"
              disabled={sending || why !== null}
              title={why ?? undefined}
              onClick={() => {
                course.type(what)
              }}
            >
              {words.typeAnyway}
            </button>
          )}
          {bad !== null && (
            <button
              type="button"
              className="btn sm line"
              onClick={() => {
                store.desk.show('why', true)
              }}
            >
              {words.why}
            </button>
          )}
          <button
            type="button"
            className="btn sm"
            aria-expanded={hint || bad !== null}
            onClick={() => {
              setHint(!hint)
            }}
          >
            {words.hint}
          </button>
        </div>
        {why !== null && !sending && already === null && !obstacle && what?.kind !== 'online' && (
          <p className="hint">{why}</p>
        )}
      </div>
    </li>
  )
}

/** The button that resolves an obstacle. */
function Way({ course: { obstacle, sending, type, goBack } }: { readonly course: LessonUnderWay }): ReactNode {
  if (!obstacle) return null
  const { send, back } = obstacle
  if (send) {
    return (
      <button
        type="button"
        className="btn sm solid"
        disabled={sending}
        onClick={() => {
          type(send)
        }}
      >
        {send.kind === 'escape'
          ? words.sendEscape
          : send.kind === 'leave'
            ? words.sendLeave
            : send.kind === 'lines'
              ? words.send(send.lines[0] ?? '')
              : words.fix}
      </button>
    )
  }
  if (back === null) return null
  return (
    <button
      type="button"
      className="btn sm solid"
      onClick={() => {
        goBack(back)
      }}
    >
      {words.back(back + 1)}
    </button>
  )
}

/** What a step types, written as one would type it by hand. */
function Typed({ sending }: { readonly sending: LessonSending }): ReactNode {
  switch (sending.kind) {
    case 'lines':
      return (
        <p className="typed">
          <code>{sending.lines.join('\n')}</code>
          <CopyButton
            text={sending.lines.join('\n')}
            what={sending.lines.length === 1 ? lessonsWords.typed.line : lessonsWords.typed.lines}
          />
        </p>
      )
    case 'entry':
      return (
        <p className="typed">
          <code>
            {sending.line}
            {'\n> '}
            {sending.text} <kbd>{lessonsWords.typed.endOfEntry}</kbd>
          </code>
        </p>
      )
    case 'online':
      return (
        <p className="typed">
          <code>{sending.text.trim()}</code>
        </p>
      )
    case 'escape':
      return (
        <p className="typed">
          <code>
            <i>{lessonsWords.typed.guardTime}</i> +++ <i>{lessonsWords.typed.guardTime}</i>
          </code>
        </p>
      )
    case 'leave':
      return null
    case 'lab-ca':
      return (
        <p className="typed">
          <code>
            {lessonsWords.typed.store}
            {'\n> '}
            {lessonsWords.typed.certificate} <kbd>{lessonsWords.typed.endOfEntry}</kbd>
          </code>
        </p>
      )
  }
}

function Notice({ store, step: { notice } }: { readonly store: Store; readonly step: LessonStep }): ReactNode {
  if (!notice) return null
  return (
    <p className="notice-line">
      {notice.text}{' '}
      <button
        type="button"
        className="link"
        onClick={() => {
          store.desk.show(notice.panel, true)
        }}
      >
        {notice.link}
      </button>
    </p>
  )
}
