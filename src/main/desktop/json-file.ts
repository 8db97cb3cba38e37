import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { readRegularFile } from '../host/regular-file.ts'

/** No settings file of this program is larger. */
const MAX_BYTES = 65_536

/** Returns the value in a settings file, or `null` when the file is missing or broken. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readRegularFile(file, MAX_BYTES).toString('utf8')) as unknown
  } catch {
    return null
  }
}

/**
 * Writes a settings file, readable by the user only. It writes another file and renames it, so that a crash leaves the
 * old or the new content. Returns whether it was written; a failure is not an error.
 */
export function writeJson(file: string, value: unknown): boolean {
  const beside = `${file}.${process.pid}.new`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    rmSync(beside, { force: true })
    writeFileSync(beside, `${JSON.stringify(value)}\n`, { mode: 0o600, flag: 'wx' })
    renameSync(beside, file)
    return true
  } catch {
    rmSync(beside, { force: true })
    return false
  }
}
