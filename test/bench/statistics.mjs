/** Returns the median; for an even count, the mean of the two middle values. */
export function median(values) {
  return quantile(values, 0.5)
}

export function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low + (high - low) * (at - Math.floor(at))
}

/** Returns ratios of values from the same rounds: median, first and third quartile. */
export function ratio(own, yardstick) {
  const each = own.map((value, round) => value / yardstick[round])
  return { median: median(each), low: quantile(each, 0.25), high: quantile(each, 0.75), rounds: each.length }
}

/** Runs `work[name]()` in turn, `rounds` times. Returns all results by name. */
export async function interleaved(rounds, work, progress) {
  const results = Object.fromEntries(Object.keys(work).map((name) => [name, []]))
  const names = Object.keys(work)
  for (let round = 0; round < rounds; round += 1) {
    // The order changes each round, so that side effects of one do not always affect the same other.
    for (const name of round % 2 === 0 ? names : names.toReversed()) results[name].push(await work[name](round))
    progress?.(round + 1, rounds)
  }
  return results
}
