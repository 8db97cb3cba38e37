import * as v from 'valibot'
import { timelineKinds } from './kinds.ts'

export { timelineKinds } from './kinds.ts'

/** As long as a line that somebody types or pastes; a longer pattern is no search. */
export const MAX_PATTERN_CHARACTERS = 1000

const seqNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))

/** Which events are wanted. What is left out does not restrict; what is given must all hold. */
export const eventFilter = v.strictObject({
  kinds: v.optional(v.pipe(v.array(v.picklist(timelineKinds)), v.maxLength(timelineKinds.length))),
  /** AT instances; null stands for the module as a whole. */
  instances: v.optional(
    v.pipe(v.array(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2)))), v.maxLength(4))
  ),
  /** The whole cause tree of this event: its ancestors up to the root, and all that follows from that root. */
  chainOf: v.optional(seqNumber),
  /** This event and its causes up to the root. */
  ancestorsOf: v.optional(seqNumber),
  /** Looks through the line that an event reads as (`lineOf` in `reading.ts`). */
  text: v.optional(
    v.strictObject({
      pattern: v.pipe(v.string(), v.maxLength(MAX_PATTERN_CHARACTERS)),
      /** A JavaScript regular expression; otherwise the very characters. */
      regex: v.boolean(),
      matchCase: v.boolean()
    })
  )
})

export type EventFilter = v.InferOutput<typeof eventFilter>
export type TextFilter = NonNullable<EventFilter['text']>
