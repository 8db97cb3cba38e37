/** @module The transcript: a text of what host and module said, written, parsed and played back. */

import type { SwitchSettings } from '../../../shared/products/switches.ts'

/**
 * The transcript: what host and module said to each other, with times, as plain text that a person reads and `diff` compares. A
 * head of `name: value` lines, an empty line, one line for each thing that happened, and a last line that says how many they were:
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
 * Seconds of module time, AT instance, direction (`>` host to module, `<` module to host, `!` what was done to the board), text. What
 * is not printable is escaped as in C (`\r`, `\n`, `\t`, `\xNN`, `\\`); `\<…>` stands for what is not in the file. A line that begins
 * with `+` goes on with the one before.
 */
export const FIRST_LINE = 'telit-sim transcript '
export const FORMAT_VERSION = 1

export interface TranscriptHead {
  readonly product: string
  readonly software: string
  readonly instances: number
  /** Null: chance was real. */
  readonly seed: number | null
  readonly speed: number
  readonly latency: 'none' | 'real'
  /** Profile switches that a person had set at the start. */
  readonly switches: SwitchSettings
  /** Whether the module's NVM was empty at first. */
  readonly state: 'fresh' | 'kept'
  /** The world's date at module time zero, milliseconds since 1970 UTC. */
  readonly beganMs: number
  /** Where the lab's far ends were reached. */
  readonly lab: readonly LabPlace[]
  /** The certificate of the lab's authority, base64 of its DER; null: there was no lab. */
  readonly authority: string | null
}

export interface LabPlace {
  readonly service: 'tls' | 'https' | 'ftps'
  readonly host: string
  readonly port: number
}

/** What a line is about; `line` is its number in the file. */
export type TranscriptEntry = { readonly line: number; readonly atMs: number } & (
  | { readonly kind: 'host' | 'module'; readonly instance: number; readonly pieces: readonly Piece[] }
  | { readonly kind: 'act'; readonly name: string; readonly argument: Readonly<Record<string, unknown>> }
)

export type Piece =
  /** Latin-1: a character is a byte. */
  | { readonly kind: 'text'; readonly text: string }
  /** A secret: by what it is called, its length, and some digits of its SHA-256. */
  | { readonly kind: 'secret'; readonly name: string; readonly lengthBytes: number; readonly digest: string | null }
  /** Data that is too long for a transcript. */
  | { readonly kind: 'data'; readonly lengthBytes: number; readonly digest: string }

export interface Transcript {
  readonly head: TranscriptHead
  readonly entries: readonly TranscriptEntry[]
}

/** A file that is no transcript, or a damaged one: one sentence with the line and what was expected. */
export class TranscriptError extends Error {}

/** Text with what cannot be seen made visible. */
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

/** The reverse of `pieceText`, piece after piece; null: there is an escape that is none. */
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
