import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { connectionKeys, keyLogLine } from '../../../src/main/tls/key-schedule.ts'
import { prf } from '../../../src/main/tls/prf.ts'
import { AES256_SHA, RC4_MD5, allSuites } from '../../../src/shared/tls/suites.ts'

describe('the pseudo-random function', () => {
  // The vector from the TLS working group's mailing list, at the time of RFC 2246.
  it('gives the known answer', () => {
    const output = prf(Buffer.alloc(48, 0xab), 'PRF Testvector', Buffer.alloc(64, 0xcd), 104)
    expect(output.toString('hex')).toBe(
      'd3d4d1e349b5d515044666d51de32bab258cb521b6b053463e354832fd976754443bcf9a296519bc289abcbc1187e4ebd31e602353776c40' +
        '8aafb74cbc85eff69255f9788faa184cbb957a9819d84a5d7eb006eb459d3ae8de9810454b8b2d8f1afbc655a8c9a013'
    )
  })

  // Computed by `openssl kdf -kdfopt digest:MD5-SHA1 ... TLS1-PRF`.
  it('shares the middle byte of a secret of odd length', () => {
    const output = prf(Buffer.from('0102030405060708090a0b', 'hex'), 'odd', Buffer.from('00ff', 'hex'), 40)
    expect(output.toString('hex')).toBe(
      '80bf0d81a1c2dec5830e5f9c9a0b5053f9a29b2232bc446f8404fc87d224f9802c827d9d272c3b47'
    )
  })
})

describe('the HMACs of the pseudo-random function', () => {
  /** RFC 2246 5, with Node's Hmac objects. */
  const pHash = (hash: 'md5' | 'sha1', secret: Buffer, seed: Buffer, lengthBytes: number): Buffer => {
    let a = seed
    const blocks: Buffer[] = []
    while (Buffer.concat(blocks).length < lengthBytes) {
      a = createHmac(hash, secret).update(a).digest()
      blocks.push(createHmac(hash, secret).update(a).update(seed).digest())
    }
    return Buffer.concat(blocks).subarray(0, lengthBytes)
  }

  it("are those of Node's Hmac, also with keys longer than a block, no seed, and output that ends within a digest", () => {
    for (let bytes = 0; bytes < 200; bytes += 1) {
      const secret = Buffer.alloc(bytes, bytes)
      const seed = Buffer.alloc(bytes % 50, 7)
      const lengthBytes = 1 + (bytes % 90)
      const half = Math.ceil(bytes / 2)
      const labelled = Buffer.concat([Buffer.from('label'), seed])
      const other = pHash('sha1', secret.subarray(bytes - half), labelled, lengthBytes)
      const expected = pHash('md5', secret.subarray(0, half), labelled, lengthBytes).map(
        (byte, at) => byte ^ other[at]!
      )
      expect(prf(secret, 'label', seed, lengthBytes).equals(expected), `${bytes} bytes`).toBe(true)
    }
  })
})

describe('the key block', () => {
  const randoms = { clientRandom: Buffer.alloc(32, 1), serverRandom: Buffer.alloc(32, 2) }

  it.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))('has the lengths of $name', ({ suite }) => {
    const { client, server } = connectionKeys(suite, Buffer.alloc(48, 3), randoms)
    for (const keys of [client, server]) {
      expect([keys.macKey.length, keys.key.length, keys.iv.length]).toEqual([
        suite.macBytes,
        suite.keyBytes,
        suite.ivBytes
      ])
    }
  })

  it('is cut in the order of RFC 2246 6.3, client before server', () => {
    const seed = Buffer.concat([randoms.serverRandom, randoms.clientRandom])
    const block = prf(Buffer.alloc(48, 3), 'key expansion', seed, 136)
    const { client, server } = connectionKeys(AES256_SHA, Buffer.alloc(48, 3), randoms)
    expect(Buffer.concat([client.macKey, server.macKey, client.key, server.key, client.iv, server.iv])).toEqual(block)
    expect(connectionKeys(RC4_MD5, Buffer.alloc(48, 3), randoms).client.macKey).toEqual(block.subarray(0, 16))
  })
})

it('writes a key log line as NSS does', () => {
  expect(keyLogLine(Buffer.from('0a', 'hex'), Buffer.from('ff00', 'hex'))).toBe('CLIENT_RANDOM 0a ff00')
})
