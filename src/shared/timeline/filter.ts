import * as v from 'valibot'
import { timelineKinds } from './kinds.ts'

export { timelineKinds } from './kinds.ts'

/** As long as a line that a person types or pastes. */
export const MAX_PATTERN_CHARACTERS = 1000

const seqNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))

/** Selects events. All given conditions must hold. */
export const eventFilter = v.strictObject({
  kinds: v.optional(v.pipe(v.array(v.picklist(timelineKinds)), v.maxLength(timelineKinds.length))),
  /** AT instances; `null` stands for the module as a whole. */
  instances: v.optional(
    v.pipe(v.array(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2)))), v.maxLength(4))
  ),
  /** The whole cause tree of this event: its causes up to the root, and all effects of that root. */
  chainOf: v.optional(seqNumber),
  /** This event and everything that led to it, by all its causes. */
  ancestorsOf: v.optional(seqNumber),
  /** Searches in the event's line of text (`lineOf` in `reading.ts`). */
  text: v.optional(
    v.strictObject({
      pattern: v.pipe(v.string(), v.maxLength(MAX_PATTERN_CHARACTERS)),
      /** True for a JavaScript regular expression, false for plain text. */
      regex: v.boolean(),
      matchCase: v.boolean()
    })
  )
})

export type EventFilter = v.InferOutput<typeof eventFilter>
export type TextFilter = NonNullable<EventFilter['text']>
