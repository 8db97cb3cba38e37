#!/usr/bin/env node
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

// `npm run soak [-- --minutes N] [-- --only PHASE[,PHASE]] [-- --short]`: checks that the built program does not change
// while it works for a long time: memory flat, descriptors and timers as before. `docs/soak.md` describes each phase.
// Status 1 when a check failed, 3 when none failed but the result is not certain.

/** The amount of data that the `online` phase must carry: a gigabyte. */
const ONLINE_MEGABYTES = 1024
const root = dirname(dirname(import.meta.dirname))
const {
  module: { soak, phaseNames, percent }
} = await runnerImport(new URL('soak.ts', import.meta.url).pathname)
const values = options()
const only = values.only === undefined ? null : values.only.split(',')
for (const name of only ?? [])
  if (!phaseNames.includes(name)) wrongUsage(`there is no phase ${name}; there are: ${phaseNames.join(', ')}`)
const minutes = Number(values.minutes)
if (!(minutes > 0 && minutes <= 600)) wrongUsage(`--minutes takes a number up to 600, not ${values.minutes}`)
const form = values.short
  ? { kind: 'short' }
  : { kind: 'long', seconds: minutes * 60, onlineMegabytes: ONLINE_MEGABYTES }

process.stdout.write(
  '| phase | warm-up | work | seconds | at rest, after the warm-up and after the work | growth an hour (± standard error) | RSS | descriptors before, after | held |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n'
)
const results = await soak({ root, form, only, report: printed })
const failed = results.filter(({ failures }) => failures.length > 0)
const unknown = results.filter(({ failures, growth }) => failures.length === 0 && growth?.kind === 'unknown')
process.stdout.write('\n')
for (const { name, failures } of failed)
  for (const sentence of failures) process.stdout.write(`${name}: ${sentence}.\n`)
for (const { name, growth } of unknown)
  process.stdout.write(`${name}: it is not shown that memory stays flat: ${growth.why}; give it more --minutes.\n`)
process.stdout.write(
  `Of ${results.length} phases ${results.length - failed.length - unknown.length} held, ${failed.length} did not, and of ${unknown.length} it is not shown.\n`
)
process.exit(failed.length > 0 ? 1 : unknown.length > 0 ? 3 : 0)

function printed({
  name,
  unit,
  warmUpCount,
  count,
  seconds,
  warmBytes,
  leftBytes,
  growth,
  rssBytes,
  descriptorsBefore,
  descriptorsAfter,
  failures
}) {
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`
  const cells = [
    name,
    `${warmUpCount} ${unit}`,
    `${count} ${unit}`,
    seconds.toFixed(0),
    `${megabytes(warmBytes)}, ${megabytes(leftBytes)}`,
    growth ? `${percent(growth.anHour)} ± ${percent(growth.error)}` : 'not asked',
    megabytes(rssBytes),
    `${descriptorsBefore}, ${descriptorsAfter}`,
    failures.length > 0 ? 'no' : growth?.kind === 'unknown' ? 'not shown' : 'yes'
  ]
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}

function options() {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string', default: '20' },
        only: { type: 'string' },
        short: { type: 'boolean', default: false }
      }
    }).values
  } catch (error) {
    return wrongUsage(error.message.split('.')[0])
  }
}

function wrongUsage(sentence) {
  process.stderr.write(`soak: ${sentence}.\n`)
  process.exit(2)
}
