import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { identityOf } from '../../../src/main/host/process-identity.ts'
import { FileNvmStore } from '../../../src/main/state/file-nvm-store.ts'
import { StateError } from '../../../src/main/state/state-error.ts'
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
    for (const left of [
      { pid: 2 ** 22 + 1, startTime: '1' },
      { pid, startTime: `${startTime}0` }
    ]) {
      writeFileSync(join(path, 'lock'), JSON.stringify(left))
      StateFolder.claim(path).release()
    }
  })

  it('that was half written, or is of no process, holds nobody off', () => {
    const path = scratchFolder()
    for (const left of ['', '{"p', '{"pid":', '{"pid":-1}']) {
      writeFileSync(join(path, 'lock'), left)
      StateFolder.claim(path).release()
    }
    expect(existsSync(join(path, `lock.${process.pid}.dead`))).toBe(false)
  })

  it.each(['null', '"x"', 'precious'])('S-7: that no simulator wrote is respected, and stays: %s', (content) => {
    const path = scratchFolder()
    writeFileSync(join(path, 'lock'), content)
    expect(() => StateFolder.claim(path)).toThrow(
      new StateError(`The state folder ${path} cannot be used: its file lock was not written by a simulator.`)
    )
    expect(readFileSync(join(path, 'lock'), 'utf8')).toBe(content)
  })

  it('S-11: that is a folder or a pipe is refused with a sentence, and not waited for', () => {
    for (const make of [(lock: string) => mkdirSync(lock), (lock: string) => execFileSync('mkfifo', [lock])]) {
      const path = scratchFolder()
      make(join(path, 'lock'))
      expect(() => StateFolder.claim(path)).toThrow(
        /^The state folder .* cannot be used: its lock cannot be read, because it is a (folder|pipe, not a file)\.$/
      )
      expect(existsSync(join(path, 'lock'))).toBe(true)
    }
  })

  it('S-13: is for its owner alone, whatever the umask', () => {
    const path = scratchFolder()
    const before = process.umask(0o777)
    try {
      StateFolder.claim(path)
    } finally {
      process.umask(before)
    }
    expect(statSync(join(path, 'lock')).mode & 0o777).toBe(0o600)
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

describe('a state folder that was moved away', () => {
  function moved(): { path: string; away: string; folder: StateFolder; said: string[]; store: FileNvmStore } {
    const path = join(scratchFolder(), 'state')
    const said: string[] = []
    const folder = StateFolder.claim(path)
    folder.onLost = (sentence) => said.push(sentence)
    const store = new FileNvmStore(path, 'HE910', { assertHeld: () => folder.assertHeld() })
    store.save('{"mine":1}')
    const away = `${path}-away`
    renameSync(path, away)
    return { path, away, folder, said, store }
  }

  const sentence = (path: string): string =>
    `The state folder ${path} is no longer this simulator's, for it was moved away or replaced: nothing more is written there.`

  it('S-12: and made anew by another simulator is neither written nor unlocked; that is said once', () => {
    const { path, folder, said, store } = moved()
    mkdirSync(join(path, 'HE910'), { recursive: true })
    const lock = JSON.stringify(identityOf(1))
    writeFileSync(join(path, 'lock'), lock)
    for (let times = 0; times < 2; times += 1)
      expect(() => store.save('{"mine":2}')).toThrow(new StateError(sentence(path)))
    expect(() => store.setAside()).toThrow(StateError)
    folder.release()
    expect(said).toEqual([sentence(path)])
    expect(existsSync(join(path, 'HE910/nvm.json'))).toBe(false)
    expect(readFileSync(join(path, 'lock'), 'utf8')).toBe(lock)
  })

  it('S-12: is not made again by a write, and is said at the end where nothing was written', () => {
    const { path, away, folder, said } = moved()
    folder.release()
    expect([existsSync(path), said]).toEqual([false, [sentence(path)]])
    expect(readFileSync(join(away, 'lock'), 'utf8')).toBe(JSON.stringify(identityOf(process.pid)))
  })

  it('S-12: and copied back with its lock is another folder', () => {
    const { path, away, store } = moved()
    execFileSync('cp', ['-a', away, path])
    expect(() => store.save('{"mine":2}')).toThrow(StateError)
    expect(readFileSync(join(path, 'HE910/nvm.json'), 'utf8')).toContain('{"mine":1}')
  })

  it("S-12: and back again is this simulator's", () => {
    const { path, away, folder, said, store } = moved()
    renameSync(away, path)
    store.save('{"mine":2}')
    folder.release()
    expect([said, existsSync(join(path, 'lock'))]).toEqual([[], false])
  })

  it('S-12: a lock that was cleared away out of the same folder is made anew, so that nobody else takes the folder', () => {
    const path = scratchFolder()
    const folder = StateFolder.claim(path)
    rmSync(join(path, 'lock'))
    folder.assertHeld()
    expect(() => StateFolder.claim(path)).toThrow('is in use by the process')
    folder.release()
    expect(existsSync(join(path, 'lock'))).toBe(false)
  })
})
