import { useEffect, useRef, useState } from 'react'
import type { ChainFetch, ChainSource } from '../../../shared/calls/nvm.ts'
import type { Store } from '../../state/store/store.ts'

/** How often the state of the fetch is polled. */
const POLL_MS = 150

/** Fetches a server's chain by polling, so that other calls are not blocked. `idle` before the first fetch. */
export function useChainFetch(store: Store): {
  readonly fetch: ChainFetch | { readonly state: 'idle' }
  readonly ask: (source: ChainSource) => void
} {
  const [fetch, setFetch] = useState<ChainFetch | { readonly state: 'idle' }>({ state: 'idle' })
  const asked = useRef(0)
  useEffect(
    () => () => {
      asked.current = -1
    },
    []
  )
  const ask = (source: ChainSource): void => {
    const mine = ++asked.current
    setFetch({ state: 'running' })
    const wait = async (): Promise<ChainFetch> => {
      const { fetchId } = await store.api.beginChainFetch(source)
      for (;;) {
        const now = await store.api.chainFetch({ fetchId })
        if (now.state !== 'running' || asked.current !== mine) return now
        await new Promise((resolve) => window.setTimeout(resolve, POLL_MS))
      }
    }
    void wait()
      .catch((error: unknown): ChainFetch => ({ state: 'failed', sentence: (error as Error).message }))
      .then((done) => {
        if (asked.current === mine) setFetch(done)
      })
  }
  return { fetch, ask }
}
