import { useState, type ReactNode } from 'react'
import { Panel } from '../../parts/Panel.tsx'
import type { ChartId } from '../../../shared/statecharts/chart.ts'
import { charts } from '../../../shared/statecharts/index.ts'
import type { ChartSnapshot } from '../../../shared/api.ts'
import { indexOfSeq, type EventBuffer } from '../../state/event-buffer.ts'
import { clockTime } from '../../state/formats.ts'
import { useStore, type Store } from '../../state/store.ts'
import { rowOf, spell } from '../timeline/rows.ts'
import { Chart } from './Chart.tsx'
import { eventLabel, isFailure, nextEvents, stateLabel } from './chart-facts.ts'

interface ModulePanelProps {
  readonly store: Store
  readonly chart: ChartId
  readonly onChart: (chart: ChartId) => void
  readonly onSelectEvent: (seq: number) => void
}

/** One statechart of the module as it stands, and its last move in words. */
export function ModulePanel({ store, chart, onChart, onSelectEvent }: ModulePanelProps): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const events = useStore(store, (state) => state.events)
  const [asked, setAsked] = useState<{ readonly chart: ChartId; readonly state: string } | null>(null)
  const [wantedInstance, setWantedInstance] = useState(0)
  const declaration = charts[chart]
  const drawn = snapshot?.charts.filter((one) => one.id === chart) ?? []
  // Only the data mode is there several times, once for each AT instance, in their order.
  const instance = Math.min(wantedInstance, Math.max(0, drawn.length - 1))
  const present = drawn[instance]
  const askedState = asked?.chart === chart ? asked.state : null

  const controls = (
    <>
      {drawn.length > 1 && (
        <span className="select sm">
          <select
            aria-label="AT instance"
            value={instance}
            onChange={(event) => {
              setWantedInstance(Number(event.target.value))
            }}
          >
            {drawn.map((_, at) => (
              // The place among the data modes is the instance.
              // oxlint-disable-next-line react/no-array-index-key
              <option key={at} value={at}>{`AT${at}`}</option>
            ))}
          </select>
        </span>
      )}
      <span className="select sm">
        <select
          aria-label="Statechart"
          value={chart}
          onChange={(event) => {
            onChart(event.target.value as ChartId)
          }}
        >
          {Object.values(charts).map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </span>
    </>
  )
  return (
    <Panel name="Module" controls={controls} className="p-module">
      <div className="chart">
        <Chart
          declaration={declaration}
          present={present ?? null}
          asked={askedState}
          onAsk={(state) => {
            setAsked(state === null ? null : { chart, state })
          }}
        />
        {askedState !== null ? (
          <AboutState
            state={askedState}
            chart={chart}
            onClose={() => {
              setAsked(null)
            }}
          />
        ) : (
          <LastMove chart={chart} present={present} events={events} onSelectEvent={onSelectEvent} />
        )}
      </div>
    </Panel>
  )
}

interface LastMoveProps {
  readonly chart: ChartId
  readonly present: ChartSnapshot | undefined
  readonly events: EventBuffer
  readonly onSelectEvent: (seq: number) => void
}

function LastMove({ chart, present, events, onSelectEvent }: LastMoveProps): ReactNode {
  const declaration = charts[chart]
  const last = present?.last ?? null
  const itself = last ? events.rows[indexOfSeq(events.rows, last.seq)] : undefined
  const cause = last?.cause == null ? undefined : events.rows[indexOfSeq(events.rows, last.cause)]
  const bad = last !== null && isFailure(last.event)
  return (
    <dl className="last-card">
      <dt>Last move</dt>
      <dd>
        {last === null ? (
          <span className="dim">none yet</span>
        ) : (
          <>
            <b className={bad ? 'err' : ''}>
              {stateLabel(declaration, last.from)} → {stateLabel(declaration, last.to)}
            </b>{' '}
            {itself && <span className="dim mono">{clockTime(itself.event.wallMs)}</span>}
          </>
        )}
      </dd>
      <dt>Because</dt>
      <dd>
        {last === null ? <span className="dim">it stands as it started</span> : eventLabel(declaration, last.event)}
        {cause && (
          <>
            ; from{' '}
            <button
              type="button"
              className="link mono"
              title="Show the cause in the timeline"
              onClick={() => {
                onSelectEvent(cause.event.seq)
              }}
            >
              {brief(cause.event)}
            </button>
          </>
        )}
      </dd>
      <dt>Next</dt>
      <dd className="ink2" title={present ? nextWords(chart, present.state) : undefined}>
        {present ? nextWords(chart, present.state) : ''}
      </dd>
    </dl>
  )
}

interface AboutStateProps {
  readonly chart: ChartId
  readonly state: string
  readonly onClose: () => void
}

function AboutState({ chart, state, onClose }: AboutStateProps): ReactNode {
  const declaration = charts[chart]
  return (
    <dl className="last-card">
      <dt>State</dt>
      <dd>
        <b>{stateLabel(declaration, state)}</b>
        {declaration.states[state]?.ssls !== undefined && <span className="dim"> #SSLS says {declaration.states[state].ssls}</span>}
      </dd>
      <dt>Means</dt>
      <dd title={declaration.states[state]?.about}>{declaration.states[state]?.about}</dd>
      <dt>Next</dt>
      <dd className="ink2" title={nextWords(chart, state)}>
        {nextWords(chart, state)}{' '}
        <button type="button" className="link" onClick={onClose}>
          Back
        </button>
      </dd>
    </dl>
  )
}

/** The events that may come, in words, each named once. */
function nextWords(chart: ChartId, state: string): string {
  const words = nextEvents(charts[chart], state).map(({ event }) => eventLabel(charts[chart], event))
  return [...new Set(words)].join(', ')
}

/** An event in a few words, for a link. */
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
