import { labSim } from '../module/hardware/sim-card.ts'
import { secretDigest } from '../simulator/secret-digest.ts'
import type { Piece } from '../timeline/transcript/format.ts'

/** The secrets that fill in the placeholders of a transcript: the lab's own, and files that the person names. */
export class SecretBook {
  /** `files`: by the name in the placeholder; one name may have several. */
  constructor(private readonly files: readonly SecretFile[]) {}

  /** The secret's bytes; `known` false: they are not known, and as many stars stand in for them. */
  fill(piece: Extract<Piece, { kind: 'secret' }>): { readonly bytes: Uint8Array; readonly known: boolean } {
    const named = this.files.filter(({ name }) => name === piece.name).map(({ bytes }) => bytes)
    for (const bytes of [...named, ...labSecrets]) {
      const found = within(bytes, piece)
      if (found) return { bytes: found, known: true }
    }
    // The lab's FTP lets in any user with any password.
    return { bytes: Buffer.alloc(piece.lengthBytes, '*'), known: piece.name === 'ftpopen-password' }
  }
}

export interface SecretFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The part of `bytes` that the placeholder stands for: what was typed may begin behind a first line, or end before a line end. */
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
/** Keys and passwords are small; each place in the file is tried. */
const MAX_FILE_BYTES = 65_536
