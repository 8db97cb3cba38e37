import { createHash, type Hash } from 'node:crypto'
import type { TimelineEvent, TimelineFact } from '../../../shared/timeline/events.ts'
import type { Exporter } from '../exporter.ts'
import { FIRST_LINE, FORMAT_VERSION, pieceText, type Piece, type TranscriptHead } from './format.ts'
import { CONTINUED } from './parser.ts'

/** Writes the timeline as a transcript: the traffic of the AT ports, and the acts on the board. */
export class TranscriptExporter implements Exporter {
  private lines = 0
  private hostDataBytes = 0
  /** Lines that wait for the end of a secret, which is in the first of them. */
  private held: Line[] = []
  private open: { piece: Writable<Extract<Piece, { kind: 'secret' }>>; instance: number } | null = null
  /** Data from the module. It grows while nothing else happens. */
  private data: DataRun | null = null

  constructor(private readonly head: TranscriptHead) {}

  begin(): Uint8Array {
    const { head } = this
    const authority = head.authority?.match(/.{1,76}/g) ?? []
    return bytesOf(
      [
        `${FIRST_LINE}${FORMAT_VERSION}`,
        `product: ${head.product}`,
        `software: ${head.software}`,
        `instances: ${head.instances}`,
        `seed: ${head.seed ?? 'none'}`,
        `speed: ${head.speed}`,
        `latency: ${head.latency}`,
        `state: ${head.state}`,
        ...Object.entries(head.switches).map(([name, value]) => `switch: ${name}=${value}`),
        `began: ${new Date(head.beganMs).toISOString()}`,
        ...head.lab.map(({ service, host, port }) => `lab ${service}: ${host}:${port}`),
        ...authority.map((line) => `lab authority: ${line}`),
        '',
        ''
      ].join('\n')
    )
  }

  add({ what, moduleMs, instance, cause }: TimelineEvent): Uint8Array | null {
    if (what.kind === 'bytes')
      return what.data && what.direction === 'rx'
        ? this.moduleData(what.bytes, moduleMs, instance ?? 0)
        : this.said(what, moduleMs, instance ?? 0)
    if (what.kind === 'transition' && what.chart === 'power') {
      const before = this.giveUpSecret()
      // The simulator starts the module by itself; no person pressed the key.
      if (what.event !== 'ON_KEY' || cause !== null) return before
      return joined(before, this.put({ moduleMs, where: '-', mark: '!', pieces: [], text: 'key {"key":"on"}' }))
    }
    if ((what.kind !== 'note' && what.kind !== 'port' && what.kind !== 'fault') || !what.act) return null
    const { name, argument, hidden = [] } = what.act
    const text = `${name} ${JSON.stringify({ ...argument, ...(instance === null ? {} : { instance }), ...(hidden.length > 0 ? { hidden } : {}) })}`
    return joined(
      name === 'client' ? this.giveUpSecret() : null,
      this.put({ moduleMs, where: '-', mark: '!', pieces: [], text })
    )
  }

  end(): Uint8Array {
    const rest = joined(this.giveUpSecret(), this.endData())
    return Buffer.concat([rest ?? NOTHING, bytesOf(`end: ${this.lines} lines\n`)])
  }

  private said({ direction, bytes, data, secrets = [] }: Bytes, moduleMs: number, instance: number): Uint8Array | null {
    const host = direction === 'tx'
    if (host && data) this.hostDataBytes += bytes.length
    if (host && data && this.hostDataBytes > MAX_HOST_DATA_BYTES && bytes.length > FEW_BYTES) {
      const digest = createHash('sha256').update(bytes).digest('hex').slice(0, DIGEST_DIGITS)
      return this.put({
        moduleMs,
        where: instance,
        mark: '>',
        pieces: [{ kind: 'data', lengthBytes: bytes.length, digest }]
      })
    }
    const pieces: Piece[] = []
    let at = 0
    for (const { offset, length, name, end } of secrets) {
      if (offset > at) pieces.push(textOf(bytes, at, offset))
      at = offset + length
      if (!host || !this.open || this.open.instance !== instance) {
        const piece = { kind: 'secret' as const, name, lengthBytes: length, digest: null }
        pieces.push(piece)
        this.open = host ? { piece, instance } : this.open
      } else this.open.piece.lengthBytes += length
      if (!end) continue
      const piece = host ? this.open!.piece : (pieces.at(-1) as Writable<Extract<Piece, { kind: 'secret' }>>)
      piece.lengthBytes = end.lengthBytes
      piece.digest = end.digest
      if (host) this.open = null
    }
    if (at < bytes.length) pieces.push(textOf(bytes, at, bytes.length))
    if (pieces.length === 0) return this.open ? null : this.release()
    return this.put({ moduleMs, where: instance, mark: host ? '>' : '<', pieces })
  }

  private moduleData(bytes: Uint8Array, moduleMs: number, instance: number): Uint8Array | null {
    const before = this.data && this.data.instance !== instance ? this.endData() : null
    this.data ??= { moduleMs, instance, kept: [], lengthBytes: 0, hash: createHash('sha256') }
    this.data.hash.update(bytes)
    if (this.data.lengthBytes <= MAX_MODULE_DATA_BYTES) this.data.kept.push(Uint8Array.from(bytes))
    this.data.lengthBytes += bytes.length
    return before
  }

  private endData(): Uint8Array | null {
    const { data } = this
    if (!data) return null
    this.data = null
    const { moduleMs, instance, kept, lengthBytes, hash } = data
    const whole = lengthBytes <= MAX_MODULE_DATA_BYTES
    const piece: Piece = whole
      ? { kind: 'text', text: Buffer.concat(kept).toString('latin1') }
      : { kind: 'data', lengthBytes, digest: hash.digest('hex').slice(0, DIGEST_DIGITS) }
    return this.put({ moduleMs, where: instance, mark: '<', pieces: [piece] })
  }

  private put(line: Line): Uint8Array | null {
    const before = this.endData()
    this.held.push(line)
    return joined(before, this.open && this.held.length < MAX_HELD_LINES ? null : this.release())
  }

  /** Releases the held lines when a secret will not be completed. */
  private giveUpSecret(): Uint8Array | null {
    this.open = null
    return this.release()
  }

  private release(): Uint8Array | null {
    if (this.held.length === 0) return null
    const text = this.held.map(lineText).join('')
    this.lines += this.held.length
    this.held = []
    this.open = null
    return bytesOf(text)
  }
}

type Bytes = Extract<TimelineFact, { kind: 'bytes' }>
type Writable<T> = { -readonly [K in keyof T]: T[K] }

interface Line {
  readonly moduleMs: number
  readonly where: number | '-'
  readonly mark: '<' | '>' | '!'
  readonly pieces: readonly Piece[]
  /** Replaces the pieces. */
  readonly text?: string
}

interface DataRun {
  readonly moduleMs: number
  readonly instance: number
  readonly kept: Uint8Array[]
  lengthBytes: number
  readonly hash: Hash
}

function lineText({ moduleMs, where, mark, pieces, text }: Line): string {
  // Silences around +++ are timed to the millisecond, so fractions must be kept.
  const seconds = (moduleMs / 1000).toFixed(Number.isInteger(moduleMs) ? 3 : 6)
  const all = text ?? pieces.map(pieceText).join('')
  return `${seconds.padStart(11)} ${where} ${mark} ${wrapped(all, text === undefined ? WRAP_CHARS : all.length)
    .map(visibleEnd)
    .join(`\n${CONTINUED}`)}\n`
}

/** Escapes a space at the end of a line, since editors and mail programs remove it. */
function visibleEnd(line: string): string {
  return line.endsWith(' ') ? `${line.slice(0, -1)}\\x20` : line
}

/** Cuts between escapes, after a line end if there is one in the second half. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const [token] of text.matchAll(/\\<[^>]*>|\\x..|\\.|[^\\]/g)) {
    if (line.length + token.length > width) {
      lines.push(line)
      line = ''
    }
    line += token
    if (token !== '\\n' || line.length < width / 2) continue
    lines.push(line)
    line = ''
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

function textOf(bytes: Uint8Array, from: number, to: number): Piece {
  return { kind: 'text', text: Buffer.from(bytes.subarray(from, to)).toString('latin1') }
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}

function joined(one: Uint8Array | null, other: Uint8Array | null): Uint8Array | null {
  return one && other ? Buffer.concat([one, other]) : (one ?? other)
}

const NOTHING = new Uint8Array()
/** Fits beside the times on a terminal of 120 columns. */
const WRAP_CHARS = 100
/** A page of text is for reading; a file is not. */
const MAX_MODULE_DATA_BYTES = 2048
/** Data from the host is kept up to this limit, because it must be played back. */
const MAX_HOST_DATA_BYTES = 1024 * 1024
const FEW_BYTES = 256
const DIGEST_DIGITS = 16
/** A key typed by hand with every character echoed takes some thousand. */
const MAX_HELD_LINES = 20_000
