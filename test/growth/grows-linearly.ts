import { describe, expect, it } from 'vitest'
import { FACTOR, growthOf, MAX_RATIO } from './growth-of.ts'
import type { PreparedInput, WorstInputs } from './worst-inputs/worst-input.ts'

/** Declares tests that each of a parser's worst inputs takes linear time. */
export function growsLinearly({ parser, inputs }: WorstInputs): void {
  describe(parser, () => {
    it.each(inputs)('takes linear time for $shape', async ({ make, n: usual, isLimited = false, most = Infinity }) => {
      const prepared = new Map<number, PreparedInput>()
      const run = (n: number): Promise<void> | void => {
        const input = prepared.get(n) ?? make(n)
        prepared.set(n, input)
        return input.run()
      }
      const largest = isLimited ? usual : Math.floor(most / FACTOR)
      const size = await sizeFor(run, usual, largest)
      let growth = await growthOf(run, size)
      // The larger size may be the first to need more memory from the system, which is slow on a virtual machine. Once
      // both sizes have paid for it, only quadratic growth still exceeds the limit.
      for (const times of LATER_LOOKS) {
        if (growth.ratio < MAX_RATIO) break
        growth = await growthOf(run, Math.min(times * size, Math.max(size, largest)))
      }
      expect(growth.ratio, JSON.stringify(growth)).toBeLessThan(MAX_RATIO)
    })
  })
}

/** Multiples of the first size, which is also repeated, because a busy minute may double a ratio. */
const LATER_LOOKS = [4, 1, 8, 1, 2]
/** Several times a pause of the garbage collector; more only makes the suite slower. */
const WANTED_US = 12_000

/** Returns the size that takes about `WANTED_US` on this machine, at most `largest`. */
async function sizeFor(run: (n: number) => Promise<void> | void, usual: number, largest: number): Promise<number> {
  await run(usual)
  for (let n = usual; ;) {
    const before = process.cpuUsage()
    await run(n)
    const { user, system } = process.cpuUsage(before)
    const tookUs = user + system
    if (tookUs > 2 * WANTED_US && n >= LEAST) n = Math.floor(n / 2)
    else if (tookUs < WANTED_US / 2 && 2 * n <= Math.min(largest, MOST_TIMES * usual)) n *= 2
    else return n
  }
}

/** Fewer parts do not show growth. */
const LEAST = 64
/** Input that is dropped at once, like most of an endless line, takes no time at any size. */
const MOST_TIMES = 16
