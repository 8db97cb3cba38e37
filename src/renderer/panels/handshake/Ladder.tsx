import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import { farEndParts } from '../../../shared/lab/far-end-name.ts'
import { Address } from '../../parts/Address.tsx'
import { Arrow } from './Arrow.tsx'
import { MessageRow } from './MessageRow.tsx'
import { brokenAt, rungsOf, savedMessages, type Rung } from './steps.ts'
import { dataWords, handshakeWords, moduleEnds, type Ends } from './words.ts'

const words = handshakeWords.ladder

interface LadderProps {
  readonly handshake: HandshakeSnapshot
  /** The names of the two ends. Default: the module and its server. */
  readonly ends?: Ends
  /** Index of the selected message; `null` for none. */
  readonly selected: number | null
  /** In step mode, the index of the last message that is drawn as received or sent; `null` for all. */
  readonly upTo: number | null
  /** Whether the ladder is drawn beside a resumed handshake. The messages that the resumed one omits are then marked. */
  readonly beside?: boolean
  /** Shown above the lanes if there are two ladders. */
  readonly heading?: ReactNode
  readonly onSelect: (at: number | null) => void
}

/** One arrow for each message, in order. After a failure, messages that did not come are dashed. */
export function Ladder({
  handshake,
  ends = moduleEnds,
  selected,
  upTo,
  beside = false,
  heading,
  onSelect
}: LadderProps): ReactNode {
  const { id, messages, farEnd, startedMs, outcome } = handshake
  const list = useRef<HTMLOListElement>(null)
  const rungs =
    upTo === null ? rungsOf(handshake) : messages.map((message, at): Rung => ({ kind: 'message', at, message }))
  const broken = brokenAt(handshake)
  const saved = new Set(beside ? savedMessages(handshake) : [])
  const alarm = messages.findIndex((message) => message.fatal)
  const last = upTo ?? messages.length

  // Scroll to the newest message while the handshake runs, and to the alert when it fails.
  useEffect(() => {
    if (outcome !== 'open') bringIntoView(list.current, `hs-${id}-${alarm >= 0 ? alarm : messages.length - 1}`)
  }, [id, messages.length, alarm, outcome])
  useEffect(() => {
    if (selected !== null) bringIntoView(list.current, `hs-${id}-${selected}`)
  }, [id, selected])

  function press(event: KeyboardEvent): void {
    const from = selected ?? (event.key === 'ArrowUp' ? last : -1)
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: last - 1 }[event.key]
    if (to === undefined || last === 0) return
    onSelect(Math.max(0, Math.min(last - 1, to)))
    event.preventDefault()
  }

  return (
    <div className={`hs-ladder${beside ? ' beside' : ''}`}>
      {heading}
      <div className="lanes" aria-hidden="true">
        <span>{words.ms}</span>
        <span className="ends">
          <b>{ends.head}</b>
          <FarEnd name={farEnd} />
        </span>
      </div>
      <ol
        className="ladder"
        ref={list}
        role="listbox"
        aria-label={beside ? words.fullLabel : words.label}
        tabIndex={0}
        onKeyDown={press}
        aria-activedescendant={selected === null ? undefined : `hs-${id}-${selected}`}
      >
        {rungs.map((rung) => {
          if (rung.kind === 'message')
            return (
              <MessageRow
                key={rung.at}
                id={`hs-${id}-${rung.at}`}
                message={rung.message}
                ends={ends}
                sinceMs={rung.message.atMs - startedMs}
                selected={rung.at === selected}
                mark={rung.at === broken ? 'broken' : saved.has(rung.at) ? 'saved' : null}
                later={rung.at >= last}
                onSelect={() => {
                  onSelect(rung.at === selected ? null : rung.at)
                }}
              />
            )
          if (rung.kind === 'data')
            return (
              <li key="data" className="data-mark" role="option" aria-selected={false} aria-disabled="true">
                <span className="tm" />
                <span className="rung">
                  <span className="lb">
                    <span className="cut">{dataWords(handshake)}</span>
                  </span>
                  <Arrow direction="both" />
                </span>
                <span className="sum dim">
                  {words.data.bytes(handshake.data.sentBytes, handshake.data.receivedBytes)}
                </span>
              </li>
            )
          const { name, direction, unread } = rung.missing
          const awaited = rung.kind === 'awaited'
          const { fates } = handshakeWords
          const fate = awaited
            ? fates.awaited
            : unread
              ? fates.unread
              : direction === 'in'
                ? fates.missing
                : fates.unsent
          return (
            <li
              key={`${name} ${direction} ghost`}
              className={`msg ${awaited ? 'awaited' : 'ghost'} ${direction}`}
              role="option"
              aria-selected={false}
              aria-disabled="true"
            >
              <span className="tm" />
              <span className="rung" title={handshakeWords.fate(name, fate)}>
                <span className="lb">
                  <span className="cut">
                    {name}
                    <span className="fate">, {fate}</span>
                  </span>
                </span>
                <Arrow direction={direction} />
              </span>
              <span className="sum dim">{fate}</span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

/** The server's name above its lane; for FTP, first which of the two connections it is, and the address below. */
function FarEnd({ name }: { readonly name: string }): ReactNode {
  const { ftp, address } = farEndParts(name)
  return (
    <span className="lane-end" title={name}>
      {ftp === null ? (
        <b className="whole">
          <Address of={address} />
        </b>
      ) : (
        <>
          <b>{words.ftp[ftp]}</b>
          <span className="dim">{address}</span>
        </>
      )}
    </span>
  )
}

/** Scrolls only the list: `scrollIntoView` would also scroll the boxes around it. */
function bringIntoView(list: HTMLElement | null, id: string): void {
  const row = list?.querySelector<HTMLElement>(`#${id}`)
  if (!list || !row) return
  const top = row.offsetTop - list.offsetTop
  if (top < list.scrollTop) list.scrollTop = top
  else if (top + row.offsetHeight > list.scrollTop + list.clientHeight)
    list.scrollTop = top + row.offsetHeight - list.clientHeight
}
