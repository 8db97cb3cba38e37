import { PatternError, type LinePattern } from './pattern.ts'

/**
 * Lines of text of growing `seq` in one slab: the text from its start, each line ended by a line feed; records of 12
 * bytes from its end. One byte a character, or two in a slab for lines with others than ISO 8859-1's: nearly all lines
 * are of the first sort, which is searched twice as fast.
 *
 *   0  where the line ends   4  distance from `baseSeq` (24 bits), kind and instance (8 bits)   8  distance back to the root
 */
export interface TextSlab {
  /** No other slab of the same index ever has it. */
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
  /** 1 for each kind-and-instance byte that is wanted; null: all. */
  readonly tags: Uint8Array | null
  /** Only the tree of causes with this root. */
  readonly root: number | null
  /** Only these. */
  readonly only: ReadonlySet<number> | null
}

/** False when there is no room for the line. */
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

/** Whether a line has a character that needs two bytes. */
export function isWide(line: string): boolean {
  return beyondLatin1.test(line)
}

/** The `seq`s of the lines that fit, growing. */
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
    // The engine makes its program of a pattern when it first runs, and that may be too large, or nest too deeply.
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
    // After the last line feed there is no line.
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

/** The records of a slab; ends of lines are told in characters. */
class LineTable {
  readonly count: number
  private readonly numbers: Uint32Array
  private readonly shift: number

  constructor(private readonly slab: TextSlab) {
    this.count = slab.lines
    this.numbers = new Uint32Array(slab.buffer)
    this.shift = slab.wide ? 1 : 0
  }

  /** After the line feed of the line. */
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

  /** The line with this character; not before `from`. */
  lineAt(index: number, from: number): number {
    // A hit is often on the next line, and otherwise anywhere.
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
/** 24 bits. */
const FARTHEST = 0xff_ffff
// oxlint-disable-next-line no-control-regex
const beyondLatin1 = /[^\x00-\xff]/
