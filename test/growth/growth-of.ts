/**
 * Measures how the processor time of `run` grows: microseconds for `n` and for eight times `n`, the best of five runs each, because
 * everything else on the machine only adds. Linear work has a ratio near 8, quadratic work one near 64.
 */
export async function growthOf(run: (n: number) => Promise<void> | void, n: number): Promise<{ small: number; large: number; ratio: number }> {
  // Compiled before it counts.
  await run(n)
  const small = await best(run, n)
  const large = await best(run, n * 8)
  return { small, large, ratio: large / small }
}

async function best(run: (n: number) => Promise<void> | void, n: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round += 1) {
    const before = process.cpuUsage()
    await run(n)
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, user + system)
  }
  // A clock that has not moved would make any ratio infinite.
  return Math.max(1, least)
}
