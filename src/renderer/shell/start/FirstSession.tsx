import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Icon } from '../../parts/icons.tsx'
import { whyNoSession } from '../../state/sentence/why-no-session.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { silenceBeforeEscapeMs } from '../../state/terminal/escape-guard.ts'
import { sessionSteps, shownText, stepFailure, type SessionStep } from './session-steps.ts'
import { sessionWords } from './words.ts'

/** A step that was typed: the first event that it can have caused, and its result once that is known. */
interface Typed {
  readonly fromSeq: number
  readonly did: string | null
  readonly failed: string | null
}

/** A first session, typed line by line into the built-in terminal. Each line shows what it did. */
export function FirstSession({ store, onEnd }: { readonly store: Store; readonly onEnd: () => void }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const live = useStore(store, (state) => state.link.kind === 'live')
  const events = useStore(store, (state) => state.events)
  const [typed, setTyped] = useState<Readonly<Record<string, Typed>>>({})
  const at = sessionSteps.findIndex((step) => (typed[step.id]?.did ?? null) === null)
  const step = at < 0 ? undefined : sessionSteps[at]
  const now = step && typed[step.id]
  const list = useRef<HTMLOListElement>(null)

  // The current step ends when its result is known, or when it failed.
  useEffect(() => {
    if (!snapshot || !step || !now || now.failed !== null) return
    const since = events.rows.map((row) => row.event).filter((event) => event.seq >= now.fromSeq)
    const did = step.did(snapshot, since)
    const failed = did === null ? stepFailure(snapshot, since) : null
    if (did !== null || failed !== null) setTyped((before) => ({ ...before, [step.id]: { ...now, did, failed } }))
  }, [snapshot, events, step, now])
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [at])

  if (!snapshot) return null
  const why = whyNoSession(snapshot, live)
  const under = now !== undefined && now.failed === null

  async function type(one: SessionStep): Promise<void> {
    const { snapshot: present } = store.get()
    if (!present) return
    const already = one.already?.(present) ?? null
    const fromSeq = present.timeline.nextSeq
    setTyped((before) => ({ ...before, [one.id]: { fromSeq, did: already, failed: null } }))
    if (already !== null) return
    if (one.alone) await new Promise((resolve) => setTimeout(resolve, silenceBeforeEscapeMs(present)))
    const sent = await store.attempt(
      store.api.type({ instance: 0, bytes: new TextEncoder().encode(one.text(present)) })
    )
    if (!sent) setTyped((before) => Object.fromEntries(Object.entries(before).filter(([id]) => id !== one.id)))
  }

  return (
    <div className="start session">
      <ol ref={list}>
        {sessionSteps.map((one, index) => {
          const result = typed[one.id]
          const current = index === at
          return (
            <li
              key={one.id}
              className={result?.did != null ? 'done' : current ? 'now' : ''}
              aria-current={current ? 'step' : undefined}
            >
              <span className="tick" aria-hidden="true">
                {result?.did != null ? <Icon name="check" /> : index + 1}
              </span>
              <div>
                <code title={shownText(one.text(snapshot))}>{shownText(one.text(snapshot))}</code>
                <p className={result?.failed ? 'err' : ''} role={current ? 'status' : undefined}>
                  {result?.did ?? result?.failed ?? (current && under ? sessionWords.waiting : one.aim)}
                </p>
              </div>
              {current && (
                <button
                  type="button"
                  className="btn sm solid"
                  disabled={why !== null || under}
                  aria-busy={under}
                  title={why ?? sessionWords.typeItTitle}
                  onClick={() => {
                    void type(one)
                  }}
                >
                  {now?.failed
                    ? sessionWords.tryAgain
                    : one.already?.(snapshot)
                      ? sessionWords.next
                      : sessionWords.typeIt}
                </button>
              )}
            </li>
          )
        })}
      </ol>
      <div className="acts">
        {!step && <p>{sessionWords.complete}</p>}
        <button type="button" className="btn" onClick={onEnd}>
          {step ? sessionWords.stop : sessionWords.done}
        </button>
      </div>
    </div>
  )
}
