// Encodes facts as bytes and decodes them. Takes plain data of any shape (objects, arrays, texts, numbers, bytes), so a
// new field of a fact needs no change here. Field names and repeated texts are written once, into a list of words, and
// then by their number.

const NULL = 0
const FALSE = 1
const TRUE = 2
/** An unsigned whole number, 7 bits a byte. */
const WHOLE = 3
const NUMBER = 4
const WORD = 5
/** One byte a character (ISO 8859-1). */
const NARROW = 6
/** Two bytes a character. */
const WIDE = 7
const BYTES = 8
const ARRAY = 9
const OBJECT = 10

/** Texts longer than this are hardly ever repeated. */
const LONGEST_WORD = 48
/**
 * Most texts a field may have in the list. A field with more is free text, whose further texts are written out. Bounds
 * the list.
 */
const WORDS_PER_FIELD = 128
/** Most bytes of a number, a tag or a length. */
const SMALL_BYTES = 16
/** Facts are shallow. Deeper values are left out, so that a cyclic object cannot hang the module. */
const DEEPEST = 12

/** Writes facts one at a time, into its own buffer or directly into a slab. */
export class FactWriter {
  readonly words: string[] = []
  private own = new Uint8Array(4096)
  /** The current target, and where it ends. */
  private bytes: Uint8Array = this.own
  private view: DataView = new DataView(this.own.buffer)
  private end = this.own.length
  private readonly numbers = new Map<string, number>()
  /** Number of different texts of each field, by the number of its name. */
  private readonly texts: number[] = []
  private at = 0

  /** Writes into the writer's own buffer. Returns the bytes, which are valid until the next fact. */
  write(fact: object): Uint8Array {
    this.turnTo(this.own, 0, this.own.length)
    this.object(fact as Record<string, unknown>, 0)
    return this.own.subarray(0, this.at)
  }

  /**
   * Writes into `target` from `from` on, which saves a copy of large facts. Returns the number of bytes; `null` when
   * they may not fit before `end`. The bytes there are then undefined.
   */
  writeInto(target: Uint8Array, from: number, end: number, fact: object): number | null {
    this.turnTo(target, from, end)
    try {
      this.object(fact as Record<string, unknown>, 0)
      return this.at - from
    } catch (error) {
      if (error === NO_ROOM) return null
      throw error
    }
  }

  private turnTo(target: Uint8Array, from: number, end: number): void {
    if (target !== this.bytes) {
      this.bytes = target
      this.view = new DataView(target.buffer)
    }
    this.at = from
    this.end = end
  }

  private object(value: Record<string, unknown>, depth: number): void {
    this.room(SMALL_BYTES)
    this.bytes[this.at++] = OBJECT
    const countAt = this.at++
    let count = 0
    for (const name in value) {
      const field = value[name]
      if (field === undefined || count === 255) continue
      count += 1
      this.room(SMALL_BYTES * 2)
      const number = this.numbers.get(name) ?? this.addWord(name)
      this.whole(number)
      this.value(field, number, depth + 1)
    }
    this.bytes[countAt] = count
  }

  private value(value: unknown, field: number, depth: number): void {
    switch (typeof value) {
      case 'string':
        return this.text(value, field)
      case 'number':
        return this.number(value)
      case 'boolean':
        this.bytes[this.at++] = value ? TRUE : FALSE
        return
      case 'object':
        if (value !== null && depth < DEEPEST) return this.structure(value, field, depth)
        break
      default:
    }
    this.bytes[this.at++] = NULL
  }

  private structure(value: object, field: number, depth: number): void {
    if (value instanceof Uint8Array) {
      this.room(SMALL_BYTES + value.length)
      this.bytes[this.at++] = BYTES
      this.whole(value.length)
      this.bytes.set(value, this.at)
      this.at += value.length
    } else if (Array.isArray(value)) {
      this.bytes[this.at++] = ARRAY
      this.whole(value.length)
      for (const one of value) {
        this.room(SMALL_BYTES * 2)
        this.value(one, field, depth + 1)
      }
    } else this.object(value as Record<string, unknown>, depth)
  }

  private text(text: string, field: number): void {
    const { length } = text
    if (length <= LONGEST_WORD && (this.texts[field] ?? 0) < WORDS_PER_FIELD) {
      let word = this.numbers.get(text)
      if (word === undefined) {
        word = this.addWord(text)
        this.texts[field] = (this.texts[field] ?? 0) + 1
      }
      this.bytes[this.at++] = WORD
      this.whole(word)
      return
    }
    this.room(SMALL_BYTES + length * 2)
    const start = this.at
    const { bytes } = this
    bytes[this.at++] = NARROW
    this.whole(length)
    let at = this.at
    let all = 0
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index)
      all |= code
      bytes[at++] = code
    }
    this.at = at
    if (all > 0xff) this.wideText(text, start)
  }

  private wideText(text: string, start: number): void {
    this.at = start
    this.bytes[this.at++] = WIDE
    this.whole(text.length)
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      this.bytes[this.at++] = code & 0xff
      this.bytes[this.at++] = code >> 8
    }
  }

  private number(value: number): void {
    if (value >= 0 && value <= 0x7fff_ffff && (value | 0) === value && !Object.is(value, -0)) {
      this.bytes[this.at++] = WHOLE
      this.whole(value)
      return
    }
    this.bytes[this.at++] = NUMBER
    this.view.setFloat64(this.at, value)
    this.at += 8
  }

  /** Writes a number of up to 31 bits. */
  private whole(value: number): void {
    let rest = value
    for (; rest >= 0x80; rest >>>= 7) this.bytes[this.at++] = (rest & 0x7f) | 0x80
    this.bytes[this.at++] = rest
  }

  private addWord(text: string): number {
    const number = this.words.push(text) - 1
    this.numbers.set(text, number)
    return number
  }

  private room(bytes: number): void {
    if (this.at + bytes <= this.end) return
    if (this.bytes !== this.own) throw NO_ROOM
    const larger = new Uint8Array(Math.max(this.own.length * 2, this.at + bytes))
    larger.set(this.own)
    this.own = larger
    this.turnTo(larger, this.at, larger.length)
  }
}

/** Thrown when a fact does not fit into the target. */
const NO_ROOM = new Error('The target has no room for the fact.')

/** Returns a copy of the fact at `offset`. `words` must contain all words that were known when it was written. */
export function readFact(bytes: Uint8Array, offset: number, words: readonly string[]): unknown {
  return new FactReader(bytes, offset, words).value()
}

class FactReader {
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
    private readonly words: readonly string[]
  ) {}

  value(): unknown {
    const tag = this.bytes[this.at++]
    switch (tag) {
      case OBJECT:
        return this.object()
      case WORD:
        return this.words[this.whole()]
      case NARROW:
        return this.narrow(this.whole())
      case WHOLE:
        return this.whole()
      case BYTES: {
        const length = this.whole()
        const start = this.at
        this.at += length
        // A copy, because callers keep it, and shared memory cannot be sent to a window.
        const copy = new Uint8Array(length)
        copy.set(this.bytes.subarray(start, this.at))
        return copy
      }
      case ARRAY:
        return Array.from({ length: this.whole() }, () => this.value())
      case WIDE:
        return this.wide(this.whole())
      case NUMBER: {
        this.at += 8
        return new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at - 8, 8).getFloat64(0)
      }
      case TRUE:
        return true
      case FALSE:
        return false
      default:
        return null
    }
  }

  private object(): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    for (let left = this.bytes[this.at++]!; left > 0; left--) {
      const name = this.words[this.whole()]!
      value[name] = this.value()
    }
    return value
  }

  private narrow(length: number): string {
    const start = this.at
    this.at += length
    // For a short text, character by character is cheaper than a call into the engine.
    if (length > 24) return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, length).toString('latin1')
    let text = ''
    for (let at = start; at < this.at; at++) text += String.fromCharCode(this.bytes[at]!)
    return text
  }

  private wide(length: number): string {
    const start = this.at
    this.at += length * 2
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, length * 2).toString('utf16le')
  }

  private whole(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++]!
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
}
