/** @module The state folder: NVM images of each product and the lock that keeps a second simulator out. */

import { accessSync, constants, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { fileReason, whenRead } from '../host/file-reason.ts'
import { makeFolder } from '../host/make-folder.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { FolderLock } from './folder-lock.ts'
import { StateError } from './state-error.ts'

/**
 * Returns the user's data folder for the simulator on this system. Throws a StateError for a user without a home
 * folder.
 */
export function defaultStateFolder(): string {
  const { env, platform } = process
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homeFolder(), 'AppData', 'Roaming'), 'telit-sim')
  if (platform === 'darwin') return join(homeFolder(), 'Library', 'Application Support', 'telit-sim')
  const data = env['XDG_DATA_HOME'] ?? ''
  // Relative paths are to be ignored (XDG Base Directory Specification).
  return join(isAbsolute(data) ? data : join(homeFolder(), '.local', 'share'), 'telit-sim')
}

/** Returns the home folder. With an empty HOME it must not be the working folder. */
function homeFolder(): string {
  for (const ask of [homedir, () => userInfo().homedir]) {
    try {
      const home = ask()
      if (isAbsolute(home)) return home
    } catch {
      // The system does not know this user, for example a bare user number in a container.
    }
  }
  throw new StateError('This user has no home folder; name a state folder with --state PATH, or --state none.')
}

/** A state folder owned by this process, since a second simulator would overwrite its NVM. */
export class StateFolder {
  /** Called once, with a sentence, when another process has taken the folder. */
  onLost: (sentence: string) => void = () => {}
  private held = true
  private lost = false

  private constructor(
    readonly path: string,
    private readonly lock: FolderLock
  ) {}

  /** Takes a folder. Throws a StateError when it cannot be used or another living process has it. */
  static claim(path: string): StateFolder {
    try {
      makeFolder(path, 0o700)
      accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
      return new StateFolder(path, FolderLock.take(path))
    } catch (error) {
      if (error instanceof StateError) throw error
      throw new StateError(`The state folder ${path} cannot be used: ${reason(error)}.`)
    }
  }

  /**
   * Throws a StateError when the folder was moved away or another simulator has taken the one at its path. Nothing is
   * written or removed there any more.
   */
  assertHeld(): void {
    if (!this.lost && this.lock.isHeld()) return
    throw new StateError(this.lose())
  }

  /**
   * Returns the file `preloaded-ca.pem`: a CA certificate that HE910 and UE910 modules ship with, for example for SUPL
   * (G-3.3-8). `null` when there is none. Throws a StateError when it cannot be read.
   */
  preloadedCa(): Uint8Array | null {
    const file = join(this.path, PRELOADED_CA)
    if (!existsSync(file)) return null
    try {
      return readRegularFile(file, MAX_CA_BYTES)
    } catch (error) {
      throw new StateError(`The CA certificate ${file} cannot be read: ${fileReason(error, whenRead)}.`)
    }
  }

  /** Replaces that file for the next start; `null` removes it. Throws a StateError when it cannot be written. */
  keepPreloadedCa(bytes: Uint8Array | null): void {
    const file = join(this.path, PRELOADED_CA)
    try {
      if (bytes === null) return rmSync(file, { force: true })
      writeFileSync(`${file}.new`, bytes, { mode: 0o600 })
      renameSync(`${file}.new`, file)
    } catch (error) {
      throw new StateError(`The CA certificate ${file} cannot be written: ${reason(error)}.`)
    }
  }

  /** Safe to call twice. */
  release(): void {
    if (!this.held) return
    this.held = false
    if (this.lost || !this.lock.release()) this.lose()
  }

  private lose(): string {
    const sentence = `The state folder ${this.path} is no longer this simulator's, for it was moved away or replaced: nothing more is written there.`
    if (!this.lost) this.onLost(sentence)
    this.lost = true
    return sentence
  }
}

const PRELOADED_CA = 'preloaded-ca.pem'
/** The module takes some 2 KiB; the file may have text around the certificate. */
const MAX_CA_BYTES = 2 ** 20

function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  const known: Record<string, string> = {
    EACCES: 'no permission',
    EROFS: 'it is on a read-only file system',
    ENOTDIR: 'a part of the path is no folder',
    EEXIST: 'it is no folder',
    ENOENT: 'it cannot be created there',
    ENOSPC: 'the disk is full'
  }
  return known[code ?? ''] ?? fileReason(error)
}
