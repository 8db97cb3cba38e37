import { beforeAll, describe, expect, it } from 'vitest'
import { phaseNames, soak, type PhaseResult } from './soak.ts'

/** It takes less than a minute on a quiet machine. */
const SOAK_LIMIT_MS = 600_000

/**
 * The short form of `npm run soak` against the built program: what each phase leaves in use, and that nothing stays
 * open.
 */
describe.skipIf(process.platform === 'win32')(
  'S-1, S-2, S-13: the program after some hundreds of each kind of work',
  () => {
    let results: readonly PhaseResult[]
    beforeAll(async () => {
      results = await soak({ root: process.cwd(), form: { kind: 'short' }, only: null, report: () => {} })
    }, SOAK_LIMIT_MS)

    it.each(phaseNames)('is as it was before %s: memory, descriptors and timers', (name) => {
      expect(results.find((one) => one.name === name)?.failures).toEqual([])
    })
  }
)
