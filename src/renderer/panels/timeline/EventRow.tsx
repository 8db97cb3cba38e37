import { memo, type ReactNode } from 'react'
import type { PlacedEvent } from '../../state/event-buffer.ts'
import { clockTime, sinceCause } from '../../state/formats.ts'
import { Mark } from './Mark.tsx'
import type { RailCell } from './rail.ts'
import { rowOf, spell } from './rows.ts'

/** Which stretch of the way from the selected event up to its root runs through this row. */
export interface HotRail {
  readonly root: number
  readonly branch: number
  readonly selected: number
}

interface EventRowProps {
  readonly placed: PlacedEvent
  readonly at: number
  readonly total: number
  readonly rail: RailCell
  readonly hot: string
  readonly selected: boolean
  readonly onSelect: (seq: number) => void
}

export const EventRow = memo(function EventRow({ placed, at, total, rail, hot, selected, onSelect }: EventRowProps): ReactNode {
  const { event, depth, root } = placed
  const row = rowOf(event)
  const time = depth === 0 ? clockTime(event.wallMs) : sinceCause(event.moduleMs - root.moduleMs)
  const instance = event.instance === null ? '' : `, AT${event.instance}`
  return (
    <div
      id={rowId(event.seq)}
      role="option"
      aria-selected={selected}
      aria-posinset={at + 1}
      aria-setsize={total}
      className={`ev-row k-${row.tone}${selected ? ' sel' : ''}${row.tone === 'err' ? ' bad' : ''}`}
      onClick={() => {
        onSelect(event.seq)
      }}
    >
      <span className="t" title={`${clockTime(event.wallMs)}, module time ${event.moduleMs} ms, event ${event.seq}${instance}`}>
        {time}
      </span>
      <svg className="rail" viewBox="0 0 30 17" aria-hidden="true">
        <path d={railPath(rail)} />
        {hot !== '' && <path className="hot" d={hot} />}
      </svg>
      <Mark name={row.mark} />
      <span className="k">{row.word}</span>
      <span className={`x${row.bytes ? ' by' : ''}`}>
        {row.bytes && <Bytes bytes={row.bytes} />}
        {row.strong && <b>{row.strong} </b>}
        {row.text}
        {row.aside && <span className="dim"> {row.aside}</span>}
      </span>
    </div>
  )
})

export function rowId(seq: number): string {
  return `event-${seq}`
}

/** The lit stretch of row `at` in the list, as a path; empty when the way does not run through it. */
export function hotPath(at: number, { root, branch, selected }: HotRail): string {
  const parts: string[] = []
  if (branch >= 0) {
    if (at === root && root < branch) parts.push('M5 8.5V17')
    else if (at > root && root >= 0 && at < branch) parts.push('M5 0V17')
    else if (at === branch) parts.push('M5 0V8.5H16')
    if (selected > branch) {
      if (at === branch) parts.push('M14 8.5V17')
      else if (at > branch && at < selected) parts.push('M14 0V17')
      else if (at === selected) parts.push('M14 0V8.5H25')
    }
  }
  return parts.join('')
}

function railPath({ column, up, down }: RailCell): string {
  const path = [
    up[0] && 'M5 0V8.5',
    down[0] && 'M5 8.5V17',
    up[1] && 'M14 0V8.5',
    down[1] && 'M14 8.5V17',
    column === 1 && 'M5 8.5H16',
    column === 2 && 'M14 8.5H25'
  ]
  return path.filter(Boolean).join('')
}

function Bytes({ bytes }: { readonly bytes: Uint8Array }): ReactNode {
  return spell(bytes).map((part, at) =>
    part.control ? (
      // A row's bytes never change, so a part's place is its identity.
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
