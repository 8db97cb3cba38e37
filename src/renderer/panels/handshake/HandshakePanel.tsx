import { useEffect, useState, type ReactNode } from 'react'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import type { HandshakeSnapshot, Snapshot } from '../../../shared/api.ts'
import { dialCommand } from '../../state/dial.ts'
import { useStore, type Store } from '../../state/store.ts'
import { Ladder } from './Ladder.tsx'
import { MessageDetail } from './MessageDetail.tsx'
import { isResumed } from './steps.ts'

/** The newest handshake as a ladder: the module at the left, the far end at the right, one arrow a message. */
export function HandshakePanel({ store }: { readonly store: Store }): ReactNode {
  const handshake = useStore(store, (state) => state.snapshot?.handshake ?? null)
  const snapshot = useStore(store, (state) => state.snapshot)
  return (
    <Panel
      name="Handshake"
      controls={handshake && <span className={`nw${handshake.outcome === 'failed' ? ' err' : ''}`}>{outcomeWords(handshake)}</span>}
      className="p-handshake"
    >
      {handshake && (handshake.messages.length > 0 || handshake.outcome !== 'failed') ? (
        <Handshake store={store} handshake={handshake} />
      ) : (
        <NoHandshake snapshot={snapshot} failure={handshake?.failure ?? null} />
      )}
    </Panel>
  )
}

function NoHandshake({ snapshot, failure }: { readonly snapshot: Snapshot | null; readonly failure: string | null }): ReactNode {
  const command = dialCommand(snapshot?.lab)
  return (
    <Empty
      action={
        <span className="do">
          <code>{command}</code>
          <CopyButton text={command} what="the command that dials" />
        </span>
      }
    >
      {failure === null ? (
        'No handshake yet. It is drawn here message by message once the module dials.'
      ) : (
        <>
          <span className="err">{failure}</span> So no message was exchanged.
        </>
      )}
    </Empty>
  )
}

function Handshake({ store, handshake }: { readonly store: Store; readonly handshake: HandshakeSnapshot }): ReactNode {
  const [selected, setSelected] = useState<number | null>(null)
  const { startedMs, outcome, failure } = handshake
  useEffect(() => {
    setSelected(null)
  }, [startedMs])
  const message = selected === null ? undefined : handshake.messages[selected]
  return (
    <div
      className={`hs${message ? ' opened' : ''}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setSelected(null)
      }}
    >
      <Ladder handshake={handshake} selected={selected} onSelect={setSelected} />
      {message && (
        <MessageDetail
          api={store.api}
          message={message}
          onClose={() => {
            setSelected(null)
          }}
        />
      )}
      {!message && <p className={`gloss${outcome === 'failed' ? ' bad' : ''}`}>{failure ?? glossOf(handshake)}</p>}
    </div>
  )
}

function outcomeWords(handshake: HandshakeSnapshot): string {
  const { outcome, startedMs, finishedMs, messages } = handshake
  const kind = isResumed(handshake) ? 'resumed, ' : ''
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`
  if (outcome === 'running' || finishedMs === null) return `${kind}${count} so far`
  const ms = Math.round(finishedMs - startedMs)
  return outcome === 'failed' ? `${kind}failed after ${ms} ms` : `${kind}${ms} ms, ${count}`
}

function glossOf(handshake: HandshakeSnapshot): string {
  if (handshake.outcome === 'running') return 'The two sides agree on a suite and on keys; nothing of the host is sent before Finished.'
  if (isResumed(handshake)) return 'A kept session was taken up again: no certificate, no key exchange, the keys come from the kept secret.'
  return 'Both Finished were right: the keys agree. Select a message to open it.'
}
