import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of this test's own, gone when it is over. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'telit-sim-test-'))
  // Some tests act as another user for a while.
  chmodSync(folder, 0o777)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
