import * as v from 'valibot'
import type { WhyAnswer } from './explanation.ts'

/** The call of the API that explains: a failure by its event, or the last one, and what the moment asks. */
export interface WhyCalls {
  /** `seq` null: the last failure that is still news. An event that is no failure, or is not kept, has no explanation. */
  why(query: WhyQuery): Promise<WhyAnswer>
}

export const whyQuery = v.strictObject({
  seq: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)))
})

export type WhyQuery = v.InferOutput<typeof whyQuery>

export const whyApiCalls = { why: v.tuple([whyQuery]) } as const
