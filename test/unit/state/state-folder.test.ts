import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { identityOf } from '../../../src/main/host/process-identity.ts'
import { StateFolder } from '../../../src/main/state/state-folder.ts'
import { scratchFolder } from '../ports/scratch-folder.ts'

describe('the lock of a state folder', () => {
  it('names the process that has it, and goes with release', () => {
    const path = scratchFolder()
    const folder = StateFolder.claim(path)
    expect(JSON.parse(readFileSync(join(path, 'lock'), 'utf8'))).toEqual(identityOf(process.pid))
    expect(() => StateFolder.claim(path)).toThrow(`The state folder ${path} is in use by the process ${process.pid}.`)
    folder.release()
    folder.release()
    expect(existsSync(join(path, 'lock'))).toBe(false)
    StateFolder.claim(path).release()
  })

  it('of a process that ended, or of another process with its number, holds nobody off', () => {
    const path = scratchFolder()
    const { pid, startTime } = identityOf(process.pid)
    for (const left of [{ pid: 2 ** 22 + 1, startTime: '1' }, { pid, startTime: `${startTime}0` }]) {
      writeFileSync(join(path, 'lock'), JSON.stringify(left))
      StateFolder.claim(path).release()
    }
  })

  it('that was half written, or is of no process, holds nobody off', () => {
    const path = scratchFolder()
    for (const left of ['', '{"pid":', '{"pid":-1}', 'null', '"x"']) {
      writeFileSync(join(path, 'lock'), left)
      StateFolder.claim(path).release()
    }
    expect(existsSync(join(path, `lock.${process.pid}.dead`))).toBe(false)
  })

  it('of a living process is respected', async () => {
    const path = scratchFolder()
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
    await new Promise((resolve) => other.once('spawn', resolve))
    writeFileSync(join(path, 'lock'), JSON.stringify(identityOf(other.pid!)))
    expect(() => StateFolder.claim(path)).toThrow(`in use by the process ${other.pid}.`)
    other.stdin!.end()
    await new Promise((resolve) => other.once('exit', resolve))
    StateFolder.claim(path).release()
  })
})
