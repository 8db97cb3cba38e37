import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../../src/shared/calls/diagnosis.ts'
import { runSimulator, startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'

let simulator: SimulatorProcess

beforeAll(async () => {
  simulator = await startSimulatorProcess(['--lab', 'off'])
})
afterAll(() => simulator.stop())

async function doctor(
  ...args: readonly string[]
): Promise<{ status: number | null; text: string; found: readonly Diagnosis[] }> {
  const run = runSimulator(['doctor', ...args])
  const { status } = await run.ended
  const text = run.stdout()
  const found = args.includes('--json') ? (JSON.parse(text) as { found: readonly Diagnosis[] }).found : []
  return { status, text, found }
}

describe('telit-sim doctor beside a simulator that runs', () => {
  it('finds its port, and the settings of the line', async () => {
    const { status, found } = await doctor(simulator.link, '--json')
    // Of this machine there may be something to say as well.
    const problems = found.filter(({ verdict }) => verdict === 'problem')
    expect(problems.filter(({ about }) => !['limits', 'adapter', 'packages'].includes(about))).toEqual([])
    expect(status).toBe(problems.length > 0 ? 1 : 0)
    // As the kernel has it, whole.
    const most = readFileSync('/proc/sys/kernel/pty/max', 'utf8').trim()
    expect(found.find(({ about }) => about === 'pty')?.sentence).toContain(` of ${most} are in use.`)
    const sentences = found.map(({ sentence }) => sentence)
    expect(sentences).toContainEqual(expect.stringContaining(`${simulator.link} leads to /dev/pts/`))
    expect(sentences).toContainEqual(expect.stringContaining('is in raw mode without echo'))
  })

  it('names the program that has the port', async () => {
    const descriptor = openSync(simulator.link, 'r+')
    try {
      const { found } = await doctor(simulator.link, '--json')
      expect(found).toContainEqual(
        expect.objectContaining({
          about: 'holder',
          sentence: expect.stringContaining(`(pid ${process.pid}) has ${simulator.link} open`)
        })
      )
    } finally {
      closeSync(descriptor)
    }
  })

  it('does not open a port that a program has, whatever its mode', async () => {
    const descriptor = openSync(simulator.link, 'r+')
    try {
      // While somebody holds it nobody gives the mode back.
      execFileSync('stty', ['-F', simulator.link, 'icanon', 'echo'])
      // And nobody else opens it to look.
      expect((await doctor(simulator.link, '--json')).found.map(({ about }) => about)).not.toContain('line')
    } finally {
      closeSync(descriptor)
    }
  })

  it('tells of a lock, of a link that leads elsewhere, and of nothing at all, with status 1', async () => {
    const lock = `/run/lock/LCK..pts_${basename(readlinkSync(simulator.link))}`
    writeFileSync(lock, '       999999\n')
    try {
      const { status, text } = await doctor(simulator.link)
      expect(status).toBe(1)
      expect(text).toContain(`problem  ${lock} was left by a program that has ended`)
      expect(text).toContain(`→ rm ${lock}`)
      expect(text).toMatch(/\d problems? found\.\n$/)
    } finally {
      rmSync(lock)
    }
    const elsewhere = join(simulator.folder, 'elsewhere')
    symlinkSync('/nowhere', elsewhere)
    const [stray, missing, usage] = await Promise.all([
      doctor(elsewhere),
      doctor(join(simulator.folder, 'none')),
      doctor('--fast')
    ])
    expect(stray.text).toContain(`${elsewhere} leads to /nowhere, where no terminal is.`)
    expect(missing.text).toContain(`There is nothing at ${join(simulator.folder, 'none')}.`)
    expect([stray.status, missing.status, usage.status]).toEqual([1, 1, 2])
  })
})
