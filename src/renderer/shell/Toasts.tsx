import { useEffect, useState, type ReactNode } from 'react'
import { Icon } from '../parts/icons.tsx'
import type { DoneAct } from '../state/store/acts.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { toastWords } from './words.ts'

/** Long enough to read it and to reach the button. After that, the act is still in the list. */
const OFFER_MS = 8000

/** The newest refusal, and the newest act that can be undone. */
export function Toasts({ store }: { readonly store: Store }): ReactNode {
  const notice = useStore(store, (state) => state.notice)
  const offered = useStore(store, (state) => state.offered)
  return (
    <div className="notice-place">
      <div role="status">{offered && <Offer key={offered.id} store={store} act={offered} />}</div>
      {/* A failure stays until the person dismisses it. */}
      <div role="alert">
        {notice !== null && (
          <p className="notice">
            <span>{notice}</span>
            <button
              type="button"
              className="btn sm icon"
              aria-label={toastWords.dismiss}
              onClick={() => {
                store.dismissNotice()
              }}
            >
              <Icon name="close" />
            </button>
          </p>
        )}
      </div>
    </div>
  )
}

function Offer({ store, act }: { readonly store: Store; readonly act: DoneAct }): ReactNode {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = window.setTimeout(() => {
      store.dismissAct()
    }, OFFER_MS)
    return () => {
      window.clearTimeout(timer)
    }
  }, [store, held])
  return (
    <p
      className="notice offer"
      onPointerEnter={() => {
        setHeld(true)
      }}
      onPointerLeave={() => {
        setHeld(false)
      }}
      onFocus={() => {
        setHeld(true)
      }}
      onBlur={() => {
        setHeld(false)
      }}
    >
      <span>{toastWords.done(act.label)}</span>
      <button
        type="button"
        className="btn sm"
        title={toastWords.undoTitle}
        onClick={() => {
          void store.undo(act.id)
        }}
      >
        <Icon name="undo" />
        {toastWords.undo}
      </button>
    </p>
  )
}
