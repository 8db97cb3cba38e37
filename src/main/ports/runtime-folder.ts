import { chmodSync, lstatSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileReason } from '../host/file-reason.ts'
import { makeFolder } from '../host/make-folder.ts'
import { PortError } from './port-error.ts'

/** Only the owner may enter the folder: whoever can open a port can type into the module. */
const OWNER_ONLY = 0o700

/**
 * Returns the folder for files that last as long as a run (links, owner records), and makes it if it is missing:
 * `$XDG_RUNTIME_DIR/telit-sim`, else `telit-sim-UID` in the temporary folder. Throws a `PortError` when it cannot be
 * made or belongs to another user.
 */
export function runtimeFolder(env: NodeJS.ProcessEnv = process.env): string {
  const uid = process.geteuid?.()
  const folder = runtimeFolderPath(env)
  try {
    makeFolder(folder, OWNER_ONLY)
    const found = lstatSync(folder)
    // Any user can make folders in the temporary folder: do not trust one of another user.
    if (!found.isDirectory() || (uid !== undefined && found.uid !== uid)) {
      throw new PortError(
        'folder-failed',
        `The folder ${folder} belongs to another user; remove it or set XDG_RUNTIME_DIR.`
      )
    }
    if (uid !== undefined && (found.mode & 0o777) !== OWNER_ONLY) chmodSync(folder, OWNER_ONLY)
  } catch (error) {
    if (error instanceof PortError) throw error
    throw new PortError(
      'folder-failed',
      `The folder ${folder} cannot be created: ${fileReason(error)}; set XDG_RUNTIME_DIR to a writable folder.`,
      error
    )
  }
  return folder
}

/** Returns the path of the runtime folder without making it. */
export function runtimeFolderPath(env: NodeJS.ProcessEnv = process.env): string {
  const runtime = env['XDG_RUNTIME_DIR']
  const uid = process.geteuid?.()
  return runtime && isFolder(runtime)
    ? join(runtime, 'telit-sim')
    : join(tmpdir(), uid === undefined ? 'telit-sim' : `telit-sim-${uid}`)
}

/** Returns the default link of an AT instance's pty: `tty0`, `tty1`, `tty2` in the runtime folder. */
export function defaultLinkPath(instance: number, env: NodeJS.ProcessEnv = process.env): string {
  return join(runtimeFolder(env), `tty${instance}`)
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory()
  } catch {
    return false
  }
}
