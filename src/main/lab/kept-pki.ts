import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileReason } from '../host/file-reason.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { stillGood, type LabPki } from './authority.ts'

/** File name of the CA certificate in the lab's folder. */
export const CA_FILE_NAME = 'lab-ca.pem'

/**
 * Loads the lab's keys and certificates, so that the CA stored in a module stays valid. Returns `null` when there are
 * none that can be used.
 */
export function loadPki(folder: string, nowMs: number): LabPki | null {
  const file = join(folder, 'lab-pki.json')
  try {
    // Must be readable too: users store this file in their module.
    readRegularFile(join(folder, CA_FILE_NAME), MAX_BYTES)
    const kept = JSON.parse(readRegularFile(file, MAX_BYTES).toString('utf8')) as LabPki
    return stillGood(kept, nowMs) ? kept : null
  } catch {
    // Missing, damaged or of another version: new certificates are made.
    return null
  }
}

/** The lab's keys cannot be written. The message is one sentence. */
export class LabFolderError extends Error {}

/**
 * Writes the keys, readable by their owner only, and the CA certificate, readable by everybody. Throws a
 * LabFolderError.
 */
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

/** Two certificates with keys have some thousand bytes. */
const MAX_BYTES = 65_536

function replace(file: string, text: string, mode: number): void {
  // A file that was left over may have been readable by others.
  rmSync(`${file}.new`, { force: true })
  writeFileSync(`${file}.new`, text, { mode, flag: 'wx' })
  renameSync(`${file}.new`, file)
}
