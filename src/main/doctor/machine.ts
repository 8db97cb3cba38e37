import { execFileSync } from 'node:child_process'
import { accessSync, closeSync, constants, lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { isAlive } from '../host/process-identity.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { openNativePty } from '../ports/native-pty.ts'
import { readOwnerRecords, type OwnerRecord } from '../ports/owner-record.ts'
import { systemErrorCode } from '../ports/port-error.ts'
import { findTtyClient } from '../ports/pty-client.ts'
import { runtimeFolderPath } from '../ports/runtime-folder.ts'
import { listUarts } from '../ports/uart-list.ts'

/** What is at a path. */
export type Entry =
  | { readonly kind: 'missing' }
  /** A folder on the way is closed to this user; `folder` is the outermost such folder. */
  | { readonly kind: 'hidden'; readonly folder: string }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'terminal' | 'folder' | 'file' | 'other' }

/** What the doctor reads from this machine. Nothing is changed, except that a pty is opened and closed. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly userName: string
  /** The names of the groups of this process; `null` when they cannot be read. */
  groups(): readonly string[] | null
  /** Returns the name of the group that owns a path, or its number. */
  groupOf(path: string): string
  /** Returns a small text file; `null` when there is none or it cannot be read. */
  text(path: string): string | null
  entry(path: string): Entry
  /** Whether this user may read and write what is at a path. */
  mayUse(path: string): boolean
  /** Opens a pseudo terminal and closes it. Returns `null`, or one sentence why it failed. */
  tryPty(): string | null
  /** Loads the package that opens UARTs. Returns `null`, or why it cannot be loaded. */
  trySerialport(): string | null
  hasProgram(name: string): boolean
  /** Returns the program that has a terminal open, other than the simulator `owner`, as `picocom (pid 4711)`. */
  holderOf(path: string, owner: number | null): string | null
  /** Opens a terminal for a moment. Returns its settings as `stty -a` prints them; `null` when they cannot be read. */
  terminalSettings(path: string): string | null
  isRunning(pid: number): boolean
  /** Returns the names in a folder; none when it cannot be read. */
  names(folder: string): readonly string[]
  readonly runtimeFolder: string
  /** Returns the links of simulators, including those that ended without removing them. */
  links(): readonly (OwnerRecord & { readonly isRunning: boolean })[]
  uarts(): Promise<readonly { readonly path: string; readonly about: string | null; readonly heldBy: string | null }[]>
}

export function thisMachine(env: NodeJS.ProcessEnv = process.env): Machine {
  const runtimeFolder = runtimeFolderPath(env)
  return {
    platform: process.platform,
    userName: userName(),
    groups: () => groupNames('id', ['-Gn']),
    groupOf: (path) => groupNames('stat', ['-c', '%G', path])?.[0] ?? 'of its own',
    // The kernel's own files have no size, and some give all they have to the first read alone.
    text: (path) =>
      whenHad(() =>
        path.startsWith('/proc/') ? readFileSync(path, 'utf8') : readRegularFile(path, MAX_BYTES).toString('utf8')
      ),
    entry,
    mayUse: (path) => whenHad(() => (accessSync(path, constants.R_OK | constants.W_OK), true)) ?? false,
    tryPty() {
      try {
        const { master, slave } = openNativePty()
        closeSync(slave)
        closeSync(master)
        return null
      } catch (error) {
        return (error as Error).message
      }
    },
    trySerialport() {
      try {
        createRequire(import.meta.url)('serialport')
        return null
      } catch (error) {
        return (error as Error).message.split('\n', 1)[0]!
      }
    },
    hasProgram: (name) =>
      (env['PATH'] ?? '')
        .split(delimiter)
        .some((folder) => whenHad(() => (accessSync(join(folder, name), constants.X_OK), true)) ?? false),
    holderOf: (path, owner) => findTtyClient(path, () => false, owner ?? process.pid),
    terminalSettings: (path) => whenHad(() => run('stty', [process.platform === 'linux' ? '-F' : '-f', path, '-a'])),
    isRunning: (pid) => isAlive({ pid, startTime: null }),
    names: (folder) => whenHad(() => readdirSync(folder)) ?? [],
    runtimeFolder,
    links: () => readOwnerRecords(runtimeFolder).map((record) => ({ ...record, isRunning: isAlive(record) })),
    uarts: () => listUarts()
  }
}

function entry(path: string): Entry {
  try {
    const found = lstatSync(path)
    if (found.isSymbolicLink()) return { kind: 'link', target: readlinkSync(path) }
    if (found.isCharacterDevice()) return { kind: 'terminal' }
    return { kind: found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other' }
  } catch (error) {
    return systemErrorCode(error) === 'EACCES' ? { kind: 'hidden', folder: firstClosed(path) } : { kind: 'missing' }
  }
}

/** Returns the outermost folder of `path` that is closed to this user. */
function firstClosed(path: string): string {
  const folder = dirname(path)
  if (folder === path) return folder
  try {
    statSync(join(folder, '.'))
    return folder
  } catch {
    return firstClosed(folder)
  }
}

function groupNames(program: string, args: readonly string[]): readonly string[] | null {
  return whenHad(() => run(program, args).trim().split(/\s+/))
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: PROGRAM_MS })
}

function userName(): string {
  return whenHad(() => userInfo().username) ?? `user ${process.getuid?.() ?? 'without a number'}`
}

function whenHad<T>(get: () => T): T | null {
  try {
    return get()
  } catch {
    return null
  }
}

/** Kernel files and lock files have a few lines each. */
const MAX_BYTES = 65_536
/** A program that examines a terminal answers at once, or hangs. */
const PROGRAM_MS = 2_000
