import { constants, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { RandomSource } from '../../shared/contracts/random.ts'

// RSA as in TLS 1.0 (RFC 2246 7.4.7.1 and 7.4.8; PKCS #1 1.5 block types 1 and 2). Type 2 padding is implemented here:
// for sending, so that a run with a seed repeats exactly; for receiving, because Node refuses it.

/** The bytes 0 and 2, at least eight non-zero bytes, and 0. */
const MIN_PADDING_BYTES = 11

export function modulusBytes(key: KeyObject): number {
  return Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8)
}

/** Encrypts a message. Returns `null` when the key is too small for it. */
export function encryptPkcs1(key: KeyObject, message: Uint8Array, random: RandomSource): Buffer | null {
  const blockBytes = modulusBytes(key)
  const paddingBytes = blockBytes - message.length - 3
  if (blockBytes - message.length < MIN_PADDING_BYTES) return null
  const block = Buffer.concat([Buffer.from([0, 2]), nonZeroBytes(paddingBytes, random), Buffer.from([0]), message])
  return publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, block)
}

/**
 * Returns the 48-byte premaster secret of a ClientKeyExchange. A malformed block gives random bytes, so that the
 * failure shows only at Finished and tells an attacker nothing (RFC 2246 7.4.7.1, Bleichenbacher's attack).
 */
export function decryptPremaster(
  key: KeyObject,
  encrypted: Buffer,
  clientVersion: number,
  random: RandomSource
): Buffer {
  const fallback = Buffer.from(random.bytes(PREMASTER_BYTES))
  const block = rawDecrypt(key, encrypted)
  if (!block || block.length < PREMASTER_BYTES + MIN_PADDING_BYTES) return fallback
  const separator = block.length - PREMASTER_BYTES - 1
  const isPadded = block[0] === 0 && block[1] === 2 && block.indexOf(0, 2) === separator
  const wellFormed = isPadded && block.readUInt16BE(separator + 1) === clientVersion
  return wellFormed ? block.subarray(separator + 1) : fallback
}

export const PREMASTER_BYTES = 48

/**
 * Returns the signature for CertificateVerify: MD5 and SHA-1 joined, without DigestInfo. `null` when the key is too
 * small.
 */
export function signHash(key: KeyObject, md5AndSha1: Buffer): Buffer | null {
  if (modulusBytes(key) < md5AndSha1.length + MIN_PADDING_BYTES) return null
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, md5AndSha1)
}

export function verifyHash(key: KeyObject, md5AndSha1: Buffer, signature: Buffer): boolean {
  // RFC 3447 8.2.2. OpenSSL would accept a signature without its leading zeros; BoringSSL would not.
  if (signature.length !== modulusBytes(key)) return false
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).equals(md5AndSha1)
  } catch {
    // Wrong padding: not a signature of this key.
    return false
  }
}

function rawDecrypt(key: KeyObject, encrypted: Buffer): Buffer | null {
  // Some clients omit leading zeros. OpenSSL accepts that; BoringSSL does not.
  const missing = Math.max(0, modulusBytes(key) - encrypted.length)
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.concat([Buffer.alloc(missing), encrypted]))
  } catch {
    // Longer than the modulus, or not less than it.
    return null
  }
}

function nonZeroBytes(length: number, random: RandomSource): Buffer {
  const bytes = Buffer.from(random.bytes(length))
  // A zero would end the padding. The slight bias is harmless: padding must only be unpredictable as a whole.
  for (let i = 0; i < length; i++) if (bytes[i] === 0) bytes[i] = 1 + (i % 255)
  return bytes
}
