import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Panel } from '../../parts/Panel.tsx'
import type { TimerSnapshot } from '../../../shared/api.ts'
import { limitSeconds, seconds } from '../../state/formats.ts'
import { sinceSnapshotMs } from '../../state/module-time.ts'
import { useMedia } from '../../state/prefs.ts'
import { useStore, type Store } from '../../state/store.ts'

/** In the order in which they matter to data on its way. */
const order: readonly TimerSnapshot['name'][] = ['pktSize', 'txTo', 'maxTo', 'command', 'handshake', 'escape', 'ftp']

/** How long a timer that has run out stays marked. */
const spentMs = 3000

/** What waits and what runs: bytes against pktSize, and time against each limit, with what follows. */
export function TimersPanel({ store }: { readonly store: Store }): ReactNode {
  const timers = useStore(store, (state) => state.snapshot?.timers)
  return (
    <Panel name="Timers">
      <ul className="timers">
        {order.filter((name) => name !== 'ftp' || timers?.some((one) => one.name === 'ftp' && one.running)).map((name) => (
          <TimerRow key={name} name={name} timer={timers?.find((one) => one.name === name)} store={store} />
        ))}
      </ul>
    </Panel>
  )
}

interface TimerRowProps {
  readonly name: TimerSnapshot['name']
  readonly timer: TimerSnapshot | undefined
  readonly store: Store
}

function TimerRow({ name, timer, store }: TimerRowProps): ReactNode {
  const expiredAt = useStore(store, (state) => state.expired[name])
  const live = useStore(store, (state) => state.link.kind === 'live')
  const calm = useMedia('(prefers-reduced-motion: reduce)')
  const spent = useSpent(expiredAt)
  const bar = useRef<HTMLElement>(null)
  const figure = useRef<HTMLSpanElement>(null)
  const running = timer?.running === true && live

  // Between two snapshots the bar is moved by hand: sixty times a second is nothing that React should draw.
  useEffect(() => {
    if (!timer || !running || timer.unit !== 'ms') return
    let frame = 0
    let shown = -1
    const draw = (now: number): void => {
      const value = Math.min(timer.limit, timer.value + sinceSnapshotMs(store.get().pace, now))
      // With reduced motion the bar steps once a second.
      const step = calm ? Math.floor(value / 1000) : value
      if (step !== shown) {
        shown = step
        if (bar.current) bar.current.style.transform = `scaleX(${share(value, timer.limit)})`
        if (figure.current) figure.current.textContent = seconds(timer.limit - value)
      }
      frame = requestAnimationFrame(draw)
    }
    frame = requestAnimationFrame(draw)
    return () => {
      cancelAnimationFrame(frame)
    }
  }, [timer, running, calm, store])

  const filling = timer !== undefined && (running || (timer.unit === 'bytes' && timer.value > 0))
  const state = filling ? 'runs' : spent ? 'spent' : 'idle'
  return (
    <li className={`timer ${state}`}>
      <b className="mono">{name}</b>
      <div className={`bar ${filling ? 'live' : spent ? 'ran-out' : ''}`} aria-hidden="true">
        <i ref={bar} style={{ transform: `scaleX(${filling ? share(timer.value, timer.limit) : spent ? 1 : 0})` }} />
      </div>
      <span className="v">
        {spent && !filling ? (
          <span className="err">ran out</span>
        ) : !timer ? (
          ''
        ) : timer.unit === 'bytes' ? (
          <>
            {timer.value} <span className="dim">of {timer.limit} B</span>
          </>
        ) : running ? (
          <>
            <span ref={figure}>{seconds(timer.limit - timer.value)}</span>{' '}
            <span className="dim">of {limitSeconds(timer.limit)} s left</span>
          </>
        ) : timer.limit > 0 ? (
          `${limitSeconds(timer.limit)} s`
        ) : (
          'idle'
        )}
      </span>
      <span className="then" title={timer?.consequence}>
        {timer?.consequence}
      </span>
    </li>
  )
}

function share(value: number, limit: number): number {
  return limit > 0 ? Math.max(0, Math.min(1, value / limit)) : 0
}

/** Whether the moment `atMs` (`performance.now()`) is less than `spentMs` ago; draws again when that ends. */
function useSpent(atMs: number | undefined): boolean {
  const [over, setOver] = useState<number | undefined>(undefined)
  useEffect(() => {
    if (atMs === undefined) return
    const timer = window.setTimeout(
      () => {
        setOver(atMs)
      },
      Math.max(0, atMs + spentMs - performance.now())
    )
    return () => {
      window.clearTimeout(timer)
    }
  }, [atMs])
  return atMs !== undefined && over !== atMs
}
