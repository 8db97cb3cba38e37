import { useState } from 'react'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import type { Explanation } from '../../../shared/explain/explanation.ts'
import type { ChartId } from '../../../shared/statecharts/chart.ts'
import { useStore, type Store } from '../store/store.ts'
import { useWhy } from './why.ts'

/** Why the SSL socket is not open any more, in as few words as a strip has room for. */
export interface LastTry {
  /** Without a full stop: `The server's certificate has expired`. */
  readonly title: string
  /** What mends it, a sentence. */
  readonly remedy: string
}

/** What the last try of the SSL socket failed of; null while it has not failed, and until the failure is explained. */
export function useLastTry(store: Store): LastTry | null {
  const snapshot = useStore(store, (state) => state.snapshot)
  const { failure } = useWhy(store)
  // Another failure may be told meanwhile; what this one failed of stays the same until the socket moves again.
  const [known, setKnown] = useState<{ readonly seq: number; readonly told: LastTry } | null>(null)
  const seq = snapshot?.ssl.lastFailure != null ? (lastMove(snapshot)?.seq ?? -1) : -1
  const told = snapshot && failure ? lastTryOf(snapshot, failure) : null
  if (told && seq >= 0 && (known?.seq !== seq || known.told.title !== told.title || known.told.remedy !== told.remedy))
    setKnown({ seq, told })
  return told ?? (seq >= 0 && known?.seq === seq ? known.told : null)
}

/** The explanation in short, if it is that of the SSL socket's last failure. */
export function lastTryOf(snapshot: Snapshot, failure: Explanation): LastTry | null {
  const move = lastMove(snapshot)
  if (snapshot.ssl.lastFailure === null || !move) return null
  const { chain, title, remedies } = failure
  if (!chain.includes(move.seq) && (move.cause === null || !chain.includes(move.cause))) return null
  return { title, remedy: remedies[0]?.sentence ?? '' }
}

const SSL: ChartId = 'ssl'

function lastMove(snapshot: Snapshot): Snapshot['charts'][number]['last'] {
  return snapshot.charts.find(({ id }) => id === SSL)?.last ?? null
}
