import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run, startWithLine } from './programs.mjs'
import { interleaved, median, ratio } from './statistics.mjs'

/**
 * Measures the time from the start of the process to its ready line, and its memory then, against `node -e 0`. `kept`:
 * with a state folder that has the lab's keys, as on every start but the first. `first`: with new keys. `npmStart`: the
 * script behind `npm start` when nothing is to be set up, against the program itself, both with `--help`.
 */
export async function start({ root, link, folder, rounds, progress }) {
  const base = [join(root, 'out/main/cli.js'), '--headless', '--json', '--ui', 'off', '--link', link]
  const kept = join(folder, 'state')
  const timed = async (args) => {
    const startMs = performance.now()
    const simulator = await startWithLine(process.execPath, [...base, ...args])
    const elapsedMs = performance.now() - startMs
    const mb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${simulator.child.pid}/status`, 'utf8'))[1]) / 1024
    await simulator.stop()
    return { elapsedMs, mb }
  }
  const helped = async (script) => {
    const startMs = performance.now()
    await run(process.execPath, [join(root, script), '--help'])
    return { elapsedMs: performance.now() - startMs }
  }
  await timed(['--state', kept])
  const results = await interleaved(
    rounds,
    {
      node: async () => {
        const startMs = performance.now()
        await run(process.execPath, ['-e', '0'])
        const elapsedMs = performance.now() - startMs
        const { stdout } = await run(process.execPath, ['-e', 'console.log(process.memoryUsage.rss())'])
        return { elapsedMs, mb: Number(stdout) / 2 ** 20 }
      },
      kept: () => timed(['--state', kept]),
      noLab: () => timed(['--state', 'none', '--lab', 'off']),
      first: () => timed(['--state', 'none']),
      help: () => helped('out/main/cli.js'),
      helpThroughStart: () => helped('build/start.mjs')
    },
    progress
  )
  rmSync(kept, { recursive: true, force: true })
  const of = (name, what) => results[name].map((one) => one[what])
  const starts = Object.fromEntries(
    ['kept', 'noLab', 'first'].map((name) => [
      name,
      {
        timeRatio: ratio(of(name, 'elapsedMs'), of('node', 'elapsedMs')),
        memoryRatio: ratio(of(name, 'mb'), of('node', 'mb')),
        ms: median(of(name, 'elapsedMs')),
        mb: median(of(name, 'mb')),
        nodeMs: median(of('node', 'elapsedMs')),
        nodeMb: median(of('node', 'mb'))
      }
    ])
  )
  const npmStart = {
    timeRatio: ratio(of('helpThroughStart', 'elapsedMs'), of('help', 'elapsedMs')),
    ms: median(of('helpThroughStart', 'elapsedMs')),
    programMs: median(of('help', 'elapsedMs'))
  }
  return { starts, npmStart }
}
