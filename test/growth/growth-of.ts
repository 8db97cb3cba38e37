/** Processor time of `run` for n and for 8n, in microseconds, the best of five each, and their ratio. Linear work has a ratio near 8. */
export async function growthOf(run: (n: number) => Promise<void> | void, n: number): Promise<{ small: number; large: number; ratio: number }> {
  // Once before it counts: what is compiled at its first use is no growth.
  await run(n)
  const small = await bestOf(run, n)
  const large = await bestOf(run, 8 * n)
  return { small, large, ratio: large / small }
}

const ROUNDS = 5

async function bestOf(run: (n: number) => Promise<void> | void, n: number): Promise<number> {
  let best = Infinity
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage()
    await run(n)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, user + system)
  }
  return best
}
