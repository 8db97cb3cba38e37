import { accessSync, constants, existsSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { fileReason } from '../host/file-reason.ts'
import { makeFolder } from '../host/make-folder.ts'
import { identityOf, isAlive, type ProcessIdentity } from '../host/process-identity.ts'
import { StateError } from './state-error.ts'

/** The user's data folder for the simulator, as each system has it. Throws a StateError for a user without a home folder. */
export function defaultStateFolder(): string {
  const { env, platform } = process
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homeFolder(), 'AppData', 'Roaming'), 'telit-sim')
  if (platform === 'darwin') return join(homeFolder(), 'Library', 'Application Support', 'telit-sim')
  const data = env['XDG_DATA_HOME'] ?? ''
  // A relative one does not count (XDG Base Directory Specification).
  return join(isAbsolute(data) ? data : join(homeFolder(), '.local', 'share'), 'telit-sim')
}

/** Not below the working folder, wherever that is, for a user whose HOME is empty. */
function homeFolder(): string {
  for (const ask of [homedir, () => userInfo().homedir]) {
    try {
      const home = ask()
      if (isAbsolute(home)) return home
    } catch {
      // The system knows no such user, as for a number that a container was started with.
    }
  }
  throw new StateError('This user has no home folder; name a state folder with --state PATH, or --state none.')
}

/**
 * A state folder held by this process: a second simulator on the same folder would overwrite its NVM. Throws a
 * StateError, in one sentence, when the folder cannot be used or a living process has it.
 */
export class StateFolder {
  private held = true

  private constructor(
    readonly path: string,
    private readonly lockFile: string
  ) {}

  static claim(path: string): StateFolder {
    try {
      makeFolder(path, 0o700)
      accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    } catch (error) {
      throw unusable(path, error)
    }
    const lockFile = join(path, 'lock')
    // A lock may be left by a process that was killed: two tries, the second after it was put aside.
    for (let tries = 0; tries < 2; tries += 1) {
      try {
        writeFileSync(lockFile, JSON.stringify(identityOf(process.pid)), { flag: 'wx', mode: 0o600 })
        return new StateFolder(path, lockFile)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(path, error)
        putAsideDead(path, lockFile)
      }
    }
    throw new StateError(`The state folder ${path} is being taken by another process.`)
  }

  /**
   * A CA certificate that comes with HE910 and UE910 modules, as one for SUPL may (G-3.3-8): whatever lies in the folder as
   * `preloaded-ca.pem`. Null where there is none. Throws a StateError when it cannot be read.
   */
  preloadedCa(): Uint8Array | null {
    const file = join(this.path, PRELOADED_CA)
    if (!existsSync(file)) return null
    try {
      return readFileSync(file)
    } catch (error) {
      throw new StateError(`The CA certificate ${file} cannot be read: ${reason(error)}.`)
    }
  }

  /** Keeps another one for the next start; null: none. Throws a StateError when it cannot be written. */
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

  /** Harmless when called twice. */
  release(): void {
    if (!this.held) return
    this.held = false
    rmSync(this.lockFile, { force: true })
  }
}

const PRELOADED_CA = 'preloaded-ca.pem'

/** Moves a dead owner's lock away. What was moved is read once more: another process may have taken the folder by then. */
function putAsideDead(path: string, lockFile: string): void {
  refuseLiving(path, lockFile)
  if (lstatSync(lockFile, { throwIfNoEntry: false })?.isDirectory()) {
    throw new StateError(`The state folder ${path} cannot be used: its lock ${lockFile} is a folder, which the simulator did not make; remove it.`)
  }
  const aside = `${lockFile}.${process.pid}.dead`
  try {
    renameSync(lockFile, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw unusable(path, error)
  }
  try {
    refuseLiving(path, aside)
  } catch (error) {
    renameSync(aside, lockFile)
    throw error
  }
  rmSync(aside, { force: true })
}

function refuseLiving(path: string, lockFile: string): void {
  const owner = lockOwner(lockFile)
  if (owner && isAlive(owner)) throw new StateError(`The state folder ${path} is in use by the process ${owner.pid}.`)
}

/** Null when there is no lock, or none that can be read: a half-written lock protects nobody. */
function lockOwner(lockFile: string): ProcessIdentity | null {
  try {
    const { pid, startTime } = JSON.parse(readFileSync(lockFile, 'utf8')) as Partial<ProcessIdentity>
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid < 1) return null
    return { pid, startTime: typeof startTime === 'string' ? startTime : null }
  } catch {
    return null
  }
}

const unusable = (path: string, error: unknown): StateError => new StateError(`The state folder ${path} cannot be used: ${reason(error)}.`)

function reason(error: unknown): string {
  return fileReason(error, {
    EACCES: 'no permission',
    EROFS: 'it is on a read-only file system',
    ENOTDIR: 'a part of the path is no folder',
    EEXIST: 'it is no folder',
    ENOENT: 'it cannot be made there',
    ENOSPC: 'the disk is full'
  })
}
