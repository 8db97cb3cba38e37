import { createContext, useContext, type ReactNode } from 'react'
import type { Store } from '../state/store/store.ts'
import { noTraffic, useTraffic, type Traffic } from './use-traffic.ts'

const TrafficContext = createContext<Traffic>(noTraffic)

/** Provides the traffic of AT0 to its children. Only components that call `useLit` render again when a lamp changes. */
export function TrafficOf({ store, children }: { readonly store: Store; readonly children: ReactNode }): ReactNode {
  return <TrafficContext value={useTraffic(store)}>{children}</TrafficContext>
}

export function useLit(): Traffic {
  return useContext(TrafficContext)
}
