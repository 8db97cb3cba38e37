import type { ReactNode } from 'react'
import { useStore, type Store } from '../state/store/store.ts'
import { changeSpeed, speeds } from '../state/terminal/hand-acts.ts'
import { speedWords } from './toolbar-words.ts'

export function SpeedChoice({ store }: { readonly store: Store }): ReactNode {
  const speed = useStore(store, (state) => state.snapshot?.speed ?? 1)
  const live = useStore(store, (state) => state.link.kind === 'live' && state.snapshot !== null)
  const options = [...new Set([...speeds, speed])].toSorted((a, b) => a - b)
  return (
    <span className={`select mono${speed === 1 ? '' : ' on'}`}>
      <select
        aria-label={speedWords.label}
        title={speedWords.title(speed)}
        value={speed}
        disabled={!live}
        onChange={(event) => {
          void changeSpeed(store, Number(event.target.value))
        }}
      >
        {options.map((one) => (
          <option key={one} value={one}>
            {speedWords.times(one)}
          </option>
        ))}
      </select>
    </span>
  )
}
