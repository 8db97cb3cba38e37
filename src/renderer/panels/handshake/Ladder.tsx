import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { Icon } from '../../parts/icons.tsx'
import type { HandshakeMessage, HandshakeSnapshot } from '../../../shared/api.ts'
import { missingMessages } from './steps.ts'

interface LadderProps {
  readonly handshake: HandshakeSnapshot
  /** Index of the message that is open. */
  readonly selected: number | null
  readonly onSelect: (at: number | null) => void
}

/** One arrow a message, in their order; what never came after a failure is dashed in its place. */
export function Ladder({ handshake, selected, onSelect }: LadderProps): ReactNode {
  const { messages, farEnd, startedMs } = handshake
  const list = useRef<HTMLOListElement>(null)
  const missing = missingMessages(handshake)
  const alarm = messages.findIndex((message) => message.fatal)

  // While it runs, the newest message stays in view; a failure brings its alert there.
  useEffect(() => {
    const at = alarm >= 0 ? alarm : messages.length - 1
    bringIntoView(list.current, at)
  }, [messages.length, alarm])
  useEffect(() => {
    if (selected !== null) bringIntoView(list.current, selected)
  }, [selected])

  function press(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Escape') onSelect(null)
    else if (step !== 0 && messages.length > 0)
      onSelect(Math.max(0, Math.min(messages.length - 1, (selected ?? (step > 0 ? -1 : messages.length)) + step)))
    else return
    event.preventDefault()
  }

  return (
    <div className="hs-ladder">
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
              onSelect(at === selected ? null : at)
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
    </div>
  )
}

/** Scrolls the list alone: `scrollIntoView` would move every box around it too. */
function bringIntoView(list: HTMLElement | null, at: number): void {
  const row = list?.children[at]
  if (!list || !(row instanceof HTMLElement)) return
  const top = row.offsetTop - list.offsetTop
  if (top < list.scrollTop) list.scrollTop = top
  else if (top + row.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + row.offsetHeight - list.clientHeight
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
