/**
 * What IPC may carry, as JSON. Runs in Node and, as text, in the page. Plain values, lists, plain objects and bytes; a
 * function or symbol is refused with Electron's words, anything else is more than this stand-in can carry, and says so.
 */
export function encodeMessage(value) {
  return JSON.stringify(tagged(value))
}

export function decodeMessage(text) {
  return plain(JSON.parse(text))
}

function tagged(value) {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : ['number', String(value)]
  if (value === undefined) return ['undefined']
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.')
  if (Array.isArray(value)) return ['list', ...value.map(tagged)]
  const kind = Object.prototype.toString.call(value).slice(8, -1)
  if (kind === 'Uint8Array') return ['bytes', btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(''))]
  if (kind === 'Object') return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, tagged(part)]))
  throw new Error(`The Electron stand-in cannot carry a ${kind}.`)
}

function plain(value) {
  if (value === null || typeof value !== 'object') return value
  if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
  const [tag, ...rest] = value
  if (tag === 'number') return Number(rest[0])
  if (tag === 'undefined') return undefined
  if (tag === 'bytes') return Uint8Array.from(atob(rest[0]), (character) => character.charCodeAt(0))
  return rest.map(plain)
}
