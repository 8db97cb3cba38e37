import { PatternError, type LinePattern } from './pattern.ts'

/**
 * Lines of text in the order of their `seq`, in one slab: the text from its start, each line ended by a line feed, and
 * records of 12 bytes from its end. A character has one byte, or two in a slab for lines with characters outside
 * ISO 8859-1. Nearly all lines are of the first kind, which is searched twice as fast.
 *
 *   0  where the line ends   4  distance from `baseSeq` (24 bits), kind and instance (8 bits)   8  distance back to the root
 */
export interface TextSlab {
  /** Unique within an index. */
  readonly id: number
  readonly buffer: SharedArrayBuffer
  readonly wide: boolean
  baseSeq: number
  lines: number
  usedBytes: number
}

/** What a search looks for. */
export interface LineQuery {
  readonly fromSeq: number
  /** Exclusive. */
  readonly toSeq: number
  /** 1 for each wanted byte of kind and instance; `null` when all are wanted. */
  readonly tags: Uint8Array | null
  /** Only events in the tree of causes with this root; `null` for no restriction. */
  readonly root: number | null
  /** Only these events; `null` for no restriction. */
  readonly only: ReadonlySet<number> | null
}

/** Appends a line. Returns false when there is no room. */
export function appendLine(slab: TextSlab, seq: number, tag: number, rootBack: number, line: string): boolean {
  if (slab.lines === 0) slab.baseSeq = seq
  const bytes = (line.length + 1) * (slab.wide ? 2 : 1)
  const distance = seq - slab.baseSeq
  if (slab.usedBytes + bytes + (slab.lines + 1) * LINE_RECORD_BYTES > slab.buffer.byteLength || distance > FARTHEST)
    return false
  Buffer.from(slab.buffer).write(`${line}\n`, slab.usedBytes, slab.wide ? 'utf16le' : 'latin1')
  slab.usedBytes += bytes
  const numbers = new Uint32Array(slab.buffer)
  const at = recordOf(numbers, slab.lines)
  numbers[at] = slab.usedBytes
  numbers[at + 1] = (distance | (tag << 24)) >>> 0
  numbers[at + 2] = rootBack
  slab.lines += 1
  return true
}

export function lastSeqOf(slab: TextSlab): number {
  const numbers = new Uint32Array(slab.buffer)
  return slab.baseSeq + (numbers[recordOf(numbers, slab.lines - 1) + 1]! & FARTHEST)
}

/** Returns whether a line has a character that needs two bytes. */
export function isWide(line: string): boolean {
  return beyondLatin1.test(line)
}

/** Returns the `seq`s of the matching lines, ascending. */
export function searchSlab(slab: TextSlab, query: LineQuery, pattern: LinePattern | null): number[] {
  const lines = new LineTable(slab)
  const found: number[] = []
  if (!pattern) {
    for (let line = 0; line < slab.lines; line++) if (lines.wanted(line, query)) found.push(lines.seq(line))
    return found
  }
  const text = Buffer.from(slab.buffer, 0, slab.usedBytes).toString(slab.wide ? 'utf16le' : 'latin1')
  try {
    if (pattern.joined) searchJoined(text, lines, query, pattern.joined, found)
    else searchEach(text, lines, query, pattern.single, found)
  } catch (error) {
    // A pattern is compiled when it first runs, and may then be too large or too deeply nested.
    if (['SyntaxError', 'RangeError'].includes((error as Error).name))
      throw new PatternError('The pattern is too large or too deeply nested; use a simpler one.')
    throw error
  }
  return found
}

function searchJoined(text: string, lines: LineTable, query: LineQuery, pattern: RegExp, found: number[]): void {
  let line = 0
  pattern.lastIndex = 0
  for (;;) {
    const hit = pattern.exec(text)
    // There is no line after the last line feed.
    if (!hit || hit.index >= text.length) return
    line = lines.lineAt(hit.index, line)
    if (lines.wanted(line, query)) found.push(lines.seq(line))
    pattern.lastIndex = lines.end(line)
    line += 1
    if (line >= lines.count) return
  }
}

function searchEach(text: string, lines: LineTable, query: LineQuery, pattern: RegExp, found: number[]): void {
  let start = 0
  for (let line = 0; line < lines.count; line++) {
    const end = lines.end(line)
    if (lines.wanted(line, query) && pattern.test(text.slice(start, end - 1))) found.push(lines.seq(line))
    start = end
  }
}

/** The records of a slab. Ends of lines are in characters. */
class LineTable {
  readonly count: number
  private readonly numbers: Uint32Array
  private readonly shift: number

  constructor(private readonly slab: TextSlab) {
    this.count = slab.lines
    this.numbers = new Uint32Array(slab.buffer)
    this.shift = slab.wide ? 1 : 0
  }

  /** Returns the index after the line feed of the line. */
  end(line: number): number {
    return this.numbers[recordOf(this.numbers, line)]! >> this.shift
  }

  seq(line: number): number {
    return this.slab.baseSeq + (this.numbers[recordOf(this.numbers, line) + 1]! & FARTHEST)
  }

  wanted(line: number, { fromSeq, toSeq, tags, root, only }: LineQuery): boolean {
    const at = recordOf(this.numbers, line)
    const packed = this.numbers[at + 1]!
    const seq = this.slab.baseSeq + (packed & FARTHEST)
    if (seq < fromSeq || seq >= toSeq) return false
    if (tags && tags[packed >>> 24] !== 1) return false
    if (root !== null && seq - this.numbers[at + 2]! !== root) return false
    return only === null || only.has(seq)
  }

  /** Returns the line that contains this character, searching from line `from` on. */
  lineAt(index: number, from: number): number {
    // The next hit is often on the next line, and otherwise anywhere.
    for (let line = from; line < Math.min(from + 4, this.count); line++) if (index < this.end(line)) return line
    let low = from
    let high = this.count - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (index < this.end(middle)) high = middle
      else low = middle + 1
    }
    return low
  }
}

function recordOf(numbers: Uint32Array, line: number): number {
  return numbers.length - (line + 1) * LINE_RECORD_WORDS
}

const LINE_RECORD_BYTES = 12
const LINE_RECORD_WORDS = LINE_RECORD_BYTES / 4
/** The largest distance that fits in 24 bits. */
const FARTHEST = 0xff_ffff
// oxlint-disable-next-line no-control-regex
const beyondLatin1 = /[^\x00-\xff]/
