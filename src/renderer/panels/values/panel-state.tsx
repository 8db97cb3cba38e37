import type { ReactNode } from 'react'
import { stateOf } from '../../../shared/statecharts/present-state.ts'
import { Mark } from '../timeline/Mark.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { valuesWords } from './words.ts'

/** How the values of a panel are to be taken. */
export type PanelState = 'loading' | 'live' | 'off' | 'stale'

/** `stale`: the simulator is gone. `off`: the module has no power. */
export function usePanelState(store: Store): PanelState {
  return useStore(store, ({ snapshot, link }) => {
    if (!snapshot) return 'loading'
    if (link.kind !== 'live') return 'stale'
    return stateOf(snapshot, 'power') === 'off' ? 'off' : 'live'
  })
}

/** The ground of the panels with values: their size rules what they show. */
export function Values({ state, children }: { readonly state: PanelState; readonly children: ReactNode }): ReactNode {
  return <div className={`vals ${state}`}>{children}</div>
}

/** Lines where the values will be; not before they have been missing for a moment. */
export function Bones({ lines }: { readonly lines: number }): ReactNode {
  return (
    <div className="bones" role="status" aria-label={valuesWords.loading}>
      {Array.from({ length: lines }, (_, at) => (
        <i key={at} />
      ))}
    </div>
  )
}

/** A verdict with its mark: never by colour alone. */
export function Verdict({ good, children }: { readonly good: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <span className={`mark ${good ? 'ok' : 'err'}`}>
      <Mark name={good ? 'done' : 'error'} />
      <span>{children}</span>
    </span>
  )
}
