import { beforeAll, describe, expect, it } from 'vitest'
import { soak, type PhaseResult } from './soak.ts'

/** Some forty seconds on a quiet machine; a program that minds letters without end takes longer. */
const SOAK_LIMIT_MS = 300_000

/**
 * The phases `upgrades` and `letters` are left out: they wait for what the program no longer does since its sockets are destroyed and its lines
 * are dropped as they come. They have to be written anew; `npm run soak` still has them.
 */
const SHORT_PHASES = ['dials', 'clients', 'online'] as const

/** The short form of `npm run soak`, against the built program: what each phase leaves behind, and that nothing stays open. */
describe.skipIf(process.platform === 'win32')('the program after some seconds of work', () => {
  let results: readonly PhaseResult[]
  beforeAll(async () => {
    results = await soak({ root: process.cwd(), secondsAPhase: 2, only: [...SHORT_PHASES], onlineMegabytes: 20, fill: false, report: () => {} })
  }, SOAK_LIMIT_MS)

  it.each(SHORT_PHASES)('is as it was before %s: memory, descriptors and timers', (name) => {
    expect(results.find((one) => one.name === name)?.failures).toEqual([])
  })
})
