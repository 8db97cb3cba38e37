import { createDecipheriv, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DirectionKeys } from '../../../src/main/tls/key-schedule.ts'
import { recordOpener, recordSealer } from '../../../src/main/tls/record-cipher.ts'
import type { TlsFailure } from '../../../src/shared/tls/failure.ts'
import { AES128_SHA, AES256_SHA, allSuites, NULL_SHA, RC4_MD5, RC4_SHA } from '../../../src/shared/tls/suites.ts'
import type { CipherSuite } from '../../../src/shared/tls/suites.ts'

const suites = allSuites.map((suite) => ({ suite, name: suite.shortName }))

describe.each(suites)('record protection of $name', ({ suite }) => {
  it('opens what it seals, record after record', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 6 }), (contents) => {
        const sealer = recordSealer(suite, keysOf(suite))
        const opener = recordOpener(suite, keysOf(suite))
        for (const content of contents) {
          const fragment = seal(sealer, Buffer.from(content))
          expect(fragment.length).toBe(sealer.sealedBytes(content.length))
          expect([...opener.open(23, fragment)]).toEqual([...content])
        }
      })
    )
  })

  it('refuses a fragment with any byte changed', () => {
    const fragment = seal(recordSealer(suite, keysOf(suite)), Buffer.from('attack at dawn'))
    for (let i = 0; i < fragment.length; i++) {
      const changed = Buffer.from(fragment)
      changed[i]! ^= 0x41
      refused(() => recordOpener(suite, keysOf(suite)).open(23, changed))
    }
  })

  it('refuses fragments of another content type, order or length', () => {
    const sealer = recordSealer(suite, keysOf(suite))
    const [first, second] = [seal(sealer, Buffer.from('first')), seal(sealer, Buffer.from('second'))]
    refused(() => recordOpener(suite, keysOf(suite)).open(22, first!))
    refused(() => recordOpener(suite, keysOf(suite)).open(23, second!))
    for (const length of [0, 1, 15, 16, first!.length - 1]) {
      refused(() => recordOpener(suite, keysOf(suite)).open(23, first!.subarray(0, length)))
    }
  })

  it('hands out memory of its own', () => {
    const fragment = seal(recordSealer(suite, keysOf(suite)), Buffer.from('mine to keep'))
    const content = recordOpener(suite, keysOf(suite)).open(23, fragment)
    fragment.fill(0)
    expect(content.toString()).toBe('mine to keep')
  })
})

describe.each([RC4_MD5, RC4_SHA, NULL_SHA].map((suite) => ({ suite, name: suite.shortName })))(
  'whole records of $name',
  ({ suite }) => {
    it('are the same, header in front, as those that are sealed into memory that is there', () => {
      const [pieces, whole] = [recordSealer(suite, keysOf(suite)), recordSealer(suite, keysOf(suite))]
      for (const [contentType, bytes] of [
        [22, 16],
        [23, 0],
        [23, 300],
        [21, 2],
        [23, 16_384]
      ] as const) {
        const content = Buffer.alloc(bytes, bytes)
        const fragment = Buffer.alloc(pieces.sealedBytes(bytes))
        pieces.seal(contentType, content, fragment)
        const header = Buffer.from([contentType, 3, 1, fragment.length >> 8, fragment.length & 0xff])
        expect(
          whole.sealRecord!(contentType, content).equals(Buffer.concat([header, fragment])),
          `${bytes} bytes`
        ).toBe(true)
      }
    })
  }
)

describe.each([AES128_SHA, AES256_SHA].map((suite) => ({ suite, name: suite.shortName })))(
  'CBC of $name',
  ({ suite }) => {
    it('chains the records: the IV of one is the last block of the one before', () => {
      const sealer = recordSealer(suite, keysOf(suite))
      const [first, second] = [seal(sealer, Buffer.from('first')), seal(sealer, Buffer.from('second'))]
      const decipher = createDecipheriv(suite.bulk, keysOf(suite).key, first!.subarray(-16)).setAutoPadding(false)
      expect(decipher.update(second!).toString('latin1', 0, 6)).toBe('second')
    })

    it('pads to a whole block, a full one where the record is even already', () => {
      const sealer = recordSealer(suite, keysOf(suite))
      expect([11, 12, 27, 28].map((bytes) => sealer.sealedBytes(bytes))).toEqual([32, 48, 48, 64])
    })
  }
)

it("the MAC is node:crypto's HMAC over number, type, version, length and content, whatever the record's size (RFC 2246 6.2.3.1)", () => {
  const sealer = recordSealer(NULL_SHA, keysOf(NULL_SHA))
  for (const [number, bytes] of [0, 1500, 16_384, 3000, 1].entries()) {
    const content = Buffer.alloc(bytes, 'record')
    const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, number, 23, 3, 1, bytes >> 8, bytes & 0xff])
    const mac = createHmac('sha1', keysOf(NULL_SHA).macKey).update(header).update(content).digest()
    expect(seal(sealer, content).equals(Buffer.concat([content, mac]))).toBe(true)
  }
})

function keysOf(suite: CipherSuite): DirectionKeys {
  return {
    macKey: Buffer.alloc(suite.macBytes, 1),
    key: Buffer.alloc(suite.keyBytes, 2),
    iv: Buffer.alloc(suite.ivBytes, 3)
  }
}

function seal(sealer: ReturnType<typeof recordSealer>, content: Buffer): Buffer {
  const fragment = Buffer.alloc(sealer.sealedBytes(content.length))
  sealer.seal(23, content, fragment)
  return fragment
}

function refused(action: () => unknown): void {
  try {
    action()
  } catch (error) {
    expect((error as TlsFailure).reason).toMatchObject({ blame: 'peer-misbehaved', alert: 'bad_record_mac' })
    return
  }
  throw new Error('a bad record was let in')
}
