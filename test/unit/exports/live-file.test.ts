import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LiveFile, RecordingError } from '../../../src/main/timeline/exports/live-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'live-file-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a file that is written while the simulator runs', () => {
  it('is complete when it is closed', async () => {
    const path = join(folder, 'whole')
    const file = await LiveFile.open(path, { name: 'capture', onFault: () => {} })
    for (let n = 0; n < 1000; n++) file.write(Buffer.from(`line ${n}\n`))
    await file.close()
    expect(readFileSync(path, 'latin1').split('\n')).toHaveLength(1001)
    expect([file.bytes, file.fault]).toEqual([readFileSync(path).length, null])
  })

  it.each([
    [join(folder, 'none/x'), 'its folder does not exist'],
    [folder, 'it is a folder']
  ])('cannot be had at %s', async (path, reason) => {
    const opening = LiveFile.open(path, { name: 'capture', onFault: () => {} })
    await expect(opening).rejects.toThrow(new RecordingError(`The capture ${path} cannot be written: ${reason}.`))
  })

  it('ends with one sentence when the disk stands still and too much waits', async () => {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const reader = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
    const faults: string[] = []
    const file = await LiveFile.open(path, { name: 'capture', onFault: (sentence) => faults.push(sentence) })
    for (let n = 0; n < 40; n++) file.write(new Uint8Array(2 ** 20))
    expect(faults).toEqual([`The capture ${path} ends after 0 bytes: the disk takes it too slowly, and 32 MiB wait.`])
    expect(file.fault).toBe(faults[0])
    // The write fails once nobody can read it any more.
    closeSync(reader)
    await file.close()
    expect(faults).toHaveLength(1)
  })

  it.each([0o022, 0, 0o777])(
    'S-13: is for its owner alone with umask %o, also where others could read the one before',
    async (umask) => {
      const [fresh, older] = [join(folder, `fresh-${umask}`), join(folder, `older-${umask}`)]
      writeFileSync(older, 'before', { mode: 0o644 })
      const before = process.umask(umask)
      try {
        for (const path of [fresh, older])
          await (await LiveFile.open(path, { name: 'transcript', onFault: () => {} })).close()
      } finally {
        process.umask(before)
      }
      for (const path of [fresh, older]) expect(statSync(path).mode & 0o777).toBe(0o600)
    }
  )

  it('S-13: leaves the rights of a device and of a pipe alone', async () => {
    const pipe = join(folder, 'their-pipe')
    execFileSync('mkfifo', ['-m', '666', pipe])
    const reader = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    for (const path of [pipe, '/dev/null']) {
      const mode = statSync(path).mode
      await (await LiveFile.open(path, { name: 'key log', onFault: () => {} })).close()
      expect(statSync(path).mode).toBe(mode)
    }
    closeSync(reader)
  })

  it('a pipe that nobody reads cannot be had', async () => {
    const path = join(folder, 'unread')
    execFileSync('mkfifo', [path])
    const opening = LiveFile.open(path, { name: 'capture', onFault: () => {} })
    await expect(opening).rejects.toThrow(`The capture ${path} cannot be written: no program reads the pipe.`)
  })
})
