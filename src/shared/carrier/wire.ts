/** @module The messages that carry the API over a WebSocket or IPC. */

/**
 * How SimulatorApi travels over a WebSocket: JSON text, with byte arrays as `{ "$bytes": "<base64>" }` at any depth.
 * Client to simulator: `{ "id": 7, "call": "events", "args": [{ "fromSeq": 0, "limit": 100 }] }`.
 * Answer: `{ "id": 7, "result": … }`, or `{ "id": 7, "error": "One sentence." }`. The result of a call without one is
 * null. A message that is not a call is answered with its id if that can be read, else with id null.
 * After the call `subscribe` (no arguments) the simulator also sends `{ "batch": … }`.
 * This file runs in Node and in browsers, so it has no Buffer: callers may pass in a faster base64. It checks only the
 * envelope; arguments are checked by the schemas of `api.ts`.
 */
export type WireCall = { readonly id: number; readonly call: string; readonly args: readonly unknown[] }

/**
 * Encodes a value as text. Like in JSON, `undefined` becomes null at the top and is left out of objects. `toBase64` is
 * the engine's own function, if it has one: the portable one is some thirty times slower, and a flood has half a
 * megabyte a second.
 */
export function encode(value: unknown, toBase64: (bytes: Uint8Array) => string = portableBase64): string {
  // Reads the holder's own value, because toJSON of a Node Buffer has already changed `part`.
  function replaceBytes(this: Readonly<Record<string, unknown>>, key: string, part: unknown): unknown {
    if (typeof part !== 'object') return part
    const original = this[key]
    return original instanceof Uint8Array ? { [BYTES_KEY]: toBase64(original) } : part
  }
  return JSON.stringify(value, replaceBytes) ?? 'null'
}

/** Decodes a text. Throws an Error of one sentence when it is not JSON or its base64 is invalid. */
export function decode(text: string): unknown {
  return restore(parse(text), 0)
}

/**
 * A message that is not a call. `message` is one sentence; `id` is the id to answer with, `null` when none can be read.
 */
export class MalformedCall extends Error {
  override readonly name = 'MalformedCall'

  constructor(
    sentence: string,
    readonly id: number | null
  ) {
    super(sentence)
  }
}

/**
 * Returns the call in a text. Throws a MalformedCall with the id if that can be read, since the caller waits for an
 * answer with its id.
 */
export function decodeCall(text: string): WireCall {
  let id = leadingId(text)
  try {
    const value = parse(text)
    id = idOf(value)
    const call = asCall(restore(value, 0))
    if (call) return call
  } catch (error) {
    throw new MalformedCall(error instanceof Error ? error.message : CALL_FORM, id)
  }
  throw new MalformedCall(CALL_FORM, id)
}

/** Describes the form of a message, for the answer to a wrong one. */
export const CALL_FORM = 'A message must be text of the form {"id": 1, "call": "snapshot", "args": []}.'

/** Returns the call in a decoded message, or `null` when it is not a call. */
export function asCall(value: unknown): WireCall | null {
  if (!isRecord(value)) return null
  const { call, args } = value
  const id = idOf(value)
  return id !== null && typeof call === 'string' && Array.isArray(args) ? { id, call, args } : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('The message is not JSON.')
  }
}

function idOf(value: unknown): number | null {
  const id = isRecord(value) ? value['id'] : null
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : null
}

/** Returns the id at the beginning of a text that is not JSON, such as a truncated one; `null` when there is none. */
function leadingId(text: string): number | null {
  const digits = /^\s*\{\s*"id"\s*:\s*(-?\d{1,16})\s*[,}]/.exec(text)?.[1]
  return digits === undefined ? null : idOf({ id: Number(digits) })
}

const BYTES_KEY = '$bytes'

/** Deeper than any value of the contract. Protects the stack from hostile messages. */
const MAX_DEPTH = 40

/** Replaces in place: the value was just parsed, and copying takes longer than parsing. */
function restore(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new Error(`The message nests deeper than ${MAX_DEPTH} levels.`)
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++)
      if (typeof value[at] === 'object') value[at] = restore(value[at], depth + 1)
    return value
  }
  if (!isRecord(value)) return value
  const keys = Object.keys(value)
  const base64 = keys.length === 1 ? value[BYTES_KEY] : null
  if (typeof base64 === 'string') return fromBase64(base64)
  for (const key of keys) {
    const part = value[key]
    if (typeof part !== 'object' || part === null) continue
    const restored = restore(part, depth + 1)
    // Defined, not assigned, because a key may be `__proto__`.
    if (restored !== part)
      Object.defineProperty(value, key, { value: restored, writable: true, enumerable: true, configurable: true })
  }
  return value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Methods of newer engines that the types do not know yet. */
interface Base64OfEngine {
  toBase64?(): string
}
interface BytesOfEngine {
  fromBase64?(text: string): Uint8Array
}

/** String.fromCharCode takes characters as arguments, whose number is limited. */
const CHUNK_BYTES = 8192

function portableBase64(bytes: Uint8Array): string {
  const own = (bytes as Base64OfEngine).toBase64?.()
  if (own !== undefined) return own
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES))
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
  // A loop takes a tenth of the time of Uint8Array.from with a callback. A page of an export has a megabyte.
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
