/**
 * Returns whether at most `max` edits turn `meant` into `typed`: a letter added, removed, replaced, or swapped with its
 * neighbour (optimal string alignment). The time is at most the product of both lengths.
 */
export function withinEdits(typed: string, meant: string, max: number): boolean {
  if (Math.abs(typed.length - meant.length) > max) return false
  let before: number[] = []
  let row = Array.from({ length: meant.length + 1 }, (_, at) => at)
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i]
    let least = i
    for (let j = 1; j <= meant.length; j += 1) {
      const same = typed[i - 1] === meant[j - 1]
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && typed[i - 1] === meant[j - 2] && typed[i - 2] === meant[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      next.push(cost)
      least = Math.min(least, cost)
    }
    // Two rows later it cannot be less, because a swap skips one row.
    if (least > max + 1) return false
    before = row
    row = next
  }
  return (row[meant.length] ?? 0) <= max
}
