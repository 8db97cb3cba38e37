import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultLinkPath, PortError, runtimeFolder } from '../../../src/main/ports/index.ts'
import { scratchFolder } from './scratch-folder.ts'

describe.skipIf(process.platform === 'win32')('the runtime folder', () => {
  it("is made in the user's runtime folder, for its owner alone", () => {
    const base = scratchFolder()
    const folder = runtimeFolder({ XDG_RUNTIME_DIR: base })
    expect(folder).toBe(join(base, 'telit-sim'))
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(defaultLinkPath(2, { XDG_RUNTIME_DIR: base })).toBe(join(base, 'telit-sim', 'tty2'))
  })

  it('closes a folder that had been left open to others', () => {
    const base = scratchFolder()
    mkdirSync(join(base, 'telit-sim'))
    chmodSync(join(base, 'telit-sim'), 0o777)
    expect(statSync(runtimeFolder({ XDG_RUNTIME_DIR: base })).mode & 0o777).toBe(0o700)
  })

  it('is in the temporary folder, named after the user, where there is no runtime folder', () => {
    const expected = join(tmpdir(), `telit-sim-${process.geteuid!()}`)
    expect(runtimeFolder({})).toBe(expected)
    expect(runtimeFolder({ XDG_RUNTIME_DIR: '/no/such/folder' })).toBe(expected)
  })

  it('refuses what somebody else put in its place', () => {
    const base = scratchFolder()
    symlinkSync(tmpdir(), join(base, 'telit-sim'))
    expect(() => runtimeFolder({ XDG_RUNTIME_DIR: base })).toThrow(PortError)
    expect(() => runtimeFolder({ XDG_RUNTIME_DIR: base })).toThrow(/belongs to another user/)
  })

  it('says in one sentence why it cannot be made', () => {
    const base = scratchFolder()
    writeFileSync(join(base, 'telit-sim'), '')
    expect(() => runtimeFolder({ XDG_RUNTIME_DIR: base })).toThrow(
      /cannot be created: something else exists at its path/
    )
  })
})
