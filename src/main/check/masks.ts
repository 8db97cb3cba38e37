import { createHash } from 'node:crypto'
import type { Piece } from '../timeline/transcript/format.ts'

/** Values that differ between runs: only their form is compared. */
const masks: readonly Mask[] = [
  { name: 'address', form: String.raw`\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?` },
  { name: 'address', form: String.raw`\((?:\d{1,3},){5}\d{1,3}\)` },
  { name: 'date', form: String.raw`\d\d\/\d\d\/\d\d,\d\d:\d\d:\d\d(?:[+-]\d\d)?(?:,\d)?` },
  { name: 'date', form: String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT` }
]

export interface Mask {
  readonly name: string
  /** The source of a regular expression. */
  readonly form: string
}

/** One part of the expected output, prepared for comparison. */
export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mask'; readonly name: string; readonly form: RegExp }
  | { readonly kind: 'data'; readonly lengthBytes: number; readonly digest: string }

export function tokensOf(pieces: readonly Piece[]): Token[] {
  return merged(pieces).flatMap((piece): Token[] =>
    piece.kind === 'text' ? textTokens(piece.text) : piece.kind === 'data' ? [piece] : []
  )
}

/**
 * Joins text pieces, since a masked value may extend over several. A secret in the output becomes as many asterisks.
 */
function merged(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = []
  for (const piece of pieces) {
    const one: Piece = piece.kind === 'secret' ? { kind: 'text', text: '*'.repeat(piece.lengthBytes) } : piece
    const last = all.at(-1)
    if (one.kind === 'text' && last?.kind === 'text') all[all.length - 1] = { kind: 'text', text: last.text + one.text }
    else all.push(one)
  }
  return all
}

function textTokens(text: string): Token[] {
  const tokens: Token[] = []
  const any = new RegExp(masks.map(({ form }) => `(${form})`).join('|'), 'g')
  let from = 0
  for (const match of text.matchAll(any)) {
    if (match.index > from) tokens.push({ kind: 'text', text: text.slice(from, match.index) })
    const mask = masks[match.slice(1).findIndex((group) => group !== undefined)]!
    tokens.push({ kind: 'mask', name: mask.name, form: new RegExp(mask.form, 'y') })
    from = match.index + match[0].length
  }
  return from < text.length ? [...tokens, { kind: 'text', text: text.slice(from) }] : tokens
}

/**
 * The result of a comparison. `same`: the first `chars` characters are as expected. `more`: equal so far, but more
 * output is needed.
 */
export type Match =
  | { readonly kind: 'same'; readonly chars: number; readonly masked: readonly string[] }
  | { readonly kind: 'more' }
  | { readonly kind: 'differs'; readonly at: number }

/** Compares the beginning of `said` (Latin-1) with what was expected. */
export function compare(tokens: readonly Token[], said: string): Match {
  const masked: string[] = []
  let at = 0
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'text') {
      const got = said.slice(at, at + token.text.length)
      if (got !== token.text) {
        if (token.text.startsWith(got)) return { kind: 'more' }
        return { kind: 'differs', at: at + [...got].findIndex((char, offset) => char !== token.text[offset]) }
      }
      at += got.length
    } else if (token.kind === 'mask') {
      token.form.lastIndex = at
      const match = token.form.exec(said)
      if (!match && at < said.length && !couldBecome(said.slice(at))) return { kind: 'differs', at }
      if (!match || (at + match[0].length === said.length && index + 1 < tokens.length)) return { kind: 'more' }
      masked.push(token.name)
      at += match[0].length
    } else {
      const got = said.slice(at, at + token.lengthBytes)
      if (got.length < token.lengthBytes) return { kind: 'more' }
      if (!createHash('sha256').update(Buffer.from(got, 'latin1')).digest('hex').startsWith(token.digest))
        return { kind: 'differs', at }
      at += got.length
    }
  }
  return { kind: 'same', chars: at, masked }
}

/** Returns how many characters of the output decide the comparison. Later ones cannot change it. */
export function decisiveChars(tokens: readonly Token[]): number {
  return tokens.reduce(
    (sum, token) =>
      sum +
      (token.kind === 'text' ? token.text.length : token.kind === 'data' ? token.lengthBytes : LONGEST_MASK_CHARS),
    1
  )
}

/** Returns whether the end of the output so far may be the beginning of a masked value. */
function couldBecome(rest: string): boolean {
  return rest.length < LONGEST_MASK_CHARS && /^[\d.,:/+()-]*$/.test(rest)
}

/** Longer than any masked value. */
const LONGEST_MASK_CHARS = 30
