import { createContext, useContext, type ReactNode } from 'react'
import type { Store } from '../state/store/store.ts'
import { noTraffic, useTraffic, type Traffic } from './use-traffic.ts'

const TrafficContext = createContext<Traffic>(noTraffic)

/** Tells what lies in it of the bytes that pass; only what asks (`useLit`) is drawn again when a lamp changes. */
export function TrafficOf({ store, children }: { readonly store: Store; readonly children: ReactNode }): ReactNode {
  return <TrafficContext value={useTraffic(store)}>{children}</TrafficContext>
}

export function useLit(): Traffic {
  return useContext(TrafficContext)
}
