import { createHash } from 'node:crypto'

/**
 * By which digits a secret is recognised in a transcript. Of a key sixteen, which tell nothing of it; of what a person can choose or
 * guess only two: enough to notice a wrong file, too few to find a PIN by trying all there are.
 */
export function secretDigest(name: string, bytes: Uint8Array): string {
  return createHash('sha256')
    .update(bytes)
    .digest('hex')
    .slice(0, name === 'private-key' ? KEY_DIGITS : GUESSABLE_DIGITS)
}

const KEY_DIGITS = 16
const GUESSABLE_DIGITS = 2
