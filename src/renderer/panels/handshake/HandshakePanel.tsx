import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Icon } from '../../parts/icons.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import type { HandshakeMessage, HandshakeSnapshot, Snapshot } from '../../../shared/api.ts'
import { dialCommand } from '../../state/dial.ts'
import { useStore, type Store } from '../../state/store.ts'
import { missingMessages } from './steps.ts'

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
        <Ladder handshake={handshake} />
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

function Ladder({ handshake }: { readonly handshake: HandshakeSnapshot }): ReactNode {
  const { messages, outcome, failure, farEnd, startedMs } = handshake
  const [selected, setSelected] = useState<number | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const missing = missingMessages(handshake)
  const alarm = messages.findIndex((message) => message.fatal)

  useEffect(() => {
    setSelected(null)
  }, [startedMs])
  // While it runs, the newest message stays in view; a failure brings its alert there.
  useEffect(() => {
    const at = alarm >= 0 ? alarm : messages.length - 1
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [messages.length, alarm])

  function press(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || messages.length === 0) return
    event.preventDefault()
    const next = Math.max(0, Math.min(messages.length - 1, (selected ?? (step > 0 ? -1 : messages.length)) + step))
    setSelected(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }

  return (
    <div className="hs">
      <div className="lanes" aria-hidden="true">
        <span>ms</span>
        <span className="ends">
          <b>Module</b>
          <b title={farEnd}>{farEnd}</b>
        </span>
      </div>
      <ol
        className="ladder"
        ref={list}
        role="listbox"
        aria-label="Messages of the handshake"
        tabIndex={0}
        onKeyDown={press}
        aria-activedescendant={selected === null ? undefined : `hs-${selected}`}
      >
        {messages.map((message, at) => (
          // Messages are only ever added at the end.
          // oxlint-disable-next-line react/no-array-index-key
          <Message
            key={at}
            id={`hs-${at}`}
            message={message}
            sinceMs={message.atMs - startedMs}
            selected={at === selected}
            onSelect={() => {
              setSelected(at === selected ? null : at)
            }}
          />
        ))}
        {missing.map(({ name, direction }, at) => (
          <li key={`${name} ${direction}`} className={`msg ghost ${direction}`} aria-disabled="true">
            <span className="tm">{at === 0 ? 'never' : ''}</span>
            <span className="rung">
              <span className="lb">{name}</span>
              <Arrow direction={direction} />
            </span>
            <span className="sum dim">{direction === 'in' ? 'did not come' : 'not sent'}</span>
          </li>
        ))}
      </ol>
      <p className={`gloss${outcome === 'failed' ? ' bad' : ''}`}>{failure ?? glossOf(handshake, selected)}</p>
    </div>
  )
}

interface MessageProps {
  readonly id: string
  readonly message: HandshakeMessage
  readonly sinceMs: number
  readonly selected: boolean
  readonly onSelect: () => void
}

function Message({ id, message, sinceMs, selected, onSelect }: MessageProps): ReactNode {
  const { name, bytes, direction, encrypted, summary, fatal } = message
  return (
    <li
      id={id}
      role="option"
      aria-selected={selected}
      className={`msg ${direction}${fatal ? ' bad' : ''}${selected ? ' sel' : ''}`}
      onClick={onSelect}
    >
      <span className="tm">{Math.round(sinceMs)}</span>
      <span className="rung">
        <span className="lb">
          {encrypted && (
            <span className="lock" title="encrypted on the wire">
              <Icon name="lock" />
            </span>
          )}
          {name}{' '}
          <span className="sz" title={`${bytes} bytes`}>
            {bytes}
          </span>
        </span>
        <Arrow direction={direction} />
        <span className="off-screen">
          {direction === 'out' ? 'from the module' : 'from the far end'}
          {encrypted ? ', encrypted' : ''}
          {fatal ? ', fatal' : ''}
        </span>
      </span>
      <span className="sum" title={summary}>
        {summary}
      </span>
    </li>
  )
}

function Arrow({ direction }: { readonly direction: 'in' | 'out' }): ReactNode {
  return (
    <span className="arr" aria-hidden="true">
      <svg viewBox="0 0 8 8">
        <path d={direction === 'out' ? 'M0 .6 7.5 4 0 7.4z' : 'M8 .6 .5 4 8 7.4z'} />
      </svg>
    </span>
  )
}

function outcomeWords({ outcome, startedMs, finishedMs, messages }: HandshakeSnapshot): string {
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`
  if (outcome === 'running' || finishedMs === null) return `${count} so far`
  const ms = Math.round(finishedMs - startedMs)
  return outcome === 'failed' ? `failed after ${ms} ms` : `${ms} ms, ${count}`
}

function glossOf({ outcome, messages }: HandshakeSnapshot, selected: number | null): string {
  const message = selected === null ? undefined : messages[selected]
  if (message) return `${message.name}: ${message.summary || 'nothing to tell'}.`
  if (outcome === 'running') return 'The two sides agree on a suite and on keys; nothing of the host is sent before Finished.'
  return 'A lock marks what went encrypted. Both Finished were right, so both sides hold the same keys.'
}
