import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Makes a folder for this test and removes it at the end. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'telit-sim-test-'))
  // Some tests act as another user for a while.
  chmodSync(folder, 0o777)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
