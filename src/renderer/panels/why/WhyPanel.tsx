/** @module The Why panel: what caused an error, and how to fix it. */

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { Icon } from '../../parts/icons.tsx'
import { clockTime } from '../../state/sentence/formats.ts'
import { chartOf } from '../../state/sentence/sentence.ts'
import { askWhyAgain, useWhy } from '../../state/sentence/why.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { ToldFailure, ToldPresent } from './Told.tsx'
import { whyWords as words } from './words.ts'
import './why.css'

/** Explains the last failed command or, if none failed, the present state. */
export function WhyPanel({ store }: { readonly store: Store }): ReactNode {
  const { failure, chosen, present, loading, refused } = useWhy(store)
  const known = useStore(store, (state) => state.snapshot !== null)
  const gone = useStore(store, (state) => state.link.kind === 'gone')
  const [now, setNow] = useState(false)
  const seq = failure?.seq ?? null
  const newest = useRef(-1)
  // Show a newer or a selected failure at once, but not an older one that is back because the newer one was fixed.
  useEffect(() => {
    if (seq === null) return
    if (chosen || seq > newest.current) setNow(false)
    newest.current = Math.max(newest.current, seq)
  }, [seq, chosen])
  const asksNow = present !== null && (failure === null || now)
  return (
    <Panel
      name={words.panel}
      className={`p-why${gone ? ' stale' : ''}`}
      controls={
        <>
          {chosen && (
            <button
              type="button"
              className="btn sm line"
              title={words.lastFailure.title}
              onClick={() => {
                store.select(null)
              }}
            >
              {words.lastFailure.label}
            </button>
          )}
          {failure && present && (
            <span className="why-side" role="group" aria-label={words.sides.group}>
              <button
                type="button"
                className={`btn sm${asksNow ? '' : ' pressed'}`}
                aria-pressed={!asksNow}
                onClick={() => {
                  setNow(false)
                }}
              >
                {words.sides.failure}
              </button>
              <button
                type="button"
                className={`btn sm${asksNow ? ' pressed' : ''}`}
                aria-pressed={asksNow}
                onClick={() => {
                  setNow(true)
                }}
              >
                {words.sides.now}
              </button>
            </span>
          )}
        </>
      }
    >
      {!known || loading ? (
        <Waiting known={known} />
      ) : refused !== null ? (
        <Empty
          action={
            <button
              type="button"
              className="btn line sm"
              onClick={() => {
                askWhyAgain(store)
              }}
            >
              {words.askAgain}
            </button>
          }
        >
          {words.refused(refused)}
        </Empty>
      ) : asksNow ? (
        <ToldPresent store={store} told={present} foot={<Foot store={store} failed={failure !== null} />} />
      ) : failure ? (
        <ToldFailure key={failure.seq} store={store} told={failure} />
      ) : (
        <div className="why">
          <h2>{words.nothingFailed.title}</h2>
          <p>{words.nothingFailed.text}</p>
          <footer>
            <Foot store={store} failed={false} />
          </footer>
        </div>
      )}
    </Panel>
  )
}

/** Placeholder for the text. It appears after a delay. */
function Waiting({ known }: { readonly known: boolean }): ReactNode {
  if (!known) return <Empty>{words.waiting}</Empty>
  return (
    <div className="why late" aria-busy="true">
      <i />
      <i />
      <i />
      <span className="off-screen">{words.asking}</span>
    </div>
  )
}

function Foot({ store, failed }: { readonly store: Store; readonly failed: boolean }): ReactNode {
  const power = useStore(store, (state) => (state.snapshot ? (chartOf(state.snapshot, 'power') ?? null) : null))
  const speed = useStore(store, (state) => state.snapshot?.speed ?? 1)
  const startedMs = useStore(store, ({ snapshot }) => {
    const last = snapshot ? chartOf(snapshot, 'power')?.last : null
    return snapshot && last ? snapshot.wallMs - (snapshot.moduleMs - last.moduleMs) : null
  })
  if (failed)
    return (
      <p className="trail">
        <span className="dim">{words.foot.otherSide}</span>
      </p>
    )
  if (power?.state !== 'on') return null
  return (
    <p className="fine">
      <Icon name="check" />
      {startedMs !== null && speed === 1 ? words.foot.noneSince(clockTime(startedMs).slice(0, 8)) : words.foot.none}
    </p>
  )
}
