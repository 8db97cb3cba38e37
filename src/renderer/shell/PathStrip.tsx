import { useEffect, useState, type ReactNode } from 'react'
import type { ChartId } from '../../shared/statecharts/chart.ts'
import { charts } from '../../shared/statecharts/index.ts'
import { shortTime } from '../state/sentence/formats.ts'
import { nowWords, stageWords } from '../state/sentence/now-words.ts'
import { sentenceOf, stageOrder, stagesOf, type NowSentence, type Stage } from '../state/sentence/sentence.ts'
import { useWhatMatters } from '../state/sentence/what-matters.ts'
import { sinceSnapshotMs } from '../state/store/module-time.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { pathWords } from './words.ts'

interface PathStripProps {
  readonly store: Store
  readonly chart: ChartId
  readonly onChart: (chart: ChartId) => void
}

/** How often the seconds in the sentence are updated while something runs. */
const REFRESH_MS = 100

/** The charts in the order in which they must succeed, and one sentence about the present state and what follows. */
export function PathStrip({ store, chart, onChart }: PathStripProps): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const link = useStore(store, (state) => state.link)
  const pace = useStore(store, (state) => state.pace)
  const counting =
    link.kind === 'live' && snapshot?.timers.some((timer) => timer.running && timer.unit === 'ms') === true
  const nowMs = useNow(counting)
  const matters = useWhatMatters(store)

  const stages: readonly Stage[] = snapshot
    ? stagesOf(snapshot, matters)
    : stageOrder.map(([id, name]) => ({ chart: id, name, word: stageWords.unknown, mark: 'not-reached' }))
  const now: NowSentence =
    link.kind === 'gone'
      ? {
          head: link.sentence,
          rest: nowWords.gone(snapshot ? shortTime(link.sinceMs, Date.now()) : null, link.forGood),
          failed: true
        }
      : snapshot
        ? sentenceOf(snapshot, counting ? sinceSnapshotMs(pace, nowMs) : 0, matters)
        : { head: nowWords.connecting, rest: '', failed: false }

  return (
    <nav className="path" aria-label={pathWords.name}>
      {stages.map((stage) => (
        <button
          key={stage.chart}
          type="button"
          className={`stage ${stage.mark}`}
          aria-current={stage.chart === chart ? 'true' : undefined}
          title={pathWords.showChart(stage.name, stage.word, charts[stage.chart].title)}
          onClick={() => {
            onChart(stage.chart)
          }}
        >
          <i className={`dot ${stage.mark}`} aria-hidden="true" />
          <span className="nm">
            {stage.name.split(' ')[0]}
            <span className="wide">{stage.name.slice(stage.name.split(' ')[0]!.length)}</span>
          </span>{' '}
          <b>{stage.word}</b>
        </button>
      ))}
      <p className={`now${now.failed ? ' bad' : ''}`}>
        {/* Two lines at most. The tooltip has the whole sentence, and the text is shown in full while it has the focus. */}
        <span tabIndex={0} title={[now.head, now.rest, now.mends].filter(Boolean).join(' ')}>
          <b>{now.head}</b> {now.rest} {now.mends}
        </span>
        {link.kind === 'gone' && !link.forGood && (
          <button
            type="button"
            className="btn line sm"
            onClick={() => {
              store.retry()
            }}
          >
            {pathWords.tryNow}
          </button>
        )}
      </p>
      {/* The figures change many times a second: a screen reader reads the fact only, and a failure in full, at once. */}
      <p className="off-screen" aria-live="polite">
        {now.failed ? '' : now.head}
      </p>
      <p className="off-screen" role="alert">
        {now.failed ? `${now.head} ${now.rest}` : ''}
      </p>
    </nav>
  )
}

/** Returns `performance.now()`, refreshed while `running`. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    if (!running) return
    const timer = window.setInterval(() => {
      setNow(performance.now())
    }, REFRESH_MS)
    return () => {
      window.clearInterval(timer)
    }
  }, [running])
  // A snapshot may be newer than the last tick.
  return running ? Math.max(now, performance.now()) : now
}
