/** @module Words for lists and counts. */

/** Returns names as a list in a sentence: "a", "a and b", "a, b and c". */
export function listOf(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}` : (names[0] ?? '')
}
