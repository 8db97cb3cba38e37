import { useEffect, useState } from 'react'
import type { PlacedEvent } from '../state/store/placed-event.ts'
import type { Store, WindowState } from '../state/store/store.ts'
import { LampPulse, type PulseTimer } from './lamp-pulse.ts'

export interface Traffic {
  readonly tx: boolean
  readonly rx: boolean
  /** How often each has lit up so far: what moves with the bytes moves by that. */
  readonly txBursts: number
  readonly rxBursts: number
}

export const noTraffic: Traffic = { tx: false, rx: false, txBursts: 0, rxBursts: 0 }

/** Lit while bytes pass on AT0: what a host or this window types (`tx`), and what the module answers (`rx`). */
export function useTraffic(store: Store): Traffic {
  const [lit, setLit] = useState(noTraffic)
  useEffect(() => {
    const pulses = {
      tx: new LampPulse((tx) => {
        setLit((before) => ({ ...before, tx, txBursts: before.txBursts + Number(tx) }))
      }, pageTimer),
      rx: new LampPulse((rx) => {
        setLit((before) => ({ ...before, rx, rxBursts: before.rxBursts + Number(rx) }))
      }, pageTimer)
    }
    let seen = markOf(store.get())
    const stop = store.subscribe(() => {
      const state = store.get()
      const now = markOf(state)
      // What happened before this window knew anything is history, not traffic.
      if (seen && now) {
        if (now.fromHost > seen.fromHost || passed(state.events.rows, 'tx', seen.seq)) pulses.tx.burst()
        if (now.toHost > seen.toHost || passed(state.events.rows, 'rx', seen.seq)) pulses.rx.burst()
      }
      seen = now
    })
    return () => {
      stop()
      pulses.tx.stop()
      pulses.rx.stop()
    }
  }, [store])
  return lit
}

/** Whether bytes went that way on AT0 after the event `since`. Typed bytes that were joined to an older row count too. */
export function passed(rows: readonly PlacedEvent[], direction: 'tx' | 'rx', since: number): boolean {
  for (let at = rows.length - 1, left = JOIN_DEPTH; at >= 0 && left > 0; at--, left--) {
    const { event, also } = rows[at]!
    if ((also.at(-1) ?? event.seq) <= since) continue
    left = JOIN_DEPTH
    if (event.what.kind === 'bytes' && event.what.direction === direction && event.instance === 0) return true
  }
  return false
}

/** What is typed and its echo grow in two neighbouring rows while others come after them: so many old rows end the look. */
const JOIN_DEPTH = 4

interface TrafficMark {
  readonly seq: number
  readonly fromHost: number
  readonly toHost: number
}

/** The counters tell also of what the events leave out when the window is too slow. */
function markOf({ snapshot, events }: WindowState): TrafficMark | null {
  if (!snapshot || events.newestSeq < 0) return null
  const ports = snapshot.ports.filter((port) => port.instance === 0)
  return {
    seq: events.newestSeq,
    fromHost: ports.reduce((sum, port) => sum + port.bytesFromHost, 0),
    toHost: ports.reduce((sum, port) => sum + port.bytesToHost, 0)
  }
}

const pageTimer: PulseTimer = {
  set: (run, ms) => window.setTimeout(run, ms),
  clear: (handle) => {
    window.clearTimeout(handle as number)
  }
}
