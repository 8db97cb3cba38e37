import type { ReactNode } from 'react'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { rowOf } from '../../../shared/timeline/reading.ts'
import { spell } from '../../../shared/timeline/spelling.ts'
import type { ByteView } from '../../state/timeline/view.ts'
import { bytesOf, hexOf } from './bytes.ts'
import { timelineWords } from './words.ts'

/** How many bytes the mixed view shows before their text. */
const MIXED_BYTES = 8

/** The text of an event, or its bytes: as characters with control characters as chips, in hex, or as both. */
export function RowText({ event, view }: { readonly event: TimelineEvent; readonly view: ByteView }): ReactNode {
  const row = rowOf(event)
  const bytes = view === 'text' ? null : bytesOf(event)
  if (!bytes) {
    return (
      <span className={`x${row.bytes ? ' by' : ''}`}>
        {row.bytes && <Bytes bytes={row.bytes} />}
        {row.strong && <b>{row.strong} </b>}
        {row.text}
        {row.aside && <span className="dim"> {row.aside}</span>}
      </span>
    )
  }
  const { text, more } = hexOf(bytes, view === 'mixed' ? MIXED_BYTES : undefined)
  const rest = more > 0 && <span className="dim"> {timelineWords.row.moreBytes(more)}</span>
  if (view === 'hex')
    return (
      <span className="x by digits">
        {text}
        {rest}
      </span>
    )
  return (
    <span className="x by mixed">
      <span className="digits">
        {text}
        {more > 0 && '…'}
      </span>
      <span className="cut">
        <Bytes bytes={bytes} />
      </span>
    </span>
  )
}

/** Bytes as characters, with control characters as chips. */
export function Bytes({ bytes }: { readonly bytes: Uint8Array }): ReactNode {
  return spell(bytes).map((part, at) =>
    part.control ? (
      // A row's bytes never change, so the index of a part identifies it.
      // oxlint-disable-next-line react/no-array-index-key
      <span className="cc" key={at}>
        {part.text}
      </span>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key
      <span key={at}>{part.text}</span>
    )
  )
}
