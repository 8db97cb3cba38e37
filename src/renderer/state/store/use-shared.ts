import { useRef, useSyncExternalStore } from 'react'
import { shared } from './share.ts'
import type { Store, WindowState } from './store.ts'

/**
 * Like `useStore`, for a value that `pick` creates at each call from mostly unchanged data. The component renders again
 * only when the content differs. `pick` must be the same function at each render.
 */
export function useShared<T>(store: Store, pick: (state: WindowState) => T): T {
  const last = useRef<{ readonly state: WindowState; readonly value: T } | null>(null)
  return useSyncExternalStore(store.subscribe, () => {
    const state = store.get()
    if (last.current?.state !== state) last.current = { state, value: shared(last.current?.value, pick(state)) }
    return last.current.value
  })
}
