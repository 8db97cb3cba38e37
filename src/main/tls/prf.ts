import { hash } from 'node:crypto'

/**
 * Returns the pseudo-random function of TLS 1.0 (RFC 2246 5): P_MD5 of one half of the secret XOR P_SHA-1 of the other.
 * For an odd length the halves share the middle byte.
 */
export function prf(secret: Buffer, label: string, seed: Buffer, lengthBytes: number): Buffer {
  const halfBytes = Math.ceil(secret.length / 2)
  const labelled = Buffer.concat([Buffer.from(label, 'latin1'), seed])
  const output = pHash('md5', secret.subarray(0, halfBytes), labelled, lengthBytes)
  const other = pHash('sha1', secret.subarray(secret.length - halfBytes), labelled, lengthBytes)
  for (let i = 0; i < lengthBytes; i++) output[i]! ^= other[i]!
  return output
}

/**
 * Computes HMACs with one key (RFC 2104) over the one-shot hash. A handshake needs 46 of them, and Node's Hmac objects
 * take nearly twice as long. Digests are strings, which Node makes faster than Buffers.
 */
function pHash(hashName: 'md5' | 'sha1', secret: Buffer, seed: Buffer, lengthBytes: number): Buffer {
  const digestBytes = hashName === 'md5' ? 16 : 20
  const key = secret.length > BLOCK_BYTES ? hash(hashName, secret, 'buffer') : secret
  /** The inner block of the key, A(i), the seed. */
  const inner = Buffer.alloc(BLOCK_BYTES + digestBytes + seed.length)
  /** The outer block of the key, the inner digest. */
  const outer = Buffer.alloc(BLOCK_BYTES + digestBytes)
  for (let i = 0; i < BLOCK_BYTES; i++) {
    inner[i] = (key[i] ?? 0) ^ 0x36
    outer[i] = (key[i] ?? 0) ^ 0x5c
  }
  inner.set(seed, BLOCK_BYTES + digestBytes)
  const hmac = (keyed: Buffer): string => {
    outer.write(hash(hashName, keyed, 'binary'), BLOCK_BYTES, 'binary')
    return hash(hashName, outer, 'binary')
  }
  const output = Buffer.alloc(lengthBytes)
  let a = hmac(Buffer.concat([inner.subarray(0, BLOCK_BYTES), seed]))
  for (let doneBytes = 0; ;) {
    inner.write(a, BLOCK_BYTES, 'binary')
    output.write(hmac(inner), doneBytes, 'binary')
    doneBytes += digestBytes
    if (doneBytes >= lengthBytes) return output
    a = hmac(inner.subarray(0, BLOCK_BYTES + digestBytes))
  }
}

/** Block size of both hashes (RFC 2104 2). */
const BLOCK_BYTES = 64
