/**
 * How SimulatorApi travels over a WebSocket: JSON text, with byte arrays as `{ "$bytes": "<base64>" }` at any depth.
 *
 * Client to simulator: `{ "id": 7, "call": "events", "args": [{ "fromSeq": 0, "limit": 100 }] }`.
 * Answer: `{ "id": 7, "result": … }`, or `{ "id": 7, "error": "One sentence." }`. A call without a result answers null.
 * After the call `subscribe` (no arguments) the simulator also pushes `{ "batch": … }`.
 *
 * Runs in Node and in browsers, hence no Buffer; it checks the shape of the envelope only, the arguments are checked by
 * the schemas of `api.ts`.
 */
export type WireCall = { readonly id: number; readonly call: string; readonly args: readonly unknown[] }

/** A value as text for the wire. `undefined` becomes null at the top and is left out of objects, as JSON does. */
export function encode(value: unknown): string {
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

/** Looks at the holder's own value: a Node Buffer's toJSON has already turned `part` into something else. */
function replaceBytes(this: Readonly<Record<string, unknown>>, key: string, part: unknown): unknown {
  const original = this[key]
  return original instanceof Uint8Array ? { [bytesKey]: toBase64(original) } : part
}

/** Deeper than anything the contract holds; keeps a hostile message from exhausting the stack. */
const maxDepth = 40

function restore(value: unknown, depth: number): unknown {
  if (depth > maxDepth) throw new Error(`The message nests deeper than ${maxDepth} levels.`)
  if (Array.isArray(value)) return value.map((part) => restore(part, depth + 1))
  if (!isRecord(value)) return value
  const base64 = value[bytesKey]
  if (typeof base64 === 'string' && Object.keys(value).length === 1) return fromBase64(base64)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, restore(part, depth + 1)]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** String.fromCharCode takes its characters as arguments, and engines limit how many. */
const chunkBytes = 8192

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += chunkBytes) binary += String.fromCharCode(...bytes.subarray(at, at + chunkBytes))
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array {
  let binary: string
  try {
    binary = atob(text)
  } catch {
    throw new Error('A byte array in the message is not base64.')
  }
  // A loop takes a tenth of the time of Uint8Array.from with a callback: a page of an export is a megabyte.
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
