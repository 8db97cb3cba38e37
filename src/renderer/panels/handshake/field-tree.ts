import type { TlsField } from '../../../shared/tls/fields.ts'

/** Index of the innermost field that a byte belongs to, or -1. */
export function fieldAt(fields: readonly TlsField[], byte: number): number {
  let found = -1
  for (const [at, { startByte, endByte, depth }] of fields.entries())
    if (byte >= startByte && byte < endByte && (found < 0 || depth >= fields[found]!.depth)) found = at
  return found
}

/** Whether other fields lie in it. */
export function hasInner(fields: readonly TlsField[], at: number): boolean {
  return (fields[at + 1]?.depth ?? -1) > fields[at]!.depth
}

/** Index of the field around it, or -1. */
export function outerOf(fields: readonly TlsField[], at: number): number {
  const { depth } = fields[at]!
  for (let before = at - 1; before >= 0; before--) if (fields[before]!.depth < depth) return before
  return -1
}

/** The fields that are seen while some are folded, by their index. */
export function unfolded(fields: readonly TlsField[], folded: ReadonlySet<number>): readonly number[] {
  const seen: number[] = []
  let hiddenBelow = Infinity
  for (const [at, { depth }] of fields.entries()) {
    if (depth > hiddenBelow) continue
    hiddenBelow = folded.has(at) ? depth : Infinity
    seen.push(at)
  }
  return seen
}

/** The folded fields without those that hide `at`. */
export function reveal(fields: readonly TlsField[], folded: ReadonlySet<number>, at: number): ReadonlySet<number> {
  const open = new Set(folded)
  for (let outer = outerOf(fields, at); outer >= 0; outer = outerOf(fields, outer)) open.delete(outer)
  return open.size === folded.size ? folded : open
}
