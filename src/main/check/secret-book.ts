import { labSim } from '../module/hardware/sim-card.ts'
import { secretDigest } from '../simulator/secret-digest.ts'
import type { Piece } from '../timeline/transcript/format.ts'

/** The secrets for the placeholders of a transcript: those of the lab, and files that the person names. */
export class SecretBook {
  /** `files`: each with the name of its placeholder. Several may have the same name. */
  constructor(private readonly files: readonly SecretFile[]) {}

  /** Returns the bytes of a secret. Where `known` is false, they are asterisks of the same length. */
  fill(piece: Extract<Piece, { kind: 'secret' }>): { readonly bytes: Uint8Array; readonly known: boolean } {
    const named = this.files.filter(({ name }) => name === piece.name).map(({ bytes }) => bytes)
    for (const bytes of [...named, ...labSecrets]) {
      const found = within(bytes, piece)
      if (found) return { bytes: found, known: true }
    }
    // The lab's FTP server accepts any user with any password.
    return { bytes: Buffer.alloc(piece.lengthBytes, '*'), known: piece.name === 'ftpopen-password' }
  }
}

export interface SecretFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * Returns the part of `bytes` that the placeholder stands for. What was typed may start after a first line or stop
 * before a line end.
 */
function within(
  bytes: Uint8Array,
  { name, lengthBytes, digest }: Extract<Piece, { kind: 'secret' }>
): Uint8Array | null {
  for (let at = 0; at + lengthBytes <= Math.min(bytes.length, MAX_FILE_BYTES); at += 1) {
    const part = bytes.subarray(at, at + lengthBytes)
    if (digest === null || secretDigest(name, part) === digest) return part
  }
  return null
}

const labSecrets = [labSim.pin, labSim.puk].map((text) => Buffer.from(text, 'latin1'))
/** Keys and passwords are small, and every position in the file is tried. */
const MAX_FILE_BYTES = 65_536
