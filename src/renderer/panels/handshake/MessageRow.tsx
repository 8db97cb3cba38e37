import type { ReactNode } from 'react'
import type { HandshakeMessage } from '../../../shared/calls/handshakes.ts'
import { Icon } from '../../parts/icons.tsx'
import { Mark } from '../timeline/Mark.tsx'
import { Arrow } from './Arrow.tsx'
import { handshakeWords, type Ends } from './words.ts'

const words = handshakeWords.message

interface MessageRowProps {
  readonly id: string
  readonly message: HandshakeMessage
  readonly ends: Ends
  /** Milliseconds since the handshake began. */
  readonly sinceMs: number
  readonly selected: boolean
  /** `broken`: this message broke the handshake. `saved`: a resumed handshake omits this message. */
  readonly mark: 'broken' | 'saved' | null
  /** Whether the message comes later in step mode. Its place is then kept free. */
  readonly later: boolean
  readonly onSelect: () => void
}

/** One message of a ladder: its time, and its arrow with name, size and most important value. */
export function MessageRow({
  id,
  message,
  ends,
  sinceMs,
  selected,
  mark,
  later,
  onSelect
}: MessageRowProps): ReactNode {
  const { name, bytes, direction, encrypted, summary, fatal, record } = message
  if (later)
    return (
      <li className="msg later" aria-hidden="true">
        <span className="tm" />
        <span className="rung" />
        <span className="sum" />
      </li>
    )
  const size = record ? words.sizeInRecord(bytes, record.number, record.bytes) : words.size(bytes)
  const end = direction === 'out' ? ends.near : ends.far
  return (
    <li
      id={id}
      role="option"
      aria-selected={selected}
      className={`msg ${direction}${fatal ? ' bad' : ''}${mark ? ` ${mark}` : ''}${selected ? ' sel' : ''}`}
      title={words.title(name, end, summary, size)}
      onClick={onSelect}
    >
      <span className="tm">{Math.round(sinceMs)}</span>
      <span className="rung">
        <span className="lb">
          {encrypted && (
            <span className="lock">
              <Icon name="lock" />
            </span>
          )}
          {mark === 'broken' && <Mark name="error" />}
          <span className="cut">{name === 'Alert' ? words.alert(alertWord(summary)) : name}</span>{' '}
          <span className="sz">{bytes}</span>
        </span>
        <Arrow direction={direction} />
        <span className="off-screen">
          {words.from(end)}
          {encrypted ? words.encrypted : ''}
          {fatal ? words.fatal : ''}
          {mark === 'broken' ? words.broken : ''}
          {mark === 'saved' ? words.saved : ''}
        </span>
      </span>
      <span className="sum">
        <span className="what">{summary}</span>
        {record && <span className="dim nw">{words.record(record.number, record.bytes)}</span>}
      </span>
    </li>
  )
}

/** Returns `certificate_expired (45)` for `fatal, certificate_expired (45)`. */
function alertWord(summary: string): string {
  return summary.replace(/^(fatal|warning)[:,]? /, '').split(':')[0]!
}
