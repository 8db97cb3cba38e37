import { useEffect, useState } from 'react'
import { stateOf } from '../../../shared/statecharts/present-state.ts'
import { useStore, type Store } from '../../state/store/store.ts'

/** How long an expired timer stays marked. */
const SPENT_MS = 3000

/** Returns whether `atMs` (`performance.now()`) is less than `SPENT_MS` ago. Renders again when that ends. */
export function useSpent(atMs: number | undefined): boolean {
  const [over, setOver] = useState<number | undefined>(undefined)
  useEffect(() => {
    if (atMs === undefined) return
    const timer = window.setTimeout(
      () => {
        setOver(atMs)
      },
      Math.max(0, atMs + SPENT_MS - performance.now())
    )
    return () => {
      window.clearTimeout(timer)
    }
  }, [atMs])
  return atMs !== undefined && over !== atMs
}

/**
 * Returns when this window last saw a full packet being sent (`performance.now()`); `undefined` if it has not. No timer
 * reports that pktSize was reached. Data sent by txTo is less than a packet.
 */
export function useFullPacket(store: Store): number | undefined {
  const online = useStore(store, ({ snapshot }) => snapshot !== null && stateOf(snapshot, 'ssl') === 'open.online')
  const sentBytes = useStore(store, ({ snapshot }) => snapshot?.ssl.sentBytes ?? 0)
  const limitBytes = useStore(store, ({ snapshot }) => snapshot?.ssl.config.pktSize || AUTOMATIC_BYTES)
  const [seen, setSeen] = useState<{
    readonly online: boolean
    readonly sentBytes: number
    readonly atMs: number | undefined
  }>({ online, sentBytes, atMs: undefined })
  if (seen.online !== online || seen.sentBytes !== sentBytes) {
    const full = seen.online && online && sentBytes - seen.sentBytes >= limitBytes
    setSeen({ online, sentBytes, atMs: full ? performance.now() : seen.atMs })
  }
  return seen.atMs
}

/** pktSize 0 means 300 (D-3). */
const AUTOMATIC_BYTES = 300
