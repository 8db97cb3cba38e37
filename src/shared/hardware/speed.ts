/** @module The board as values: line rates, latency, signal, supply and clock changes, with their limits. */

import * as v from 'valibot'

/** Limits of the speed of module time, as a multiple of host time, for `--speed` and `setSpeed`. */
export const SLOWEST_SPEED = 0.01
export const FASTEST_SPEED = 1000

export const speedChoice = v.strictObject({
  speed: v.pipe(v.number(), v.finite(), v.minValue(SLOWEST_SPEED), v.maxValue(FASTEST_SPEED))
})

export type SpeedChoice = v.InferOutput<typeof speedChoice>
