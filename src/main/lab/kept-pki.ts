import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileReason } from '../host/file-reason.ts'
import { stillGood, type LabPki } from './authority.ts'

/** The lab's keys and certificates in a folder, so that the CA stored in a module stays the right one. */
export const caFileName = 'lab-ca.pem'

export function loadPki(folder: string, nowMs: number): LabPki | null {
  const file = join(folder, 'lab-pki.json')
  if (!existsSync(file) || !existsSync(join(folder, caFileName))) return null
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as LabPki
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
    replace(join(folder, caFileName), made.ca.certificatePem, 0o644)
  } catch (error) {
    throw new LabFolderError(`The lab's keys cannot be kept in ${folder}: ${fileReason(error)}; --lab off starts without the lab.`)
  }
}

function replace(file: string, text: string, mode: number): void {
  writeFileSync(`${file}.new`, text, { mode })
  renameSync(`${file}.new`, file)
}
