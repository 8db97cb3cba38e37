import { useRef, useSyncExternalStore } from 'react'
import { shared } from './share.ts'
import type { Store, WindowState } from './store.ts'

/**
 * As `useStore`, for a value that `pick` makes anew each time, from data that is mostly the same: the component draws again when
 * something in it is different. `pick` must be one and the same function at each drawing.
 */
export function useShared<T>(store: Store, pick: (state: WindowState) => T): T {
  const last = useRef<{ readonly state: WindowState; readonly value: T } | null>(null)
  return useSyncExternalStore(store.subscribe, () => {
    const state = store.get()
    if (last.current?.state !== state) last.current = { state, value: shared(last.current?.value, pick(state)) }
    return last.current.value
  })
}
