import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { Store } from '../../state/store/store.ts'
import { lessonsWords } from './words.ts'

const words = lessonsWords.labCa

/** How often it is looked whether the answer is there, ms. */
const LOOK_MS = 100

/**
 * The certificate authority of the lab, as PEM with LF line ends: asked of its server, as guide chapter 3.3.1 does of any server.
 * Null once nobody waits for it. Throws one sentence where it cannot be had.
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
