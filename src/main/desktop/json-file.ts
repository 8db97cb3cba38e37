import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { readRegularFile } from '../host/regular-file.ts'

/** What a settings file holds at most; more was not written by this program. */
const MAX_BYTES = 65_536

/** The value in a settings file, or null: a file that is missing or broken only costs its settings. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readRegularFile(file, MAX_BYTES).toString('utf8')) as unknown
  } catch {
    return null
  }
}

/**
 * Writes beside and renames over, readable by the user alone: a crash at any moment leaves the old file or the new one.
 * Answers whether it was written; settings that cannot be kept stop nobody.
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
