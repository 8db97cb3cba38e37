import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileReason } from '../host/file-reason.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { stillGood, type LabPki } from './authority.ts'

/** The lab's keys and certificates in a folder, so that the CA stored in a module stays the right one. */
export const CA_FILE_NAME = 'lab-ca.pem'

export function loadPki(folder: string, nowMs: number): LabPki | null {
  const file = join(folder, 'lab-pki.json')
  try {
    // The module's users read it later.
    readRegularFile(join(folder, CA_FILE_NAME), MAX_BYTES)
    const kept = JSON.parse(readRegularFile(file, MAX_BYTES).toString('utf8')) as LabPki
    return stillGood(kept, nowMs) ? kept : null
  } catch {
    // Damaged or of another version: the lab's certificates can be made anew at no loss.
    return null
  }
}

/** The lab's keys cannot be kept where they should be; the message is one sentence. */
export class LabFolderError extends Error {}

/** Keeps the keys for the owner only; the CA certificate lies beside them for everybody to use. Throws a LabFolderError. */
export function savePki(folder: string, made: LabPki): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    replace(join(folder, 'lab-pki.json'), JSON.stringify(made), 0o600)
    replace(join(folder, CA_FILE_NAME), made.ca.certificatePem, 0o644)
  } catch (error) {
    throw new LabFolderError(
      `The lab's keys cannot be kept in ${folder}: ${fileReason(error)}; --lab off starts without the lab.`
    )
  }
}

/** Two identities have a few thousand. */
const MAX_BYTES = 65_536

function replace(file: string, text: string, mode: number): void {
  // One that was left may have been readable by others.
  rmSync(`${file}.new`, { force: true })
  writeFileSync(`${file}.new`, text, { mode, flag: 'wx' })
  renameSync(`${file}.new`, file)
}
