/** @module The module panel: the statecharts, drawn, with the legal next moves. */

import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { ChartId } from '../../../shared/statecharts/chart.ts'
import { charts } from '../../../shared/statecharts/index.ts'
import { Panel } from '../../parts/Panel.tsx'
import { indexOfSeq } from '../../state/store/event-buffer.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { AboutState } from './AboutState.tsx'
import { Chart } from './Chart.tsx'
import { MoveCard } from './MoveCard.tsx'
import { layouts } from './layouts.ts'
import { lastMoveOf, moveOf } from './moves.ts'
import { moduleWords } from './words.ts'
import './module.css'

const words = moduleWords.panel

interface ModulePanelProps {
  readonly store: Store
  readonly chart: ChartId
  readonly onChart: (chart: ChartId) => void
  readonly onSelectEvent: (seq: number) => void
}

/** One statechart of the module with its present state, and the last or the selected move in words. */
export function ModulePanel({ store, chart, onChart, onSelectEvent }: ModulePanelProps): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const { rows } = useStore(store, (state) => state.events)
  const selected = useStore(store, (state) => state.selected)
  const [asked, setAsked] = useState<{ readonly chart: ChartId; readonly state: string } | null>(null)
  const [wantedInstance, setWantedInstance] = useState(0)
  const declaration = charts[chart]
  const drawn = snapshot?.charts.filter((one) => one.id === chart) ?? []
  // Only the chart of the data mode exists several times: once for each AT instance, in order.
  const instance = Math.min(wantedInstance, Math.max(0, drawn.length - 1))
  const present = drawn[instance] ?? null
  const askedState = asked?.chart === chart ? asked.state : null

  // A selected transition opens its chart.
  useEffect(() => {
    const event = selected === null ? undefined : rows[indexOfSeq(rows, selected)]?.event
    if (event?.what.kind !== 'transition' || !(event.what.chart in charts)) return
    onChart(event.what.chart as ChartId)
    if (event.instance !== null) setWantedInstance(event.instance)
    setAsked(null)
    // Only a new selection may change what is shown.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selected])

  const chosen = selected === null ? null : moveOf(rows, selected, chart, chart === 'data' ? instance : null)
  const last = snapshot && present ? lastMoveOf(present, snapshot) : null
  const move = chosen ?? last
  // The drawing is large: it is rendered again only if the move differs.
  const { from, to, event: moved } = move ?? { from: null, to: null, event: null }
  const lit = useMemo(() => (from === null ? null : { from, to, event: moved }), [from, to, moved])
  const ask = useCallback(
    (state: string | null) => {
      setAsked(state === null ? null : { chart, state })
    },
    [chart]
  )

  const controls = (
    <>
      {drawn.length > 1 && (
        <span className="select sm">
          <select
            aria-label={words.instances}
            value={instance}
            onChange={(event) => {
              setWantedInstance(Number(event.target.value))
            }}
          >
            {drawn.map((_, at) => (
              // The index of a data mode chart is its AT instance.
              // oxlint-disable-next-line react/no-array-index-key
              <option key={at} value={at}>
                {words.instance(at)}
              </option>
            ))}
          </select>
        </span>
      )}
      <span className="select sm">
        <select
          aria-label={words.charts}
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
    <Panel name={words.name} controls={controls} className="p-module">
      <div className="chart">
        <div className="place">
          <Chart
            declaration={declaration}
            layout={layouts[chart]}
            present={present}
            move={lit}
            asked={askedState}
            onAsk={ask}
          />
        </div>
        {askedState !== null && snapshot ? (
          <AboutState
            chart={declaration}
            state={askedState}
            present={present?.state === askedState}
            product={snapshot.product}
            onClose={() => {
              setAsked(null)
            }}
          />
        ) : (
          <MoveCard
            store={store}
            chart={declaration}
            present={present}
            move={move}
            chosen={chosen !== null}
            onSelectEvent={onSelectEvent}
          />
        )}
      </div>
    </Panel>
  )
}
