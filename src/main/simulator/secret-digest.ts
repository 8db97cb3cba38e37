import { createHash } from 'node:crypto'

/**
 * Returns the digits by which a secret is recognised in a transcript. Of a private key sixteen, which reveal nothing.
 * Of secrets that a person chooses only two: enough to notice a wrong file, too few to find a PIN by trying.
 */
export function secretDigest(name: string, bytes: Uint8Array): string {
  return createHash('sha256')
    .update(bytes)
    .digest('hex')
    .slice(0, name === 'private-key' ? KEY_DIGITS : GUESSABLE_DIGITS)
}

const KEY_DIGITS = 16
const GUESSABLE_DIGITS = 2
