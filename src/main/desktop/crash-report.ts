import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** More than anybody will read. */
const MAX_REPORTS = 10

/**
 * Writes a crash of the program to a file that only the user can read. Returns its path, or `null` when it cannot be
 * written. The file has the stack and the versions, and no data of the module.
 */
export function writeCrashReport(
  folder: string,
  error: unknown,
  versions: Readonly<Record<string, string | undefined>>,
  atMs: number
): string | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const older = readdirSync(folder)
      .filter((name) => /^crash-.*\.txt$/.test(name))
      .toSorted()
    for (const name of older.slice(0, Math.max(0, older.length - MAX_REPORTS + 1)))
      rmSync(join(folder, name), { force: true })
    const time = new Date(atMs).toISOString()
    const file = join(folder, `crash-${time.replaceAll(':', '-')}.txt`)
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    writeFileSync(file, `${time}\n${JSON.stringify(versions)}\n\n${text}\n`, { mode: 0o600, flag: 'wx' })
    return file
  } catch {
    return null
  }
}
