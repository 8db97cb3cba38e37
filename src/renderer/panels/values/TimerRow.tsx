import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react'
import type { Snapshot, TimerSnapshot } from '../../../shared/calls/snapshot.ts'
import { useMedia } from '../../state/prefs.ts'
import { limitSeconds, seconds } from '../../state/sentence/formats.ts'
import { sinceSnapshotMs } from '../../state/store/module-time.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { Mark } from '../timeline/Mark.tsx'
import { idleWords, outcomeWords, timerNames, timerTitles } from './timer-words.ts'
import { useSpent } from './use-spent.ts'
import { valuesWords } from './words.ts'

const words = valuesWords.timers

interface TimerRowProps {
  readonly store: Store
  readonly snapshot: Snapshot
  readonly timer: TimerSnapshot
  /** `performance.now()` when it last expired; `undefined` if it has not. */
  readonly expiredAtMs: number | undefined
  readonly marked: boolean
}

/** One timer or byte limit: its bar, what is left, and what happens at its end; for a moment after that, the result. */
export function TimerRow({ store, snapshot, timer, expiredAtMs, marked }: TimerRowProps): ReactNode {
  const live = useStore(store, (state) => state.link.kind === 'live')
  const spent = useSpent(expiredAtMs)
  const { name, unit, value, limit, consequence } = timer
  const { running } = timer
  const filling = unit === 'ms' ? running : value > 0
  const { bar, figure } = useRunningBar(store, timer, filling, live)
  // Without the simulator, a running timer keeps its last position: it is not known to be idle.
  const state = filling ? (live ? 'runs' : 'kept') : spent ? 'spent' : 'idle'
  return (
    <li className={`timer ${state}${marked ? ' marked' : ''}`} title={words.about(timerTitles[name], consequence)}>
      <b className="mono">
        {timerNames[name]}
        {marked && (
          <span className="err">
            <Mark name="error" />
          </span>
        )}
      </b>
      <div className={`bar${filling ? ' live' : ''}${spent ? ' ran-out' : ''}`} aria-hidden="true">
        <i ref={bar} />
      </div>
      <span className="v">
        {spent && !filling ? (
          <span className="err">
            {unit === 'bytes' ? words.full : limit > 0 ? words.ranOutAfter(limitSeconds(limit)) : words.ranOut}
          </span>
        ) : unit === 'bytes' ? (
          <>
            {value} <span className="dim">{words.ofBytes(limit)}</span>
          </>
        ) : running ? (
          <>
            <span ref={figure}>{seconds(limit - value)}</span>{' '}
            <span className="dim">{words.ofSeconds(limitSeconds(limit))}</span>
          </>
        ) : name === 'command' || limit === 0 ? (
          words.none
        ) : (
          words.seconds(limitSeconds(limit))
        )}
      </span>
      {spent ? (
        <span className="then err">{outcomeWords(consequence)}</span>
      ) : (
        <span className="then">{filling ? consequence : idleWords(name, snapshot)}</span>
      )}
    </li>
  )
}

/**
 * Moves the bar between two snapshots, at the module's speed. It writes to the DOM directly: up to twenty updates a
 * second are too many for React. React therefore never sets the bar's style, which would conflict with these updates.
 */
function useRunningBar(store: Store, timer: TimerSnapshot, filling: boolean, live: boolean) {
  const calm = useMedia('(prefers-reduced-motion: reduce)')
  const bar = useRef<HTMLElement>(null)
  const figure = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (bar.current) bar.current.style.transform = `scaleX(${filling ? share(timer.value, timer.limit) : 0})`
  }, [timer, filling])
  useEffect(() => {
    if (!filling || !live || timer.unit !== 'ms') return
    let frame = 0
    let pause = 0
    let shown = -1
    const draw = (now: number): void => {
      const value = Math.min(timer.limit, timer.value + sinceSnapshotMs(store.get().pace, now))
      // With reduced motion, the bar moves once a second.
      const step = calm ? Math.floor(value / 1000) : value
      if (step !== shown) {
        shown = step
        if (bar.current) bar.current.style.transform = `scaleX(${share(value, timer.limit)})`
        // Do not set the same text again: the browser would lay it out at each update.
        const left = seconds(timer.limit - value)
        if (figure.current && figure.current.textContent !== left) figure.current.textContent = left
      }
      pause = window.setTimeout(() => {
        frame = requestAnimationFrame(draw)
      }, stepMs(timer.limit))
    }
    frame = requestAnimationFrame(draw)
    return () => {
      window.clearTimeout(pause)
      cancelAnimationFrame(frame)
    }
  }, [timer, filling, live, calm, store])
  return { bar, figure }
}

/**
 * Returns the time in which the bar moves by a hundredth, between 50 and 100 ms. The figure beside it changes ten times
 * a second.
 */
function stepMs(limitMs: number): number {
  return Math.max(50, Math.min(100, limitMs / 100))
}

function share(value: number, limit: number): number {
  return limit > 0 ? Math.max(0, Math.min(1, value / limit)) : 0
}
