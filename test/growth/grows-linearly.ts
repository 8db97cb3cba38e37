import { describe, expect, it } from 'vitest'
import { FACTOR, growthOf, MAX_RATIO } from './growth-of.ts'
import type { PreparedInput, WorstInputs } from './worst-inputs/worst-input.ts'

/** Tests that each of a parser's worst inputs costs linear time. */
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
      // Between two sizes the memory of the larger one may be the first that the process has to ask the system for, which a virtual
      // machine makes dear. Once both sizes pay for it, only what grows with the square is still over the limit.
      for (const times of LATER_LOOKS) {
        if (growth.ratio < MAX_RATIO) break
        growth = await growthOf(run, Math.min(times * size, Math.max(size, largest)))
      }
      expect(growth.ratio, JSON.stringify(growth)).toBeLessThan(MAX_RATIO)
    })
  })
}

/** Of the first size; that size again, for a busy minute may double a ratio. */
const LATER_LOOKS = [4, 1, 8, 1, 2]
/** Several times what the collector of the engine takes at a time; more only makes the suite longer. */
const WANTED_US = 12_000

/** Returns `usual`, or as many more or fewer as take about `WANTED_US` on this machine, and never more than `largest`. */
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

/** Fewer parts are no growth. */
const LEAST = 64
/** What is dropped at once, as most of an endless line is, takes no time however much comes. */
const MOST_TIMES = 16
