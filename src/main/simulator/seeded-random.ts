import { createHash } from 'node:crypto'
import type { RandomSource } from '../../shared/contracts/random.ts'

/**
 * Returns a source of random bytes that is the same for the same `seed` and `use`, for runs that must repeat exactly.
 */
export function seededRandom(seed: number, use: string): RandomSource {
  let counter = 0
  return {
    bytes: (length) => {
      const blocks: Buffer[] = []
      for (let have = 0; have < length; have += BLOCK_BYTES)
        blocks.push(createHash('sha256').update(`${seed}/${use}/${counter++}`).digest())
      return Buffer.concat(blocks).subarray(0, length)
    }
  }
}

const BLOCK_BYTES = 32
