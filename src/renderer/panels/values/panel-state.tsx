import type { ReactNode } from 'react'
import { stateOf } from '../../../shared/statecharts/present-state.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { Mark } from '../timeline/Mark.tsx'
import { valuesWords } from './words.ts'

/** Whether the values of a panel are present and current. */
export type PanelState = 'loading' | 'live' | 'off' | 'stale'

/** Returns `stale` while the simulator is not connected, `off` while the module is powered off. */
export function usePanelState(store: Store): PanelState {
  return useStore(store, ({ snapshot, link }) => {
    if (!snapshot) return 'loading'
    if (link.kind !== 'live') return 'stale'
    return stateOf(snapshot, 'power') === 'off' ? 'off' : 'live'
  })
}

/** The body of the panels with values. Its size decides how much they show. */
export function Values({ state, children }: { readonly state: PanelState; readonly children: ReactNode }): ReactNode {
  return <div className={`vals ${state}`}>{children}</div>
}

/** Placeholder for the values. It appears after a delay. */
export function Bones({ lines }: { readonly lines: number }): ReactNode {
  return (
    <div className="bones" role="status" aria-label={valuesWords.loading}>
      {Array.from({ length: lines }, (_, at) => (
        <i key={at} />
      ))}
    </div>
  )
}

/** A verdict with its mark, so that it does not depend on colour. */
export function Verdict({ good, children }: { readonly good: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <span className={`mark ${good ? 'ok' : 'err'}`}>
      <Mark name={good ? 'done' : 'error'} />
      <span>{children}</span>
    </span>
  )
}
