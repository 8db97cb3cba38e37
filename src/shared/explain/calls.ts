import * as v from 'valibot'
import type { WhyAnswer } from './explanation.ts'

/** The API call that explains a failure: by its event, or the last one. It also answers the question of the moment. */
export interface WhyCalls {
  /**
   * Explains an event. With `seq` `null` it explains the last failure that is still relevant. The explanation is `null`
   * for an event that is not a failure or no longer kept.
   */
  why(query: WhyQuery): Promise<WhyAnswer>
}

export const whyQuery = v.strictObject({
  seq: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)))
})

export type WhyQuery = v.InferOutput<typeof whyQuery>

export const whyApiCalls = { why: v.tuple([whyQuery]) } as const
