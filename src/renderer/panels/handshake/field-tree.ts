import type { TlsField } from '../../../shared/tls/fields.ts'

/** Returns the index of the innermost field that contains a byte; -1 if there is none. */
export function fieldAt(fields: readonly TlsField[], byte: number): number {
  let found = -1
  for (const [at, { startByte, endByte, depth }] of fields.entries())
    if (byte >= startByte && byte < endByte && (found < 0 || depth >= fields[found]!.depth)) found = at
  return found
}

/** Returns whether a field contains other fields. */
export function hasInner(fields: readonly TlsField[], at: number): boolean {
  return (fields[at + 1]?.depth ?? -1) > fields[at]!.depth
}

/** Returns the index of the field that contains another one; -1 if there is none. */
export function outerOf(fields: readonly TlsField[], at: number): number {
  const { depth } = fields[at]!
  for (let before = at - 1; before >= 0; before--) if (fields[before]!.depth < depth) return before
  return -1
}

/** Returns the indexes of the visible fields while some are folded. */
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

/** Returns the folded fields without those that contain the field `at`. */
export function reveal(fields: readonly TlsField[], folded: ReadonlySet<number>, at: number): ReadonlySet<number> {
  const open = new Set(folded)
  for (let outer = outerOf(fields, at); outer >= 0; outer = outerOf(fields, outer)) open.delete(outer)
  return open.size === folded.size ? folded : open
}
