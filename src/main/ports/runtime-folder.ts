import { chmodSync, lstatSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileReason } from '../host/file-reason.ts'
import { makeFolder } from '../host/make-folder.ts'
import { PortError } from './port-error.ts'

/** Only its owner may look into the folder: whoever can open a port types into the module. */
const OWNER_ONLY = 0o700

/**
 * The folder for what lives as long as a run does (links, owner records), made when it is missing:
 * `$XDG_RUNTIME_DIR/telit-sim`, or `telit-sim-UID` in the temporary folder where there is no runtime folder.
 * Throws a `PortError` when it cannot be made, or belongs to somebody else.
 */
export function runtimeFolder(env: NodeJS.ProcessEnv = process.env): string {
  const uid = process.geteuid?.()
  const folder = runtimeFolderPath(env)
  try {
    makeFolder(folder, OWNER_ONLY)
    const found = lstatSync(folder)
    // The temporary folder is everybody's: a folder somebody else put there under our name must not be trusted.
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

/** Returns where the runtime folder is, or will be; makes nothing. */
export function runtimeFolderPath(env: NodeJS.ProcessEnv = process.env): string {
  const runtime = env['XDG_RUNTIME_DIR']
  const uid = process.geteuid?.()
  return runtime && isFolder(runtime)
    ? join(runtime, 'telit-sim')
    : join(tmpdir(), uid === undefined ? 'telit-sim' : `telit-sim-${uid}`)
}

/** Where the link to an AT instance's pty is published unless `--link` says otherwise: `tty0`, `tty1`, `tty2`. */
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
