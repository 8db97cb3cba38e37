import type { TlsSecret } from '../../shared/tls/trace.ts'
import type { HandshakeSecrets } from './handshake-role.ts'
import { connectionKeys, keyBlock } from './key-schedule.ts'

/**
 * Returns all secrets of a handshake by name, in the order of their derivation (RFC 2246 8.1 and 6.3), as copies. A
 * resumed session has no premaster secret. What a suite does not use is left out.
 */
export function secretsByName(secrets: HandshakeSecrets): TlsSecret[] {
  const { clientRandom, serverRandom, premaster, masterSecret, suite } = secrets
  const { client, server } = connectionKeys(suite, masterSecret, secrets)
  const all: readonly TlsSecret[] = [
    { name: 'client random', bytes: clientRandom },
    { name: 'server random', bytes: serverRandom },
    { name: 'premaster secret', bytes: premaster ?? new Uint8Array() },
    { name: 'master secret', bytes: masterSecret },
    { name: 'key block', bytes: keyBlock(suite, masterSecret, secrets) },
    { name: 'client write MAC secret', bytes: client.macKey },
    { name: 'server write MAC secret', bytes: server.macKey },
    { name: 'client write key', bytes: client.key },
    { name: 'server write key', bytes: server.key },
    { name: 'client write IV', bytes: client.iv },
    { name: 'server write IV', bytes: server.iv }
  ]
  return all.filter(({ bytes }) => bytes.length > 0).map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) }))
}
