import { createHash } from 'node:crypto'
import type { RandomSource } from '../../shared/contracts/random.ts'

/** Random bytes that are the same for the same `seed` and `use`, every time: for sessions that have to repeat. */
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
