import { randomBytes } from 'node:crypto'
import { lstatSync, renameSync, rmSync, writeFileSync, type Stats } from 'node:fs'
import { fileReason } from '../host/file-reason.ts'
import { readRegularFile } from '../host/regular-file.ts'

/** A ready file that cannot be written: one sentence, exit status 3. */
export class ReadyFileError extends Error {}

/**
 * For the user alone: it holds the token. Under a name that nobody can have put a link at, for ready files often lie in
 * folders that are everybody's.
 */
export function writeReadyFile(file: string, line: string): void {
  refuseForeign(file)
  const beside = `${file}.${randomBytes(8).toString('hex')}.new`
  try {
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
  if (contentOf(file) !== `${line}\n`) return
  try {
    rmSync(file)
  } catch {
    // It is gone or cannot be removed; the end goes on.
  }
}

/**
 * At the start: what a killed simulator left is no news of this one. Throws a ReadyFileError where something stands that no
 * simulator wrote, for the path may be a slip of the hand.
 */
export function removeStaleReadyFile(file: string): void {
  refuseForeign(file)
  if (!isReadyLine(contentOf(file))) return
  try {
    rmSync(file)
  } catch {
    // One that cannot be replaced is told when it is written.
  }
}

/** A link is nobody's content: it is replaced, and what it leads to stays. `mktemp` leaves an empty file. */
function refuseForeign(file: string): void {
  const found = entryAt(file)
  if (!found || found.isSymbolicLink()) return
  // A device or a pipe would be replaced by a file, and everybody who uses it would lose it.
  if (!found.isFile())
    throw new ReadyFileError(
      `The ready file ${file} cannot be written: it is ${found.isDirectory() ? 'a folder' : 'not a file'}.`
    )
  const content = contentOf(file)
  if (content === '' || isReadyLine(content)) return
  throw new ReadyFileError(
    `${file} was not written by a simulator as its ready file; remove it or choose another --ready-file.`
  )
}

/** `undefined` where nothing is, or where nobody may look. */
function entryAt(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** `null` where nothing can be read: what is there may not even be a file. */
function contentOf(file: string): string | null {
  try {
    return readRegularFile(file, MAX_BYTES).toString('utf8')
  } catch {
    return null
  }
}

/** The whole file: a log that begins with a ready line is somebody's log. */
function isReadyLine(content: string | null): boolean {
  if (content === null || !/^\{"event":"ready",.*\}\n$/.test(content)) return false
  try {
    JSON.parse(content)
    return true
  } catch {
    return false
  }
}

/** A ready line has some hundred bytes. */
const MAX_BYTES = 65_536
