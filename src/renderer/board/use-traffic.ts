import { useEffect, useState } from 'react'
import type { PlacedEvent } from '../state/store/placed-event.ts'
import type { Store, WindowState } from '../state/store/store.ts'
import { LampPulse, type PulseTimer } from './lamp-pulse.ts'

export interface Traffic {
  readonly tx: boolean
  readonly rx: boolean
  /** How many bursts there were so far. The dashes of the traces move by it. */
  readonly txBursts: number
  readonly rxBursts: number
}

export const noTraffic: Traffic = { tx: false, rx: false, txBursts: 0, rxBursts: 0 }

/** Returns which lamps are lit: `tx` for bytes from a host or this window to AT0, `rx` for bytes from the module. */
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
      // Bytes before the window had a snapshot are history and do not light the lamps.
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

/** Returns whether bytes passed on AT0 in this direction after event `since`. Bytes joined to an older row count too. */
export function passed(rows: readonly PlacedEvent[], direction: 'tx' | 'rx', since: number): boolean {
  for (let at = rows.length - 1, left = JOIN_DEPTH; at >= 0 && left > 0; at--, left--) {
    const { event, also } = rows[at]!
    if ((also.at(-1) ?? event.seq) <= since) continue
    left = JOIN_DEPTH
    if (event.what.kind === 'bytes' && event.what.direction === direction && event.instance === 0) return true
  }
  return false
}

/** How many old rows in sequence end the search. New bytes may be joined to the older rows of the typed text and its echo. */
const JOIN_DEPTH = 4

interface TrafficMark {
  readonly seq: number
  readonly fromHost: number
  readonly toHost: number
}

/** Returns the newest event and the byte counters. The counters also cover bytes whose events a slow window did not get. */
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
