import { describe, expect, it } from 'vitest'
import { growthOf, hasSettled, judge, type Held, type PhaseRecord, type Sample } from './judge.ts'

const LEVEL = 17_000_000
const held = (levelBytes = LEVEL, more: Partial<Held> = {}): Held => ({
  levelBytes,
  descriptors: 27,
  resources: { Timeout: 3, TCPServerWrap: 5 },
  ...more
})
const calm: PhaseRecord = { before: held(), warm: held(), after: held(), samples: [], isSettled: true, broke: null }

/** Variation as left by a garbage collector: irregular, but the same sequence each time. */
function noise(at: number): number {
  return ((at * 7919) % 101) / 101
}

/** Returns one sample per second of a level that rises by `anHour`. */
function samplesOf({ minutes, anHour, noiseBytes }: { minutes: number; anHour: number; noiseBytes: number }): Sample[] {
  return Array.from({ length: minutes * 60 }, (_, second) => {
    const hours = second / 3600
    return { hours, levelBytes: LEVEL * (1 + anHour * hours) + noise(second) * noiseBytes }
  })
}

/** The short form: 500 dials after the warm-up, each of which leaves so many bytes. */
const leaking = (bytesADial: number): PhaseRecord => ({ ...calm, after: held(LEVEL + 500 * bytesADial) })

describe('the judge of a soak', () => {
  it('S-1: finds nothing where everything is as it was', () => {
    expect(judge(calm, 'short')).toEqual({ failures: [], growth: null })
  })

  it.each([2_000, 20_000])('S-2: tells of a leak of %i bytes a dial', (bytes) => {
    expect(judge(leaking(bytes), 'short').failures).toEqual([
      `${LEVEL} bytes at rest before, ${LEVEL + 500 * bytes} after`
    ])
  })

  it('S-2: takes less than five in a hundred for what the engine still compiles', () => {
    expect(judge(leaking(1_600), 'short').failures).toEqual([])
  })

  it('S-2: tells of a level that never stops rising, in the form that works for seconds', () => {
    expect(judge({ ...calm, isSettled: false }, 'short').failures).toEqual([
      'memory did not stop rising during the warm-up'
    ])
  })

  it('S-1: tells of one descriptor, one timer and one socket that stayed', () => {
    const after = held(LEVEL, { descriptors: 28, resources: { Timeout: 4, TCPServerWrap: 5, TCPSocketWrap: 1 } })
    expect(judge({ ...calm, after }, 'short').failures).toEqual([
      '27 descriptors before, 28 after',
      '5 TCPServerWrap, 3 Timeout before, 5 TCPServerWrap, 1 TCPSocketWrap, 4 Timeout after'
    ])
  })

  it('S-1: tells of one that is gone, and minds no order', () => {
    const gone = held(LEVEL, { resources: { TCPServerWrap: 5 } })
    const turned = held(LEVEL, { resources: { TCPServerWrap: 5, Timeout: 3 } })
    expect([
      judge({ ...calm, after: gone }, 'short').failures.length,
      judge({ ...calm, after: turned }, 'short').failures.length
    ]).toEqual([1, 0])
  })

  it('S-2: tells of what is held while it works, though nothing of it is left', () => {
    const samples = [
      { hours: 0, levelBytes: LEVEL },
      { hours: 0.01, levelBytes: LEVEL * 1.6 },
      { hours: 0.02, levelBytes: LEVEL }
    ]
    expect(judge({ ...calm, samples }, 'short').failures).toEqual([
      `${LEVEL} bytes at rest before, up to ${LEVEL * 1.6} while it worked`
    ])
  })

  it('S-13: tells of a phase that broke off by its own sentence alone', () => {
    expect(
      judge({ ...calm, warm: null, after: null, isSettled: false, broke: 'The program has ended' }, 'short').failures
    ).toEqual(['The program has ended'])
  })

  it('S-2: does not take a phase without samples for a flat one', () => {
    expect(judge(calm, 'long').growth?.kind).toBe('unknown')
  })
})

describe('the growth in an hour', () => {
  it.each([
    ['a level', 0, 8, 20_000, 'flat'],
    ['a rise of half the limit', 0.005, 8, 20_000, 'flat'],
    ['a rise just above the limit', 0.02, 8, 10_000, 'rising'],
    ['a fall', -0.05, 8, 20_000, 'flat'],
    ['a level with much noise over a short time', 0, 2, 2_000_000, 'unknown'],
    ['a rise just above the limit with much noise', 0.02, 2, 2_000_000, 'unknown'],
    ['a steep rise, however much noise', 20, 2, 2_000_000, 'rising']
  ] as const)('S-2: of %s (%d an hour, over %i minutes, noise of %i bytes)', (_, anHour, minutes, noiseBytes, kind) => {
    expect(growthOf(samplesOf({ minutes, anHour, noiseBytes }), true)).toMatchObject({ kind })
  })

  it('S-2: counts as a failure where it is a rise, and not where it is unknown', () => {
    const rising = { ...calm, samples: samplesOf({ minutes: 8, anHour: 0.05, noiseBytes: 1000 }) }
    const unknown = { ...calm, samples: samplesOf({ minutes: 2, anHour: 0.02, noiseBytes: 2_000_000 }) }
    expect(judge(rising, 'long').failures).toEqual([
      expect.stringMatching(/^memory grows by 5\.\d % of the level an hour, and 1\.0 % is the most$/)
    ])
    expect(judge(unknown, 'long')).toMatchObject({ failures: [], growth: { kind: 'unknown' } })
  })

  it('S-2: after a warm-up that did not end is flat where the level stays, unknown where it falls, and rising where it rises for sure', () => {
    const [flat, falling, rising] = [0, -0.2, 0.5].map((anHour) =>
      growthOf(samplesOf({ minutes: 8, anHour, noiseBytes: 1000 }), false)
    )
    expect([flat, falling, rising]).toMatchObject([
      { kind: 'flat' },
      { kind: 'unknown', why: 'the warm-up did not end in half of the time' },
      { kind: 'rising' }
    ])
  })

  it('S-2: is not hidden by a collector that leaves something every other time', () => {
    const samples = samplesOf({ minutes: 8, anHour: 0.03, noiseBytes: 0 }).map((one, at) =>
      at % 2 ? one : { ...one, levelBytes: one.levelBytes + 900_000 }
    )
    expect(growthOf(samples, true).kind).toBe('rising')
  })
})

describe('a warm-up', () => {
  const settles = { looks: 2, tolerance: 0.01 }

  it('S-2: is over when the last looks found no new height', () => {
    expect(hasSettled([100, 110, 115, 115.9, 115.2], settles)).toBe(true)
  })

  it('S-2: is not over while one of them did, before there were enough, or without any', () => {
    expect([[100, 110, 115, 118, 119], [100, 100], []].map((levels) => hasSettled(levels, settles))).toEqual([
      false,
      false,
      false
    ])
  })

  it('S-2: never ends for a leak of a hundredth a look', () => {
    const levels = Array.from({ length: 16 }, (_, look) => LEVEL * 1.0101 ** look)
    expect(levels.some((_, looks) => hasSettled(levels.slice(0, looks), settles))).toBe(false)
  })
})
