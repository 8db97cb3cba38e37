import { randomBytes } from 'node:crypto'
import { lstatSync, renameSync, rmSync, writeFileSync, type Stats } from 'node:fs'
import { fileReason } from '../host/file-reason.ts'
import { readRegularFile } from '../host/regular-file.ts'

/** The ready file cannot be written. The message is one sentence; the exit status is 3. */
export class ReadyFileError extends Error {}

/**
 * Writes the ready file, readable by the user only because it holds the token. It is written under a random name and
 * renamed, because ready files often lie in folders where others can place links.
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

/**
 * Removes the ready file at the end, so that a script that waits for the next run does not read this one's. Leaves the
 * file of another run.
 */
export function removeReadyFile(file: string, line: string): void {
  if (contentOf(file) !== `${line}\n`) return
  try {
    rmSync(file)
  } catch {
    // Already removed, or not removable: the program ends all the same.
  }
}

/**
 * Removes the ready file of a killed run at the start. Throws a ReadyFileError when the file was not written by a
 * simulator, since the path may be a typing mistake.
 */
export function removeStaleReadyFile(file: string): void {
  refuseForeign(file)
  if (!isReadyLine(contentOf(file))) return
  try {
    rmSync(file)
  } catch {
    // A file that cannot be replaced is reported when the new one is written.
  }
}

/**
 * Throws for a file that no simulator wrote. A link is replaced and its target stays; an empty file is accepted, since
 * `mktemp` makes one.
 */
function refuseForeign(file: string): void {
  const found = entryAt(file)
  if (!found || found.isSymbolicLink()) return
  // A device or a pipe would be replaced by a file and be lost to its other users.
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

/** Returns `undefined` when there is nothing at the path or it cannot be examined. */
function entryAt(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** Returns `null` when nothing can be read; the path may not even be a regular file. */
function contentOf(file: string): string | null {
  try {
    return readRegularFile(file, MAX_BYTES).toString('utf8')
  } catch {
    return null
  }
}

/** Returns whether the whole content is a ready line. A longer file that begins with one is a log. */
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
