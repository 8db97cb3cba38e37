import { createHmac } from 'node:crypto'

/**
 * The pseudo-random function of TLS 1.0 (RFC 2246 5): P_MD5 of one half of the secret, XOR P_SHA-1 of the other. With an
 * odd length the halves share the middle byte.
 */
export function prf(secret: Buffer, label: string, seed: Buffer, lengthBytes: number): Buffer {
  const halfBytes = Math.ceil(secret.length / 2)
  const labelled = Buffer.concat([Buffer.from(label, 'latin1'), seed])
  const output = pHash('md5', secret.subarray(0, halfBytes), labelled, lengthBytes)
  const other = pHash('sha1', secret.subarray(secret.length - halfBytes), labelled, lengthBytes)
  for (let i = 0; i < lengthBytes; i++) output[i]! ^= other[i]!
  return output
}

function pHash(hash: 'md5' | 'sha1', secret: Buffer, seed: Buffer, lengthBytes: number): Buffer {
  const blocks: Buffer[] = []
  let a = seed
  for (let doneBytes = 0; doneBytes < lengthBytes; ) {
    a = createHmac(hash, secret).update(a).digest()
    const block = createHmac(hash, secret).update(a).update(seed).digest()
    blocks.push(block)
    doneBytes += block.length
  }
  return Buffer.concat(blocks, lengthBytes)
}
