import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileReason, whenRead } from '../../../src/main/host/file-reason.ts'

function errorOf(file: string): unknown {
  try {
    writeFileSync(file, '')
  } catch (error) {
    return error
  }
  throw new Error(`${file} was written.`)
}

describe('why a file cannot be had', () => {
  it('tells a folder that is not there from one that takes no files', () => {
    expect(fileReason(errorOf(join(tmpdir(), 'there-is-no-such-folder', 'x')))).toBe('its folder does not exist')
    if (process.platform === 'linux')
      expect(fileReason(errorOf('/proc/x'))).toBe('no file can be created in its folder')
  })

  it('has words of its own for a file that is read', () => {
    expect(fileReason(Object.assign(new Error(), { code: 'ENOENT', path: '/proc/x' }), whenRead)).toBe(
      'there is no such file'
    )
  })

  it('says what the system says where there are no better words', () => {
    expect(fileReason(Object.assign(new Error(), { code: 'EDOM' }))).toBe('the system reports EDOM')
    expect(fileReason(new Error('No such luck.'))).toBe('the system reports No such luck.')
  })
})
