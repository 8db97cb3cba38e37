import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileReason } from './file-reason.ts'
import { identityOf, isAlive, type ProcessIdentity } from './process-identity.ts'

/**
 * Makes a folder in `parent` for lab keys that are not kept; the lab removes it when it closes. First removes those
 * that killed simulators of this user left: runs that end with SIGKILL would fill the disk with private keys.
 */
export function makeTemporaryFolder(parent: string): string {
  for (const name of namesIn(parent)) if (name.startsWith(PREFIX)) removeIfLeft(join(parent, name))
  try {
    const folder = mkdtempSync(join(parent, PREFIX))
    writeFileSync(join(folder, OWNER_FILE), JSON.stringify(identityOf(process.pid)), { mode: 0o600 })
    return folder
  } catch (error) {
    throw new TemporaryFolderError(
      `No temporary folder can be created in ${parent}: ${fileReason(error)}; set TMPDIR to a writable folder.`
    )
  }
}

/** The temporary folder cannot be made. The message is one sentence. */
export class TemporaryFolderError extends Error {}

const PREFIX = 'telit-sim-lab-'
const OWNER_FILE = 'owner.json'

/** Removes a folder whose owner is dead. One without a readable owner stays, since it may just be being made. */
function removeIfLeft(folder: string): void {
  try {
    const entry = lstatSync(folder)
    if (!entry.isDirectory() || entry.uid !== (process.getuid?.() ?? entry.uid)) return
    const owner: unknown = JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8'))
    if (isIdentity(owner) && !isAlive(owner)) rmSync(folder, { recursive: true, force: true })
  } catch {
    // Another start removes it at the same moment, or it is not ours.
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('startTime' in value)) return false
  const { pid, startTime } = value
  return Number.isSafeInteger(pid) && (pid as number) > 0 && (startTime === null || typeof startTime === 'string')
}
