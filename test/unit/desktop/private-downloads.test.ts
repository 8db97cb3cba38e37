import { EventEmitter } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeDownloadsPrivate } from '../../../src/main/desktop/private-downloads.ts'
import { scratchFolder } from '../ports/scratch-folder.ts'

it.each([
  ['completed', 0o600],
  ['cancelled', 0o644]
] as const)("S-13: what the window saves is its owner's once it is %s", (state, mode) => {
  const path = join(scratchFolder(), 'timeline.pcapng')
  writeFileSync(path, 'said', { mode: 0o644 })
  const session = new EventEmitter()
  makeDownloadsPrivate(session)
  const item = Object.assign(new EventEmitter(), { getSavePath: () => path })
  session.emit('will-download', {}, item)
  item.emit('done', {}, state)
  expect(statSync(path).mode & 0o777).toBe(mode)
})

it('S-13: a file that is gone by then stops nobody', () => {
  const session = new EventEmitter()
  makeDownloadsPrivate(session)
  const item = Object.assign(new EventEmitter(), { getSavePath: () => join(scratchFolder(), 'gone') })
  session.emit('will-download', {}, item)
  expect(() => item.emit('done', {}, 'completed')).not.toThrow()
})
