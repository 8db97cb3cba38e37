import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

// `npm run smoke` where the real Electron is not available.

const root = resolve(import.meta.dirname, '../..')

describe('npm run smoke', () => {
  it.skipIf(process.platform !== 'linux')('says in one sentence why nothing was tried, and ends with status 3', () => {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'build/smoke.mjs')], {
      env,
      encoding: 'utf8'
    })
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      'telit-sim: There is no display, so Electron cannot show a window: nothing was tried.'
    )
    expect([status, stdout]).toEqual([3, ''])
  })

  it('drives only steps that the checklist has, and the checklist says that nobody has run it', () => {
    const script = readFileSync(join(root, 'build/smoke.mjs'), 'utf8')
    const page = readFileSync(join(root, 'docs/not-tested.md'), 'utf8')
    const chapter = page.split('## Ten minutes with Electron')[1]!.split('\n## ')[0]!
    const listed = [...chapter.matchAll(/^(\d+)\. /gm)].map(([, number]) => number!)
    const driven = [...script.matchAll(/await step\((\d+), /g)].map(([, number]) => number!)
    expect(driven.length).toBeGreaterThan(5)
    expect(driven.filter((number) => !listed.includes(number))).toEqual([])
    expect(chapter).toContain('Nobody has run it with a real Electron')
  })
})
