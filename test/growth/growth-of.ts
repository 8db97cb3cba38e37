import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** How often each size is run; the quickest counts, for whatever else the machine does only adds to it. */
const RUNS = 5
/** How many times as large the larger input is. */
export const FACTOR = 8

/** What the larger input may cost of the smaller one's processor time: twice what a linear parser takes, far from the square's 64. */
export const MAX_RATIO = 16

/**
 * Returns the processor time, microseconds, that `run` takes for inputs of `n` and of 8 `n`, the best of five runs each, and the
 * ratio of the two. `n` has to be so large that `small` is some milliseconds.
 */
export async function growthOf(
  run: (n: number) => Promise<void> | void,
  n: number
): Promise<{ small: number; large: number; ratio: number }> {
  // The engine compiles first what runs often.
  await run(n)
  let [small, large] = [Infinity, Infinity]
  // In turns: what else the machine does falls on both.
  for (let at = 0; at < RUNS; at += 1) {
    small = Math.min(small, await costOf(run, n))
    large = Math.min(large, await costOf(run, FACTOR * n))
  }
  return { small, large, ratio: large / Math.max(1, small) }
}

async function costOf(run: (n: number) => Promise<void> | void, n: number): Promise<number> {
  // What an earlier run left behind is none of this one's cost.
  collect()
  const before = process.cpuUsage()
  await run(n)
  const { user, system } = process.cpuUsage(before)
  return user + system
}
