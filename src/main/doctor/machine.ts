import { execFileSync } from 'node:child_process'
import { accessSync, constants, lstatSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { closeSync } from 'node:fs'
import { isAlive } from '../host/process-identity.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { systemErrorCode } from '../ports/port-error.ts'
import { openNativePty } from '../ports/native-pty.ts'
import { readOwnerRecords, type OwnerRecord } from '../ports/owner-record.ts'
import { findTtyClient } from '../ports/pty-client.ts'
import { runtimeFolderPath } from '../ports/runtime-folder.ts'
import { listUarts } from '../ports/uart-list.ts'

/** What stands at a path. */
export type Entry =
  | { readonly kind: 'missing' }
  /** A folder on the way does not let this user in; `folder` is the first that does not. */
  | { readonly kind: 'hidden'; readonly folder: string }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'terminal' | 'folder' | 'file' | 'other' }

/** This machine, as far as the doctor looks at it. Nothing here changes anything, but for the pty that is opened and closed. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly userName: string
  /** The names of the groups that this process is in; `null` where they cannot be had. */
  groups(): readonly string[] | null
  /** The name of the group that a path belongs to, or its number. */
  groupOf(path: string): string
  /** A small text file, `null` where there is none that can be read. */
  text(path: string): string | null
  entry(path: string): Entry
  /** Whether this user may read and write what stands at a path. */
  mayUse(path: string): boolean
  /** Opens a pseudo terminal and closes it; `null`, or why that cannot be, as a sentence. */
  tryPty(): string | null
  /** Loads the package that opens UARTs; `null`, or why it cannot be loaded. */
  trySerialport(): string | null
  hasProgram(name: string): boolean
  /** The program that has a terminal open, as `picocom (pid 4711)`, besides the simulator `owner`. */
  holderOf(path: string, owner: number | null): string | null
  /** The settings of a terminal, as `stty -a` prints them; opens it for a moment. `null` where they cannot be read. */
  terminalSettings(path: string): string | null
  isRunning(pid: number): boolean
  /** Names of what is in a folder; none where it cannot be read. */
  names(folder: string): readonly string[]
  readonly runtimeFolder: string
  /** The links of simulators, also of those that have ended without taking them away. */
  links(): readonly (OwnerRecord & { readonly isRunning: boolean })[]
  uarts(): Promise<readonly { readonly path: string; readonly about: string | null; readonly heldBy: string | null }[]>
}

/** The machine on which this runs. */
export function thisMachine(env: NodeJS.ProcessEnv = process.env): Machine {
  const runtimeFolder = runtimeFolderPath(env)
  return {
    platform: process.platform,
    userName: userName(),
    groups: () => groupNames('id', ['-Gn']),
    groupOf: (path) => groupNames('stat', ['-c', '%G', path])?.[0] ?? 'of its own',
    text: (path) => whenHad(() => readRegularFile(path, MAX_BYTES).toString('utf8')),
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

/** The outermost folder on the way to `path` that does not let this user in. */
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

/** Files of the kernel, and locks: a few lines each. */
const MAX_BYTES = 65_536
/** A program that looks at a terminal answers at once, or is stuck on it. */
const PROGRAM_MS = 2_000
