import type { KeyObject } from 'node:crypto'
import type { RandomSource } from '../../shared/contracts/random.ts'
import { TlsFailure } from '../../shared/tls/failure.ts'
import { PREMASTER_BYTES, encryptPkcs1, modulusBytes, signHash } from './rsa.ts'
import { TLS_1_0 } from './wire.ts'

// What a client does with RSA keys: it encrypts the premaster secret with the server's, and signs with its own.

/** Returns a premaster secret: the proposed version, then random bytes (RFC 2246 7.4.7.1). */
export function newPremaster(random: RandomSource): Buffer {
  const premaster = Buffer.alloc(PREMASTER_BYTES)
  premaster.writeUInt16BE(TLS_1_0, 0)
  premaster.set(random.bytes(PREMASTER_BYTES - 2), 2)
  return premaster
}

/** Encrypts the premaster secret. Throws a `TlsFailure` when the server's key is too small. */
export function encryptPremaster(serverKey: KeyObject, premaster: Buffer, random: RandomSource): Buffer {
  let encrypted: Buffer | null
  try {
    encrypted = encryptPkcs1(serverKey, premaster, random)
  } catch (error) {
    throw new TlsFailure({
      blame: 'certificate',
      alert: 'bad_certificate',
      sentence: `The RSA key of the server cannot be used: ${error instanceof Error ? error.message : String(error)}.`
    })
  }
  if (encrypted) return encrypted
  throw new TlsFailure({
    blame: 'certificate',
    alert: 'unsupported_certificate',
    sentence: `The RSA key of the server has ${8 * modulusBytes(serverKey)} bits, too few to carry a premaster secret.`,
    expected: 'at least 472 bits',
    got: `${8 * modulusBytes(serverKey)} bits`,
    rule: 'RFC 2246 7.4.7.1'
  })
}

/**
 * Returns the signature of CertificateVerify (RFC 2246 7.4.8). Throws a `TlsFailure` when the client's key is too
 * small.
 */
export function signTranscript(privateKey: KeyObject, md5AndSha1: Buffer): Buffer {
  const signature = signHash(privateKey, md5AndSha1)
  if (signature) return signature
  throw new TlsFailure({
    blame: 'own-data',
    alert: 'internal_error',
    sentence: `The private key has ${8 * modulusBytes(privateKey)} bits, too few to sign a handshake.`,
    expected: 'at least 376 bits',
    got: `${8 * modulusBytes(privateKey)} bits`,
    rule: 'RFC 2246 7.4.8'
  })
}
