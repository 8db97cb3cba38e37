import fs from 'node:fs'
import type { NvmFiles } from '../../../src/main/state/file-nvm-store.ts'

/** The power failed: nothing happens afterwards. */
export class PowerCut extends Error {}

/**
 * A file system whose power fails after `steps` steps. Opening, each written byte, flushing, closing and renaming are
 * one step each.
 */
export function failingFiles(steps: number): NvmFiles & { readonly stepsTaken: () => number } {
  let taken = 0
  const step = (): void => {
    if (taken >= steps) throw new PowerCut('The power failed.')
    taken += 1
  }
  return {
    stepsTaken: () => taken,
    existsSync: fs.existsSync,
    mkdirSync: fs.mkdirSync,
    readFileSync: fs.readFileSync,
    openSync: (path, flags, mode) => (step(), fs.openSync(path, flags, mode)),
    writeSync: (file, bytes, offset) => (step(), fs.writeSync(file, bytes, offset, 1)),
    fsyncSync: step,
    closeSync: (file) => {
      // The test's own descriptor is closed in any case.
      fs.closeSync(file)
      step()
    },
    renameSync: (from, to) => (step(), fs.renameSync(from, to))
  }
}
