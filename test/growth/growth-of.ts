import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Runs of each size. The fastest counts, because other work on the machine only adds time. */
const RUNS = 5
/** Factor between the two sizes. */
export const FACTOR = 8

/** Limit of the ratio: twice that of a linear parser, and far from 64 of a quadratic one. */
export const MAX_RATIO = 16

/**
 * Returns the processor time in microseconds of `run` for inputs of `n` and 8 `n` (the best of five runs each), and
 * their ratio. With a suitable `n`, `small` is some milliseconds.
 */
export async function growthOf(
  run: (n: number) => Promise<void> | void,
  n: number
): Promise<{ small: number; large: number; ratio: number }> {
  // Run once for the JIT compiler.
  await run(n)
  let [small, large] = [Infinity, Infinity]
  // In turns, so that other work on the machine affects both.
  for (let at = 0; at < RUNS; at += 1) {
    small = Math.min(small, await costOf(run, n))
    large = Math.min(large, await costOf(run, FACTOR * n))
  }
  return { small, large, ratio: large / Math.max(1, small) }
}

async function costOf(run: (n: number) => Promise<void> | void, n: number): Promise<number> {
  // Collect the garbage of the earlier run first.
  collect()
  const before = process.cpuUsage()
  await run(n)
  const { user, system } = process.cpuUsage(before)
  return user + system
}
