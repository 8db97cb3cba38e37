/** @module The transcript: a text of what host and module said, written, parsed and played back. */

import type { LabServerId } from '../../../shared/lab/lab.ts'
import type { SwitchSettings } from '../../../shared/products/switches.ts'

/**
 * The first line of a transcript, without its version. A transcript is plain text of the traffic between host and
 * module, with times, for people and `diff`. It has a head of `name: value` lines, an empty line, one line for each
 * entry, and a last line with their number:
 *
 *     telit-sim transcript 1
 *     product: HE910
 *     …
 *
 *         2.104 0 > AT#SSLS=1\r
 *         2.104 0 < \r\n#SSLS: 1,1\r\n\r\nOK\r\n
 *         3.000 - ! key {"key":"reset"}
 *     end: 3 lines
 *
 * A line has seconds of module time, AT instance, direction (`>` host to module, `<` module to host, `!` an act on the
 * board) and text. Unprintable characters are escaped as in C (`\r`, `\n`, `\t`, `\xNN`, `\\`); `\<…>` stands for bytes
 * that are not in the file. A line that begins with `+` continues the one before.
 */
export const FIRST_LINE = 'telit-sim transcript '
export const FORMAT_VERSION = 1

export interface TranscriptHead {
  readonly product: string
  readonly software: string
  readonly instances: number
  /** `null` when random numbers were real. */
  readonly seed: number | null
  readonly speed: number
  readonly latency: 'none' | 'real'
  /** The profile switches that were set at the start. */
  readonly switches: SwitchSettings
  /** Whether the module's NVM was empty at the start. */
  readonly state: 'fresh' | 'kept'
  /** The wall time at module time zero, milliseconds since 1970 UTC. */
  readonly beganMs: number
  /** The addresses of the lab's servers. */
  readonly lab: readonly LabPlace[]
  /** The certificate of the lab's authority, base64 of its DER; `null` when there was no lab. */
  readonly authority: string | null
}

export interface LabPlace {
  readonly service: LabServerId
  readonly host: string
  readonly port: number
}

/** The content of a line. `line` is its number in the file. */
export type TranscriptEntry = { readonly line: number; readonly atMs: number } & (
  | { readonly kind: 'host' | 'module'; readonly instance: number; readonly pieces: readonly Piece[] }
  | { readonly kind: 'act'; readonly name: string; readonly argument: Readonly<Record<string, unknown>> }
)

export type Piece =
  /** Latin-1: one character is one byte. */
  | { readonly kind: 'text'; readonly text: string }
  /** A secret: its name, its length, and some digits of its SHA-256. */
  | { readonly kind: 'secret'; readonly name: string; readonly lengthBytes: number; readonly digest: string | null }
  /** Data that is too long for a transcript. */
  | { readonly kind: 'data'; readonly lengthBytes: number; readonly digest: string }

export interface Transcript {
  readonly head: TranscriptHead
  readonly entries: readonly TranscriptEntry[]
}

/** The file is not a transcript, or is damaged. The message is one sentence with the line and what was expected. */
export class TranscriptError extends Error {}

/** Returns text with unprintable characters escaped. */
export function escapeText(text: string): string {
  return text.replace(
    /[^\x20-\x5b\x5d-\x7e]/g,
    (char) => named.get(char) ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`
  )
}

export function pieceText(piece: Piece): string {
  if (piece.kind === 'text') return escapeText(piece.text)
  const { lengthBytes, digest } = piece
  return piece.kind === 'secret'
    ? `\\<secret ${piece.name} ${lengthBytes} ${digest ?? '?'}>`
    : `\\<data ${lengthBytes} ${digest}>`
}

/** Reverses `pieceText` for a row of pieces. Returns `null` when an escape is not valid. */
export function readPieces(text: string): Piece[] | null {
  const pieces: Piece[] = []
  let plain = ''
  for (let at = 0; at < text.length;) {
    const match = TOKEN.exec(text.slice(at, at + LONGEST_TOKEN_CHARS))
    if (!match) return null
    at += match[0].length
    const [token, name, secretLength, secretDigest, dataLength, dataDigest] = match
    if (secretLength === undefined && dataLength === undefined) {
      plain += token.startsWith('\\')
        ? (unnamed.get(token) ?? String.fromCharCode(Number.parseInt(token.slice(2), 16)))
        : token
      continue
    }
    if (plain !== '') pieces.push({ kind: 'text', text: plain })
    plain = ''
    if (secretLength !== undefined)
      pieces.push({
        kind: 'secret',
        name: name!,
        lengthBytes: Number(secretLength),
        digest: secretDigest === '?' ? null : secretDigest!
      })
    else pieces.push({ kind: 'data', lengthBytes: Number(dataLength), digest: dataDigest! })
  }
  return plain === '' ? pieces : [...pieces, { kind: 'text', text: plain }]
}

const named = new Map([
  ['\r', '\\r'],
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\\', '\\\\']
])
const unnamed = new Map([...named].map(([char, escape]) => [escape, char]))
const TOKEN =
  /^(?:[\x20-\x5b\x5d-\x7e]+|\\[rnt\\]|\\x[0-9a-f]{2}|\\<secret ([a-z0-9-]{1,60}) (\d{1,5}) (\?|[0-9a-f]{1,64})>|\\<data (\d{1,12}) ([0-9a-f]{1,64})>)/
const LONGEST_TOKEN_CHARS = 256
