import type { CipherSuite } from '../../shared/tls/suites.ts'
import { prf } from './prf.ts'

// From the premaster secret to the keys of both directions (RFC 2246 8.1 and 6.3).

export const MASTER_SECRET_BYTES = 48
export const VERIFY_DATA_BYTES = 12

/** The keys of one direction. */
export interface DirectionKeys {
  readonly macKey: Buffer
  readonly key: Buffer
  readonly iv: Buffer
}

export interface HelloRandoms {
  readonly clientRandom: Buffer
  readonly serverRandom: Buffer
}

export function masterSecretOf(premaster: Buffer, { clientRandom, serverRandom }: HelloRandoms): Buffer {
  return prf(premaster, 'master secret', Buffer.concat([clientRandom, serverRandom]), MASTER_SECRET_BYTES)
}

export interface ConnectionKeys {
  /** Keys for what the client sends. */
  readonly client: DirectionKeys
  readonly server: DirectionKeys
}

/** Returns the key block: the keys of both directions in one piece. */
export function keyBlock(suite: CipherSuite, masterSecret: Buffer, randoms: HelloRandoms): Buffer {
  const { macBytes, keyBytes, ivBytes } = suite
  // Server random first, unlike for the master secret (RFC 2246 6.3).
  const seed = Buffer.concat([randoms.serverRandom, randoms.clientRandom])
  return prf(masterSecret, 'key expansion', seed, 2 * (macBytes + keyBytes + ivBytes))
}

export function connectionKeys(suite: CipherSuite, masterSecret: Buffer, randoms: HelloRandoms): ConnectionKeys {
  const { macBytes, keyBytes, ivBytes } = suite
  const block = keyBlock(suite, masterSecret, randoms)
  let offset = 0
  const take = (length: number): Buffer => block.subarray(offset, (offset += length))
  const [clientMac, serverMac, clientKey, serverKey, clientIv, serverIv] = [
    take(macBytes),
    take(macBytes),
    take(keyBytes),
    take(keyBytes),
    take(ivBytes),
    take(ivBytes)
  ]
  return {
    client: { macKey: clientMac, key: clientKey, iv: clientIv },
    server: { macKey: serverMac, key: serverKey, iv: serverIv }
  }
}

/** Returns the content of Finished (RFC 2246 7.4.9). */
export function verifyData(masterSecret: Buffer, sender: 'client' | 'server', transcript: Buffer): Buffer {
  return prf(masterSecret, `${sender} finished`, transcript, VERIFY_DATA_BYTES)
}

/** Returns a line of an NSS key log, with which Wireshark decrypts a capture. */
export function keyLogLine(clientRandom: Buffer, masterSecret: Buffer): string {
  return `CLIENT_RANDOM ${clientRandom.toString('hex')} ${masterSecret.toString('hex')}`
}
