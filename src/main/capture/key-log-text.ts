import { MAX_KEY_LOG_LINES } from './limits.ts'

/** Master secrets by the ClientHello random, in hexadecimal. */
export type KnownSecrets = ReadonlyMap<string, Buffer>

/**
 * Returns the secrets of the lines `CLIENT_RANDOM <random> <master secret>` in NSS key logs. Lines of TLS 1.3 are
 * skipped.
 */
export function secretsIn(texts: readonly string[]): KnownSecrets {
  const known = new Map<string, Buffer>()
  for (const text of texts) {
    for (const line of text.split('\n', MAX_KEY_LOG_LINES)) {
      const found = /^CLIENT_RANDOM ([0-9a-f]{64}) ([0-9a-f]{96})\s*$/i.exec(line)
      if (found) known.set(found[1]!.toLowerCase(), Buffer.from(found[2]!, 'hex'))
    }
  }
  return known
}
