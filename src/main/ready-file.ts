import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileReason } from './host/file-reason.ts'

/** A ready file that cannot be written: one sentence, exit status 3. */
export class ReadyFileError extends Error {}

/**
 * For the user alone: it holds the token. Under a name that nobody can have put a link at, for ready files often lie in
 * folders that are everybody's.
 */
export function writeReadyFile(file: string, line: string): void {
  const beside = `${file}.${randomBytes(8).toString('hex')}.new`
  try {
    // A device or a pipe would be replaced by a file, and everybody who uses it would lose it.
    if (isSomethingElse(file)) throw new ReadyFileError(`The ready file ${file} cannot be written: it is no file.`)
    writeFileSync(beside, `${line}\n`, { mode: 0o600, flag: 'wx' })
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    if (error instanceof ReadyFileError) throw error
    throw new ReadyFileError(`The ready file ${file} cannot be written: ${fileReason(error)}.`)
  }
}

/** At the end: a script that waits for the file would read the dead simulator's for the next one's. Another run's file stays. */
export function removeReadyFile(file: string, line: string): void {
  try {
    if (readFileSync(file, 'utf8') === `${line}\n`) rmSync(file)
  } catch {
    // It is gone or cannot be removed; the end goes on.
  }
}

/**
 * At the start: what a killed simulator left is no news of this one. Only what a ready line stands in: the path may be
 * a slip of the hand.
 */
export function removeStaleReadyFile(file: string): void {
  try {
    // A device may be without an end, and a pipe would be waited for.
    if (!isSomethingElse(file) && readFileSync(file, 'utf8').startsWith('{"event":"ready"')) rmSync(file)
  } catch {
    // None there; one that cannot be replaced is told when it is written.
  }
}

/** Whether something is there that is neither a file nor a folder, of which the system tells itself. */
function isSomethingElse(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && !found.isFile() && !found.isDirectory()
}
