#!/usr/bin/env node
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { dial } from './dial.mjs'
import { flood } from './flood.mjs'
import { ftp } from './ftp.mjs'
import { benchmarksPage } from './page.mjs'
import { pacing } from './pacing.mjs'
import { roundTrip } from './round-trip.mjs'
import { slowestInputs } from './slowest-inputs.mjs'
import { start } from './start.mjs'
import { tlsEngine } from './tls-engine.mjs'
import { timeline } from './timeline.mjs'
import { timelineWindow } from './timeline-window.mjs'
import { transfer } from './transfer.mjs'
import { withWindow } from './with-window.mjs'

/**
 * `npm run bench [-- --only NAME] [-- --rounds N]`: how fast the built simulator is, in ratios against other programs run
 * in the same minutes. All of it writes docs/benchmarks.md; a part, or fewer rounds, only prints.
 */
const root = dirname(dirname(import.meta.dirname))
/** The fewest that a median is worth something on a machine with other things to do. */
const fullRounds = 21
const partNames = ['roundTrip', 'dial', 'transfer', 'ftp', 'tls', 'timeline', 'timelineWindow', 'withWindow', 'flood', 'pacing', 'start', 'slowestInputs']

const values = options()
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) wrongUsage(`--rounds takes a number from 1, not ${values.rounds}`)
if (values.only !== undefined && !partNames.includes(values.only)) wrongUsage(`there is no part ${values.only}; there are: ${partNames.join(', ')}`)
const folder = mkdtempSync(join(tmpdir(), 'telit-sim-bench-'))
try {
  const hostProgram = join(folder, 'client')
  execFileSync('cc', ['-O2', '-o', hostProgram, join(import.meta.dirname, 'client.c')])
  const pki = { certificate: join(folder, 'server.crt'), key: join(folder, 'server.key') }
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-sha256', '-subj', '/CN=localhost', '-days', '2', '-keyout', pki.key, '-out', pki.certificate]
  execFileSync('openssl', request, { stdio: 'ignore' })
  const links = [join(folder, 'tty0'), join(folder, 'tty1')]
  const common = { root, folder, hostProgram, pki, rounds, link: links[0], links }
  const parts = {
    roundTrip: () => roundTrip({ ...common, tripsARound: 500, progress: shown('round trip') }),
    dial: () => dial({ ...common, dialsARound: 40, progress: shown('dial') }),
    // Whole packets of either size: a last one that is not full would wait for txTo, which is the host's choice and no cost.
    transfer: () => transfer({ ...common, bytes: 4_500_000, progress: shown('transfer') }),
    ftp: () => ftp({ ...common, bytes: 16_000_000, progress: shown('ftp') }),
    tls: () => tlsEngine(shown('TLS engine')),
    // A million events each round: fewer rounds tell as much.
    timeline: () => timeline({ ...common, rounds: Math.min(rounds, 7), progress: shown('timeline') }),
    timelineWindow: () => timelineWindow({ ...common, events: 1_000_000, progress: shown('timeline in the window') }),
    // Longer than the time between two batches many times over.
    withWindow: () => withWindow({ ...common, rounds: Math.min(rounds, 7), tripsARound: 20_000, progress: shown('with a window') }),
    // Each round floods twice, and frames are counted by the hundred.
    flood: () => flood({ ...common, rounds: Math.min(rounds, 7), ms: 5000, progress: shown('flood') }),
    pacing: () => pacing({ ...common, progress: shown('pacing') }),
    start: () => start({ ...common, progress: shown('start') }),
    slowestInputs: () => slowestInputs({ rounds: Math.min(rounds, 7), progress: shown('slowest inputs') })
  }
  const results = {}
  for (const [name, measure] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== name) continue
    results[name] = await measure()
    process.stderr.write('\n')
  }
  const page = benchmarksPage(root, results, rounds)
  process.stdout.write(page)
  if (values.only === undefined && rounds >= fullRounds) writeFileSync(join(root, 'docs/benchmarks.md'), page)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function options() {
  try {
    return parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string', default: String(fullRounds) } } }).values
  } catch (error) {
    return wrongUsage(error.message.split('.')[0])
  }
}

function wrongUsage(sentence) {
  process.stderr.write(`bench: ${sentence}\n`)
  process.exit(2)
}

function shown(name) {
  return (round) => process.stderr.write(`\r\x1b[K${name}: ${round}`)
}
