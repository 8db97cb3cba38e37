import type { ReactNode } from 'react'
import type { ChartSnapshot } from '../../../shared/calls/snapshot.ts'
import { movesFrom } from '../../../shared/statecharts/ask.ts'
import type { ChartDeclaration } from '../../../shared/statecharts/chart.ts'
import { rowOf } from '../../../shared/timeline/reading.ts'
import { spell } from '../../../shared/timeline/spelling.ts'
import { clockTime } from '../../state/sentence/formats.ts'
import type { Store } from '../../state/store/store.ts'
import { useEvents } from '../../state/store/use-events.ts'
import { eventLabel, isFailure, stateLabel } from './chart-facts.ts'
import type { ToldMove } from './moves.ts'
import { moduleWords } from './words.ts'

interface MoveCardProps {
  readonly store: Store
  readonly chart: ChartDeclaration
  readonly present: ChartSnapshot | null
  /** The last move, or the selected one; `null` for none. */
  readonly move: ToldMove | null
  readonly chosen: boolean
  readonly onSelectEvent: (seq: number) => void
}

/** A move in words: its states, its time, its cause, and what may happen next. */
export function MoveCard({ store, chart, present, move, chosen, onSelectEvent }: MoveCardProps): ReactNode {
  const { events, looking } = useEvents(store, move?.cause == null ? [] : [move.cause])
  const [cause] = events
  const next = present
    ? [...new Set(movesFrom(chart, present.state).map(({ event }) => eventLabel(chart, event)))].join(', ')
    : ''
  return (
    <dl className="last-card">
      <dt>{chosen ? words.thisMove : words.lastMove}</dt>
      <dd>
        {move === null ? (
          <span className="dim">{present ? words.none : ''}</span>
        ) : (
          <button
            type="button"
            className="move"
            title={words.show}
            onClick={() => {
              onSelectEvent(move.seq)
            }}
          >
            <b className={isFailure(move.event) ? 'err' : ''}>
              {words.fromTo(stateLabel(chart, move.from), stateLabel(chart, move.to))}
            </b>{' '}
            <span className="dim mono">{clockTime(move.wallMs)}</span>
          </button>
        )}
      </dd>
      <dt>{words.event}</dt>
      <dd className="because">
        {move === null ? (
          <span className="dim">{present ? words.noEvent : ''}</span>
        ) : (
          <span>{cause ? words.eventWithCause(eventLabel(chart, move.event)) : eventLabel(chart, move.event)}</span>
        )}
        {cause && (
          <>
            <button
              type="button"
              className="link mono cut"
              title={words.showCause}
              onClick={() => {
                onSelectEvent(cause.seq)
              }}
            >
              {brief(cause)}
            </button>
          </>
        )}
        {move?.cause != null && !cause && !looking && <span className="dim">{words.causeGone}</span>}
      </dd>
      <dt className="next">{words.next}</dt>
      <dd className="ink2 next" title={next}>
        {next}
      </dd>
    </dl>
  )
}

const words = moduleWords.move

/** Returns an event in a few words, as the text of a link. */
function brief(event: Parameters<typeof rowOf>[0]): string {
  const row = rowOf(event)
  const text = row.bytes
    ? spell(row.bytes, 24)
        .filter((part) => !part.control)
        .map((part) => part.text)
        .join('')
    : (row.strong ?? row.text)
  return text.length > 26 ? `${text.slice(0, 25)}…` : text
}
