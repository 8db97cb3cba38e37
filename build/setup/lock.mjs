import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SetUpError, systemReason } from './run.mjs'

const lookAgainMs = 100
/** Longer than the slowest install with a compiler. */
const patienceMs = 15 * 60_000

/**
 * Runs `work` while no other process does so in the same checkout, so that two simulators started at once do not
 * install or build at the same time.
 */
export async function withLock(file, work, { limitMs = patienceMs } = {}) {
  const deadline = Date.now() + limitMs
  while (!take(file)) {
    if (Date.now() > deadline)
      throw new SetUpError(
        `Another process (pid ${owner(file)}) has been setting up for too long; end it, or remove ${file}.`
      )
    await pause(lookAgainMs)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    mkdirSync(dirname(file), { recursive: true })
  } catch (error) {
    throw new SetUpError(
      `The folder ${dirname(file)}, which set-up and build write into, cannot be created: ${systemReason(error.code)}.`
    )
  }
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST')
      throw new SetUpError(`The file ${file} cannot be written: ${systemReason(error.code)}.`)
  }
  // Such a lock would never be released.
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false)
    throw new SetUpError(`The lock ${file} is not a file; remove it.`)
  const pid = owner(file)
  // Its owner ended without removing it. An empty file is just being written.
  if (pid !== null && !isAlive(pid)) rmSync(file, { force: true })
  return false
}

function owner(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || null
  } catch {
    return null
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
