import { useEffect, useState } from 'react'
import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import { helloFacts } from '../../../shared/tls/hello-facts.ts'
import { suiteByWireId, type CipherSuite } from '../../../shared/tls/suites.ts'
import { randomOf, type TlsSecretName } from '../../../shared/tls/trace.ts'
import { useStore, type Store } from '../../state/store/store.ts'

/** What is known about the secrets of a handshake. */
export interface KnownSecrets {
  readonly suite: CipherSuite | null
  readonly bytes: ReadonlyMap<TlsSecretName, Uint8Array>
  /** Why the secrets are not known, in one sentence; `null` if they are, while they are fetched, and while the key log is off. */
  readonly why: string | null
}

const nothing: KnownSecrets = { suite: null, bytes: new Map(), why: null }

/** Returns the two randoms, which are sent unencrypted, and the secrets while the key log is on. */
export function useSecrets(store: Store, handshake: HandshakeSnapshot): KnownSecrets {
  const keyLogOn = useStore(store, (state) => state.snapshot?.keyLog.on ?? false)
  const [known, setKnown] = useState(nothing)
  const { api } = store
  const hello = handshake.messages.find((message) => message.name === 'ClientHello')?.seq
  const answer = handshake.messages.find((message) => message.name === 'ServerHello')?.seq
  const { outcome } = handshake
  useEffect(() => {
    let left = false
    void fetchSecrets().then((found) => {
      if (!left) setKnown(found)
    })
    return () => {
      left = true
    }

    async function fetchSecrets(): Promise<KnownSecrets> {
      const bytes = new Map<TlsSecretName, Uint8Array>()
      try {
        const seqs = [hello, answer].filter((seq) => seq !== undefined)
        const events = await api.eventsAt({ seqs })
        const facts = (seq: number | undefined) => {
          const what = events.find((event) => event.seq === seq)?.what
          return what?.kind === 'tls' && what.trace.kind === 'message' && what.trace.raw
            ? helloFacts(what.trace.raw)
            : null
        }
        const [client, server] = [facts(hello), facts(answer)]
        if (client) bytes.set(randomOf('client'), client.random)
        if (server) bytes.set(randomOf('server'), server.random)
        const suite = (server && suiteByWireId(server.suiteWireId)) ?? null
        if (!keyLogOn || hello === undefined) return { suite, bytes, why: null }
        try {
          const { secrets } = await api.sessionSecrets({ seq: hello })
          for (const secret of secrets) bytes.set(secret.name as TlsSecretName, secret.bytes)
          return { suite, bytes, why: null }
        } catch (error) {
          return { suite, bytes, why: error instanceof Error ? error.message : String(error) }
        }
      } catch {
        // Nothing can be fetched without a connection. The path strip shows this.
        return { ...nothing, bytes }
      }
    }
  }, [api, hello, answer, outcome, keyLogOn])
  return known
}
