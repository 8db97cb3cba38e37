import type { Piece, TranscriptEntry } from '../timeline/transcript/format.ts'

/**
 * Replaces the certificate of the recorded lab authority by that of the present one, in PEM and DER, typed or read
 * back. Both have the same length, so that all byte counts in the transcript stay right.
 */
export function withAuthority(
  entries: readonly TranscriptEntry[],
  recorded: string | null,
  present: Buffer,
  note: (sentence: string) => void
): TranscriptEntry[] {
  if (recorded === null) return [...entries]
  const was = Buffer.from(recorded, 'base64')
  if (was.length !== present.length) {
    note(
      `The lab's CA certificate in the transcript has ${was.length} bytes, but ${present.length} here. It is not replaced, so results that depend on certificates differ.`
    )
    return [...entries]
  }
  const pairs = ['\n', '\r\n', '\r'].map((end): [string, string] => [base64Lines(was, end), base64Lines(present, end)])
  pairs.push([was.toString('latin1'), present.toString('latin1')])
  const exchanged = entries.map((entry) =>
    entry.kind === 'act' ? entry : { ...entry, pieces: entry.pieces.map((piece) => ({ ...piece })) }
  )
  // Joined across lines: a terminal sends a file in pieces.
  const streams = new Map<string, Extract<Piece, { kind: 'text' }>[]>()
  for (const entry of exchanged) {
    if (entry.kind === 'act') continue
    const key = `${entry.kind} ${entry.instance}`
    const texts = entry.pieces.filter((piece) => piece.kind === 'text')
    const stream = streams.get(key)
    if (stream) stream.push(...texts)
    else streams.set(key, texts)
  }
  for (const pieces of streams.values()) exchangeIn(pieces, pairs)
  return exchanged
}

/** Does the same for a certificate that a person stored through the window. */
export function ofThisLab(bytes: Buffer, recorded: string | null, present: Buffer): Uint8Array {
  const was = recorded === null ? null : Buffer.from(recorded, 'base64')
  if (was === null || was.length !== present.length) return bytes
  const pairs = [
    ['\n', '\r\n', '\r'].map((end): [string, string] => [base64Lines(was, end), base64Lines(present, end)]),
    [[was.toString('latin1'), present.toString('latin1')] as const]
  ].flat()
  return Buffer.from(
    pairs.reduce((text, [from, to]) => text.replaceAll(from, () => to), bytes.toString('latin1')),
    'latin1'
  )
}

function exchangeIn(pieces: { text: string }[], pairs: readonly [string, string][]): void {
  const joined = pieces.map(({ text }) => text).join('')
  const swapped = pairs.reduce((text, [from, to]) => text.replaceAll(from, () => to), joined)
  if (swapped === joined) return
  let at = 0
  for (const piece of pieces) {
    const { length } = piece.text
    piece.text = swapped.slice(at, at + length)
    at += length
  }
}

/** Returns base64 lines as in a PEM block (RFC 7468 2). */
function base64Lines(der: Buffer, lineEnd: string): string {
  return der
    .toString('base64')
    .match(/.{1,64}/g)!
    .join(lineEnd)
}
