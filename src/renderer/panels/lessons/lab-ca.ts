import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { Store } from '../../state/store/store.ts'
import { lessonsWords } from './words.ts'

const words = lessonsWords.labCa

/** How often the state of the fetch is polled. */
const LOOK_MS = 100

/**
 * Fetches the lab's CA certificate from its TLS server, as guide chapter 3.3.1 does for any server. Returns it as PEM
 * with LF line ends, or `null` if aborted. Throws an error with one sentence if it cannot be fetched.
 */
export async function labCa(store: Store, profile: ModuleProfile, signal: AbortSignal): Promise<string | null> {
  const tls = store.get().snapshot?.lab.tls
  if (!tls) throw new Error(words.off)
  const { fetchId } = await store.api.beginChainFetch({ host: tls.host, port: tls.port, protocol: 'tls' })
  for (;;) {
    const fetch = await store.api.chainFetch({ fetchId })
    if (fetch.state === 'failed') throw new Error(fetch.sentence)
    if (fetch.state === 'done') {
      const root = fetch.chain.certificates[fetch.chain.suggested]
      if (!root) throw new Error(words.missing)
      const pem = new TextDecoder().decode(root.pem)
      if (pem.length > profile.securityDataBytes)
        throw new Error(words.tooLarge(pem.length, profile.product, profile.securityDataBytes))
      return pem
    }
    if (signal.aborted) return null
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
