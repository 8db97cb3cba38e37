import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { StateError } from './state-error.ts'

/** The user's data folder for the simulator, as each system has it. */
export function defaultStateFolder(): string {
  const { env, platform } = process
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'telit-sim')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'telit-sim')
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'telit-sim')
}

/**
 * A state folder held by this process: a second simulator on the same folder would overwrite its NVM. Throws a
 * StateError, in one sentence, when the folder cannot be used or a living process has it.
 */
export class StateFolder {
  private constructor(
    readonly path: string,
    private readonly lockFile: string
  ) {}

  static claim(path: string): StateFolder {
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 })
      accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    } catch (error) {
      throw new StateError(`The state folder ${path} cannot be used: ${reason(error)}.`)
    }
    const lockFile = join(path, 'lock')
    // A lock may be left by a process that was killed: two tries, the second after clearing it away.
    for (let tries = 0; tries < 2; tries += 1) {
      try {
        writeFileSync(lockFile, `${process.pid}\n`, { flag: 'wx', mode: 0o600 })
        return new StateFolder(path, lockFile)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new StateError(`The state folder ${path} cannot be used: ${reason(error)}.`)
        const pid = lockOwner(lockFile)
        if (pid !== null && lives(pid)) throw new StateError(`The state folder ${path} is in use by the process ${pid}.`)
        rmSync(lockFile, { force: true })
      }
    }
    throw new StateError(`The state folder ${path} is being taken by another process.`)
  }

  release(): void {
    if (lockOwner(this.lockFile) === process.pid) rmSync(this.lockFile, { force: true })
  }
}

function lockOwner(lockFile: string): number | null {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8').trim())
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid !== process.pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const known: Record<string, string> = {
    EACCES: 'no permission',
    EROFS: 'it is on a read-only file system',
    ENOTDIR: 'a part of the path is no folder',
    EEXIST: 'it is no folder',
    ENOSPC: 'the disk is full'
  }
  return known[code ?? ''] ?? message
}
