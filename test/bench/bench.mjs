#!/usr/bin/env node
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { dial } from './dial.mjs'
import { flood } from './flood.mjs'
import { ftp } from './ftp.mjs'
import { measureAll } from './measure.mjs'
import { pacing } from './pacing.mjs'
import { benchmarksPage } from './page.mjs'
import { missingPeers } from './peers.mjs'
import { roundTrip } from './round-trip.mjs'
import { slowestInputs } from './slowest-inputs.mjs'
import { start } from './start.mjs'
import { timelineWindow } from './timeline-window.mjs'
import { timeline } from './timeline.mjs'
import { tlsEngine } from './tls-engine.mjs'
import { transfer } from './transfer.mjs'
import { windowSize } from './window-size.mjs'
import { withWindow } from './with-window.mjs'

/**
 * `npm run bench [-- --only NAME] [-- --rounds N]`: measures the built simulator, in ratios to other programs run in
 * the same minutes. A whole run writes docs/benchmarks.md; a part, or fewer rounds, only prints. Results are written
 * even when a part fails or the run is interrupted; the page then says what is missing. Status 1 when a part failed, 2
 * for wrong usage, 3 when programs are missing, 130 when interrupted.
 */
const root = dirname(dirname(import.meta.dirname))
/** The fewest rounds for a reliable median on a busy machine. */
const fullRounds = 21

/** The parts by name: the programs that each needs besides the simulator, and its measurement. */
const parts = {
  roundTrip: { needs: ['cc'], measure: (common) => roundTrip({ ...common, tripsARound: 500 }) },
  dial: { needs: ['cc', 'openssl'], measure: (common) => dial({ ...common, dialsARound: 40 }) },
  // Whole packets of either size: an incomplete last packet would wait for txTo, which is the host's setting.
  transfer: { needs: ['cc', 'openssl', 'gnutls-cli'], measure: (common) => transfer({ ...common, bytes: 4_500_000 }) },
  ftp: { needs: ['cc', 'openssl', 'proftpd', 'curl'], measure: (common) => ftp({ ...common, bytes: 16_000_000 }) },
  tls: { needs: ['openssl'], measure: ({ progress }) => tlsEngine(progress) },
  // Each round has a million events, so fewer rounds are enough.
  timeline: { needs: [], measure: (common) => timeline({ ...common, rounds: Math.min(common.rounds, 7) }) },
  timelineWindow: { needs: ['chromium'], measure: (common) => timelineWindow({ ...common, events: 1_000_000 }) },
  // Many times longer than the interval between two batches.
  withWindow: {
    needs: ['cc', 'chromium'],
    measure: (common) => withWindow({ ...common, rounds: Math.min(common.rounds, 7), tripsARound: 20_000 })
  },
  // Each round has two floods, with hundreds of frames.
  flood: {
    needs: ['cc', 'chromium'],
    measure: (common) => flood({ ...common, rounds: Math.min(common.rounds, 7), ms: 5000 })
  },
  windowSize: { needs: [], measure: ({ root }) => Promise.resolve(windowSize(root)) },
  pacing: { needs: [], measure: (common) => pacing(common) },
  start: { needs: [], measure: (common) => start(common) },
  slowestInputs: {
    needs: [],
    measure: ({ rounds, progress }) => slowestInputs({ rounds: Math.min(rounds, 7), progress })
  }
}

const values = options()
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) end(2, `--rounds takes a number from 1, not ${values.rounds}`)
const names = values.only === undefined ? Object.keys(parts) : [values.only]
if (!names.every((name) => name in parts))
  end(2, `there is no part ${values.only}; there are: ${Object.keys(parts).join(', ')}`)
const needs = names.flatMap((name) => parts[name].needs)
const missing = missingPeers(needs)
if (missing !== null) end(3, missing)

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
const folder = mkdtempSync(join(tmpdir(), 'telit-sim-bench-'))
try {
  const common = { root, folder, rounds, ...prepare() }
  const work = Object.fromEntries(
    names.map((name) => [name, () => parts[name].measure({ ...common, progress: shown(name) })])
  )
  const { results, failures } = await measureAll(work, {
    signal: interrupted.signal,
    done: () => process.stderr.write('\n')
  })
  const page = benchmarksPage(root, results, rounds, failures)
  process.stdout.write(page)
  if (values.only === undefined && rounds >= fullRounds) writeFileSync(join(root, 'docs/benchmarks.md'), page)
  for (const [name, why] of Object.entries(failures)) process.stderr.write(`bench: ${name} was not measured: ${why}\n`)
  process.exitCode = interrupted.signal.aborted ? 130 : Object.keys(failures).length > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
// A part that was given up may still wait for its peers.
if (interrupted.signal.aborted) process.exit()

/** Prepares the host program, the server's key and the links that the selected parts need. */
function prepare() {
  const hostProgram = join(folder, 'client')
  if (needs.includes('cc')) execFileSync('cc', ['-O2', '-o', hostProgram, join(import.meta.dirname, 'client.c')])
  const pki = { certificate: join(folder, 'server.crt'), key: join(folder, 'server.key') }
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-sha256',
    '-subj',
    '/CN=localhost',
    '-days',
    '2',
    '-keyout',
    pki.key,
    '-out',
    pki.certificate
  ]
  if (needs.includes('openssl')) execFileSync('openssl', request, { stdio: 'ignore' })
  const links = [join(folder, 'tty0'), join(folder, 'tty1')]
  return { hostProgram, pki, link: links[0], links }
}

function options() {
  try {
    return parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string', default: String(fullRounds) } } })
      .values
  } catch (error) {
    return end(2, error.message.split('.')[0])
  }
}

function end(status, sentence) {
  process.stderr.write(`bench: ${sentence}\n`)
  process.exit(status)
}

function shown(name) {
  return (round) => process.stderr.write(`\r\x1b[K${name}: ${round}`)
}
