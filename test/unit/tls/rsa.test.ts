import { createPublicKey } from 'node:crypto'
import { expect, it } from 'vitest'
import { decryptPremaster, encryptPkcs1, signHash, verifyHash } from '../../../src/main/tls/rsa.ts'
import { testPki } from '../../fixtures/pki.ts'
import { systemRandom } from '../../fixtures/tls-endpoints.ts'

// Where crypto libraries differ: numbers whose leading zeros are left out.

const { privateKey } = testPki().server
const publicKey = createPublicKey(privateKey)

/** Returns a block that begins with a zero, as one in 256 does. */
function startingWithZero(make: (attempt: number) => Buffer): { block: Buffer; attempt: number } {
  for (let attempt = 0; ; attempt++) {
    const block = make(attempt)
    if (block[0] === 0) return { block, attempt }
  }
}

it('a CertificateVerify as long as the modulus verifies, a shorter one does not (RFC 3447 8.2.2)', () => {
  const hashes = (attempt: number): Buffer => Buffer.alloc(36, `hash ${attempt}`)
  const { block, attempt } = startingWithZero((count) => signHash(privateKey, hashes(count))!)
  expect(verifyHash(publicKey, hashes(attempt), block)).toBe(true)
  expect(verifyHash(publicKey, hashes(attempt), block.subarray(1))).toBe(false)
  expect(verifyHash(publicKey, hashes(attempt), Buffer.concat([Buffer.of(0), block]))).toBe(false)
  expect(verifyHash(publicKey, hashes(attempt), Buffer.alloc(0))).toBe(false)
})

it('a premaster secret is read without the leading zeros of its block, which some clients leave out', () => {
  const premaster = Buffer.concat([Buffer.from([3, 1]), Buffer.alloc(46, 9)])
  const { block } = startingWithZero(() => encryptPkcs1(publicKey, premaster, systemRandom)!)
  expect(decryptPremaster(privateKey, block.subarray(1), 0x0301, systemRandom)).toEqual(premaster)
  expect(decryptPremaster(privateKey, Buffer.alloc(0), 0x0301, systemRandom)).not.toEqual(premaster)
})
