import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_LINE_BYTES } from '../../src/main/capture/limits.ts'
import { readCapture } from '../../src/main/capture/read-capture.ts'
import { CaptureRefused } from '../../src/main/capture/refusal.ts'
import { describeMessage } from '../../src/shared/tls/fields.ts'
import { AES128_SHA, RC4_MD5 } from '../../src/shared/tls/suites.ts'
import { linkLayers, ownCapture, packetsOf, pcapOf } from '../fixtures/captures.ts'
import { goldenSession } from '../fixtures/tls-golden.ts'

// Damaged and invented captures: reading gives nothing but a sentence, and never goes past the end.

const session = goldenSession(AES128_SHA)
const seeds: readonly Buffer[] = [
  ownCapture().file,
  ownCapture({ suite: RC4_MD5, resumed: true }).file,
  ...Object.entries(linkLayers).map(([linkType, wrap]) =>
    pcapOf(packetsOf(session).map(wrap), { linkType: Number(linkType) })
  )
]
const runs = Number(process.env['FUZZ_RUNS'] ?? 1000)

/** Reads a capture like the thread, and uses everything that a window would. */
function read(file: Uint8Array, keyLog: string | null): void {
  try {
    const { reading, messages, atLines, streamLines } = readCapture(file, keyLog)
    for (const { name, bytes } of messages) if (bytes) describeMessage({ name, raw: bytes })
    for (const line of [...atLines, ...streamLines.flat()]) {
      expect(line.bytes.length).toBeLessThanOrEqual(MAX_LINE_BYTES)
      expect(line.byteCount).toBeGreaterThanOrEqual(line.bytes.length)
    }
    for (const { handshake } of reading.streams)
      for (const { seq } of handshake?.messages ?? []) expect(messages[seq]).toBeDefined()
    // The window formats its dates.
    for (const { beganMs } of reading.streams) new Date(beganMs).toISOString()
    structuredClone(reading)
  } catch (error) {
    if (!(error instanceof CaptureRefused)) throw error
    expect(error.message).toMatch(/^[^\n]+\.$/)
  }
}

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({
    kind: fc.constant('word' as const),
    at: fc.nat(),
    value: fc.constantFrom(0, 1, 4, 12, 0x7fffffff, 0x80000000, 0xfffffffc, 0xffffffff)
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), value: fc.nat(200) }),
  fc.record({ kind: fc.constant('twice' as const), at: fc.nat(), value: fc.nat(2000) })
)

function mutated(
  seed: Buffer,
  { kind, at, value }: { readonly kind: 'set' | 'word' | 'cut' | 'twice'; readonly at: number; readonly value: number }
): Buffer {
  const place = at % Math.max(1, seed.length)
  const copy = Buffer.from(seed)
  if (kind === 'set') copy[place] = value
  else if (kind === 'word' && copy.length >= 4) copy.writeUInt32LE(value, Math.min(place & ~3, copy.length - 4))
  else if (kind === 'cut') return Buffer.concat([copy.subarray(0, place), copy.subarray(place + value)])
  else return Buffer.concat([copy.subarray(0, place), copy.subarray(Math.max(0, place - value))])
  return copy
}

describe('a capture from anywhere', () => {
  it('damaged in some places', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (seed, mutations, withKeys) => {
          read(mutations.reduce(mutated, seed), withKeys ? session.keyLog : null)
        }
      ),
      { numRuns: 3 * runs }
    )
  })

  it('cut at any byte', () => {
    const [seed] = seeds
    for (let end = 0; end < seed!.length; end += 7) read(seed!.subarray(0, end), null)
  })

  it('of chance behind a header that is right', () => {
    const heads = seeds.map((seed) => seed.subarray(0, 24))
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 600 }), (head, bytes) =>
        read(Buffer.concat([head, bytes]), null)
      ),
      { numRuns: runs }
    )
  })

  it('of packets of chance on every link layer', () => {
    const linkTypes = [...Object.keys(linkLayers).map(Number), 229, 252]
    fc.assert(
      fc.property(
        fc.constantFrom(...linkTypes),
        fc.array(fc.uint8Array({ maxLength: 120 }), { maxLength: 12 }),
        (linkType, packets) =>
          read(
            pcapOf(
              packets.map((one) => Buffer.from(one)),
              { linkType }
            ),
            null
          )
      ),
      { numRuns: 2 * runs }
    )
  })

  it('of TCP segments of chance in any order', () => {
    const packets = packetsOf(session)
    fc.assert(
      fc.property(
        fc.array(fc.nat(packets.length - 1), { maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(39), fc.nat(0xffffffff)), { maxLength: 6 }),
        (order, moved) => {
          const some = order.map((at) => Buffer.from(packets[at]!))
          for (const [at, sequence] of moved) some[at]?.writeUInt32BE(sequence, 24)
          read(pcapOf(some), session.keyLog)
        }
      ),
      { numRuns: runs }
    )
  })

  it('of a key log of chance', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (keyLog) => read(seeds[0]!, keyLog)),
      { numRuns: 100 }
    )
  })
})
