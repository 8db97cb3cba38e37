import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { identityOf } from '../../../src/main/host/process-identity.ts'
import { makeTemporaryFolder } from '../../../src/main/host/temporary-folder.ts'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'temporary-folder-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

function folderOf(name: string, owner: string | null): string {
  const folder = join(parent, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'lab-pki.json'), '{}')
  if (owner !== null) writeFileSync(join(folder, 'owner.json'), owner)
  return folder
}

it('removes what a killed simulator left, and nothing else', () => {
  // This process's number with another start time: an earlier process with the same number.
  const left = folderOf('telit-sim-lab-left', JSON.stringify({ pid: process.pid, startTime: 'before' }))
  const stay = [
    folderOf('telit-sim-lab-runs', JSON.stringify(identityOf(process.pid))),
    folderOf('telit-sim-lab-begun', null),
    folderOf('telit-sim-lab-broken', '{"pid":"1"'),
    folderOf('telit-sim-lab-odd', '{"pid":-1,"startTime":"x"}'),
    folderOf('of-another-program', JSON.stringify({ pid: process.pid, startTime: 'before' }))
  ]
  const made = makeTemporaryFolder(parent)
  expect(existsSync(left)).toBe(false)
  expect(stay.filter((folder) => !existsSync(folder))).toEqual([])
  expect(readdirSync(parent)).toHaveLength(stay.length + 1)
  expect(existsSync(makeTemporaryFolder(parent)) && existsSync(made)).toBe(true)
})
