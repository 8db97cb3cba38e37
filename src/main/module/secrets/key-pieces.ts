/**
 * Finds pieces of private keys in bytes, wherever they begin and end, also with line ends, spaces, colons or commas in
 * between. One window of a key in eight is in a table by its hash, and a match is compared with the key itself. The
 * cost per byte is constant.
 */
export class KeyPieces {
  #keys: readonly KeyWindows[] = []
  /** Hashes of all windows, by their upper bits. It rules out most bytes. */
  readonly #filter = new Uint8Array(FILTER_SLOTS)

  /** Sets the keys to search for. */
  set keys(keys: readonly KeyWindows[]) {
    this.#keys = keys
    this.#filter.fill(0)
    for (const key of keys) for (const hash of key.hashes()) this.#filter[hash >>> FILTER_SHIFT] = 1
  }

  /**
   * Returns whether `mark` may find something in `bytes`, which follow `before`. Nearly all data needs only this check.
   */
  mayHold(before: Uint8Array, bytes: Uint8Array): boolean {
    if (this.#keys.length === 0) return false
    // Two registers hold the last eight bytes: this loop runs for every byte of an upload.
    const filter = this.#filter
    const separators = SEPARATORS
    let high = 0
    let low = 0
    for (let at = 0; at < before.length; at += 1) {
      const byte = before[at] ?? 0
      if (separators[byte] === 1) continue
      high = (high << 8) | (low >>> 24)
      low = (low << 8) | byte
    }
    for (let at = 0, { length } = bytes; at < length; at += 1) {
      const byte = bytes[at] ?? 0
      if (separators[byte] === 1) continue
      high = (high << 8) | (low >>> 24)
      low = (low << 8) | byte
      const hash = mixed(high, low)
      if (filter[hash >>> FILTER_SHIFT] === 1 && this.#knows(hash)) return true
    }
    return false
  }

  #knows(hash: number): boolean {
    return this.#keys.some((key) => key.at(hash))
  }

  /** Marks the bytes that are pieces of a key. Returns whether there are any. */
  mark(bytes: Uint8Array, marks: Uint8Array): boolean {
    if (this.#keys.length === 0) return false
    const places = new Uint32Array(bytes.length)
    const plain = new Uint8Array(bytes.length)
    let length = 0
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0
      if (SEPARATORS[byte]) continue
      places[length] = at
      plain[length++] = byte
    }
    let found = false
    for (let at = 0; at + WINDOW <= length; at += 1) {
      const hash = hashOf(plain, at)
      if (!this.#filter[hash >>> FILTER_SHIFT]) continue
      const piece = this.#pieceAt(hash, plain, at, length)
      if (!piece) continue
      found = true
      const last = piece.from + piece.length - 1
      marks.fill(1, places[piece.from], (places[last] ?? 0) + 1)
      at = last
    }
    return found
  }

  #pieceAt(hash: number, plain: Uint8Array, at: number, end: number): Piece | null {
    for (const key of this.#keys) {
      const place = key.at(hash)
      const piece = place ? grown(place, plain, at, end) : null
      if (piece && piece.length >= SHORTEST_PIECE) return piece
    }
    return null
  }
}

/** The windows of one key in all its forms. */
export class KeyWindows {
  readonly #places = new Map<number, Place>()

  constructor(forms: readonly Uint8Array[]) {
    for (const form of forms.map(withoutSeparators)) {
      for (let at = 0; at + WINDOW <= form.length; at += WINDOW) {
        // Padding occurs in other data too.
        if (!isPadding(form, at)) this.#places.set(hashOf(form, at), { form, at })
      }
    }
  }

  at(hash: number): Place | undefined {
    return this.#places.get(hash)
  }

  hashes(): Iterable<number> {
    return this.#places.keys()
  }
}

interface Place {
  readonly form: Uint8Array
  readonly at: number
}

interface Piece {
  readonly from: number
  readonly length: number
}

/** Returns the longest common piece around a matching window. */
function grown({ form, at: formAt }: Place, plain: Uint8Array, plainAt: number, end: number): Piece {
  let length = 0
  while (plainAt + length < end && formAt + length < form.length && plain[plainAt + length] === form[formAt + length])
    length += 1
  let before = 0
  while (before < Math.min(plainAt, formAt) && plain[plainAt - before - 1] === form[formAt - before - 1]) before += 1
  return { from: plainAt - before, length: length === 0 ? 0 : length + before }
}

/** Returns the hash of the eight bytes from `at` on. */
function hashOf(bytes: Uint8Array, at: number): number {
  const high =
    ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  const low =
    ((bytes[at + 4] ?? 0) << 24) | ((bytes[at + 5] ?? 0) << 16) | ((bytes[at + 6] ?? 0) << 8) | (bytes[at + 7] ?? 0)
  return mixed(high, low)
}

function mixed(high: number, low: number): number {
  return Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca77)
}

function isPadding(bytes: Uint8Array, at: number): boolean {
  for (let next = at + 1; next < at + WINDOW; next += 1) if (bytes[next] !== bytes[at]) return false
  return true
}

function withoutSeparators(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte) => !SEPARATORS[byte])
}

const WINDOW = 8
/** Shorter pieces match by chance: twelve hexadecimal digits are 48 bits. */
export const SHORTEST_PIECE = 12
/** Several times the windows of eight keys. */
const FILTER_SLOTS = 65_536
const FILTER_SHIFT = 16
/** CR, LF, TAB, space, colon and comma separate the bytes of a printed key. */
const SEPARATORS = new Uint8Array(256)
for (const one of '\r\n\t :,') SEPARATORS[one.charCodeAt(0)] = 1
