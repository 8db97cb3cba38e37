/** The middle of some numbers; of two, their mean. */
export function median(values) {
  return quantile(values, 0.5)
}

export function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low + (high - low) * (at - Math.floor(at))
}

/** Ratios of what was measured in the same round, and how far they spread: median, first and third quarter. */
export function ratio(own, yardstick) {
  const each = own.map((value, round) => value / yardstick[round])
  return { median: median(each), low: quantile(each, 0.25), high: quantile(each, 0.75), rounds: each.length }
}

/** The same of repeated work: `work[name]()` in turn, `rounds` times; answers all results by name. */
export async function interleaved(rounds, work, progress) {
  const results = Object.fromEntries(Object.keys(work).map((name) => [name, []]))
  const names = Object.keys(work)
  for (let round = 0; round < rounds; round += 1) {
    // Who goes first changes, so that what one leaves behind in the machine does not always hit the same other.
    for (const name of round % 2 === 0 ? names : names.toReversed()) results[name].push(await work[name](round))
    progress?.(round + 1, rounds)
  }
  return results
}
