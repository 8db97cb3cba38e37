/** @module The board as values: line rates, latency, signal, supply and clock changes, with their limits. */

import * as v from 'valibot'

/** How fast the module's time may run, as a multiple of the host's: what `--speed` takes, and what `setSpeed` takes. */
export const slowestSpeed = 0.01
export const fastestSpeed = 1000

export const speedChoice = v.strictObject({
  speed: v.pipe(v.number(), v.finite(), v.minValue(slowestSpeed), v.maxValue(fastestSpeed))
})

export type SpeedChoice = v.InferOutput<typeof speedChoice>
