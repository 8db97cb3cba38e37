/**
 * How SimulatorApi travels over a WebSocket: JSON text, with byte arrays as `{ "$bytes": "<base64>" }` at any depth.
 *
 * Client to simulator: `{ "id": 7, "call": "events", "args": [{ "fromSeq": 0, "limit": 100 }] }`.
 * Answer: `{ "id": 7, "result": … }`, or `{ "id": 7, "error": "One sentence." }`. A call without a result answers null.
 * After the call `subscribe` (no arguments) the simulator also pushes `{ "batch": … }`.
 *
 * Runs in Node and in browsers, hence no Buffer: who has one hands it in. It checks the shape of the envelope only, the arguments are
 * checked by the schemas of `api.ts`.
 */
export type WireCall = { readonly id: number; readonly call: string; readonly args: readonly unknown[] }

/**
 * A value as text for the wire. `undefined` becomes null at the top and is left out of objects, as JSON does. `toBase64`: the
 * engine's own, where there is one; a flood is half a megabyte of it a second, and the portable one takes some thirty times as long.
 */
export function encode(value: unknown, toBase64: (bytes: Uint8Array) => string = portableBase64): string {
  // Looks at the holder's own value: a Node Buffer's toJSON has already turned `part` into something else.
  function replaceBytes(this: Readonly<Record<string, unknown>>, key: string, part: unknown): unknown {
    if (typeof part !== 'object') return part
    const original = this[key]
    return original instanceof Uint8Array ? { [bytesKey]: toBase64(original) } : part
  }
  return JSON.stringify(value, replaceBytes) ?? 'null'
}

/** The value of a text from the wire. Throws an Error with one sentence when the text is not JSON or its base64 is broken. */
export function decode(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('The message is not JSON.')
  }
  return restore(value, 0)
}

/** The call in a decoded message, or null when it is not one. */
export function asCall(value: unknown): WireCall | null {
  if (!isRecord(value)) return null
  const { id, call, args } = value
  return Number.isSafeInteger(id) && typeof call === 'string' && Array.isArray(args) ? { id: id as number, call, args } : null
}

const bytesKey = '$bytes'

/** Deeper than anything the contract holds; keeps a hostile message from exhausting the stack. */
const maxDepth = 40

/** In place: the value was parsed just now and is nobody else's, and copying it costs more than parsing did. */
function restore(value: unknown, depth: number): unknown {
  if (depth > maxDepth) throw new Error(`The message nests deeper than ${maxDepth} levels.`)
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) if (typeof value[at] === 'object') value[at] = restore(value[at], depth + 1)
    return value
  }
  if (!isRecord(value)) return value
  const keys = Object.keys(value)
  const base64 = keys.length === 1 ? value[bytesKey] : null
  if (typeof base64 === 'string') return fromBase64(base64)
  for (const key of keys) {
    const part = value[key]
    if (typeof part !== 'object' || part === null) continue
    const restored = restore(part, depth + 1)
    // Defined, not assigned: a key may be `__proto__`.
    if (restored !== part) Object.defineProperty(value, key, { value: restored, writable: true, enumerable: true, configurable: true })
  }
  return value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What newer engines have, and the types do not know yet. */
interface Base64OfEngine {
  toBase64?(): string
}
interface BytesOfEngine {
  fromBase64?(text: string): Uint8Array
}

/** String.fromCharCode takes its characters as arguments, and engines limit how many. */
const chunkBytes = 8192

function portableBase64(bytes: Uint8Array): string {
  const own = (bytes as Base64OfEngine).toBase64?.()
  if (own !== undefined) return own
  let binary = ''
  for (let at = 0; at < bytes.length; at += chunkBytes) binary += String.fromCharCode(...bytes.subarray(at, at + chunkBytes))
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array {
  let binary: string
  try {
    const own = (Uint8Array as BytesOfEngine).fromBase64?.(text)
    if (own) return own
    binary = atob(text)
  } catch {
    throw new Error('A byte array in the message is not base64.')
  }
  // A loop takes a tenth of the time of Uint8Array.from with a callback: a page of an export is a megabyte.
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
