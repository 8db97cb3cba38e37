/** @module The messages that carry the API over a WebSocket or IPC. */

/**
 * How SimulatorApi travels over a WebSocket: JSON text, with byte arrays as `{ "$bytes": "<base64>" }` at any depth.
 *
 * Client to simulator: `{ "id": 7, "call": "events", "args": [{ "fromSeq": 0, "limit": 100 }] }`.
 * Answer: `{ "id": 7, "result": … }`, or `{ "id": 7, "error": "One sentence." }`. A call without a result answers null. A message that
 * is no call is answered with its id where one can be read, and with the id null otherwise.
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
    return original instanceof Uint8Array ? { [BYTES_KEY]: toBase64(original) } : part
  }
  return JSON.stringify(value, replaceBytes) ?? 'null'
}

/** The value of a text from the wire. Throws an Error with one sentence when the text is not JSON or its base64 is broken. */
export function decode(text: string): unknown {
  return restore(parse(text), 0)
}

/** A message that is no call. The message is one sentence; `id` is the one to answer with, `null` when none can be read. */
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
 * Returns the call in a text from the wire. Throws a MalformedCall, which keeps the id wherever one can be read: a caller waits for
 * the answer with its own id, whatever is wrong with the rest.
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

/** What a message has to look like, for one that does not. */
export const CALL_FORM = 'A message must be text of the form {"id": 1, "call": "snapshot", "args": []}.'

/** The call in a decoded message, or null when it is not one. */
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

/** The id at the beginning of a text that is not JSON, as of one that was cut off; null when it begins otherwise. */
function leadingId(text: string): number | null {
  const digits = /^\s*\{\s*"id"\s*:\s*(-?\d{1,16})\s*[,}]/.exec(text)?.[1]
  return digits === undefined ? null : idOf({ id: Number(digits) })
}

const BYTES_KEY = '$bytes'

/** Deeper than anything the contract holds; keeps a hostile message from exhausting the stack. */
const MAX_DEPTH = 40

/** In place: the value was parsed just now and is nobody else's, and copying it costs more than parsing did. */
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
    // Defined, not assigned: a key may be `__proto__`.
    if (restored !== part)
      Object.defineProperty(value, key, { value: restored, writable: true, enumerable: true, configurable: true })
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
  // A loop takes a tenth of the time of Uint8Array.from with a callback: a page of an export is a megabyte.
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
