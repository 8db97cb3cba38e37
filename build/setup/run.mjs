import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { constants as system } from 'node:os'
import { delimiter, join } from 'node:path'

/** The set-up failed. The message is one sentence for the person. */
export class SetUpError extends Error {}

/**
 * Returns the sentence of a SetUpError, or one for what the system refused (a read-only folder, a full disk, no more
 * open files). `null` for a bug of the scripts, which needs its stack.
 */
export function sentenceOf(error) {
  if (error instanceof SetUpError) return error.message
  const { code, syscall, path } = error ?? {}
  if (typeof code !== 'string' || typeof syscall !== 'string') return null
  const what = typeof path === 'string' ? `${path} cannot be used` : `The system refuses ${syscall}`
  return `${what}: ${systemReason(code)}.`
}

export function systemReason(code) {
  return reasons[code] ?? `the system reports ${code}`
}

const reasons = {
  EACCES: 'this user may not',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'something else exists at its path',
  EMFILE: 'this process may open no more files (ulimit -n)',
  ENFILE: 'the system cannot open more files',
  EAGAIN: 'the system cannot start more processes',
  ENOMEM: 'the system is out of memory'
}

/** Prints a line of the set-up to stderr. stdout belongs to the program. */
export function say(sentence) {
  process.stderr.write(`telit-sim: ${sentence}\n`)
}

/** The end of the output has the reason of a failure; all of it could fill the memory. */
const keptCharacters = 65_536

/**
 * Runs a program of the set-up to its end. `show` passes its output on to stderr; otherwise it is kept and returned. A
 * signal to this process ends the program first, then this process.
 * @returns {Promise<{ status: number, output: string }>} status 127 when it cannot be started, 128 + n after signal n
 */
export function run(command, args, { cwd = process.cwd(), env = process.env, show = false, limitMs = 0 } = {}) {
  return new Promise((resolve) => {
    let output = ''
    const letGo = onSignals((signal) => {
      child.kill(signal)
      child.once('close', () => process.exit(signalStatus(signal)))
    })
    const child = start(command, args, { cwd, env, stdio: ['ignore', show ? 2 : 'pipe', show ? 2 : 'pipe'] })
    if (child instanceof Error) {
      letGo()
      return resolve({ status: 127, output: notStarted(command, child) })
    }
    const keep = (text) => {
      output = (output + text).slice(-keptCharacters)
    }
    child.stdout?.setEncoding('utf8').on('data', keep)
    child.stderr?.setEncoding('utf8').on('data', keep)
    const limit = limitMs > 0 ? setTimeout(() => child.kill('SIGKILL'), limitMs) : null
    const finish = (status) => {
      letGo()
      if (limit) clearTimeout(limit)
      resolve({ status, output })
    }
    child.on('error', (error) => {
      keep(notStarted(command, error))
      finish(127)
    })
    child.on('close', (status, signal) => finish(status ?? signalStatus(signal)))
  })
}

/** For lack of files or memory Node throws; other errors it emits. */
function start(command, args, options) {
  try {
    return spawn(command, args, options)
  } catch (error) {
    return error
  }
}

const notStarted = (command, error) => `${command} cannot be started: ${systemReason(error.code)}.`

/**
 * Passes signals that would end this process to `listener` until the returned function is called. Call it before
 * starting the process that they are meant for: a signal in between would end only this one.
 */
export function onSignals(listener) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => ({ signal, handler: () => listener(signal) }))
  for (const { signal, handler } of handlers) process.on(signal, handler)
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler)
  }
}

/** Returns the status with which a shell reports a signal. */
export function signalStatus(signal) {
  return 128 + (system.signals[signal] ?? 0)
}

/** Returns the path of a program in PATH, or `null`. */
export function findProgram(name, path = process.env['PATH'] ?? '') {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      if (statSync(file).isFile()) return file
    } catch {
      // Not in this folder.
    }
  }
  return null
}
