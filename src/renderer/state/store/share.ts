/**
 * Returns `next`, but with the objects of `before` wherever they are equal, so that a comparison by identity finds only
 * what changed. For plain data: objects, arrays, byte arrays and simple values.
 */
export function shared<T>(before: unknown, next: T): T {
  if (Object.is(before, next) || !isObject(before) || !isObject(next)) return next
  if (next instanceof Uint8Array) return before instanceof Uint8Array && sameBytes(before, next) ? (before as T) : next
  if (Array.isArray(next)) return Array.isArray(before) ? (sharedList(before, next) as T) : next
  if (Array.isArray(before) || before instanceof Uint8Array) return next
  const keys = Object.keys(next)
  const parts: Record<string, unknown> = {}
  let same = keys.length === Object.keys(before).length
  for (const key of keys) {
    parts[key] = shared(before[key], next[key])
    same &&= key in before && Object.is(parts[key], before[key])
  }
  return (same ? before : parts) as T
}

function sharedList(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const parts = next.map((part, at) => shared(before[at], part))
  return parts.length === before.length && parts.every((part, at) => Object.is(part, before[at])) ? before : parts
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
