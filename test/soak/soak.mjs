#!/usr/bin/env node
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

/**
 * `npm run soak [-- --minutes N] [-- --only PHASE[,PHASE]] [-- --short]`: whether the built program stays as it is while it works for
 * long: memory flat, descriptors and timers as before. `docs/soak.md` says what each phase does. Status 1 when something did not hold.
 */
const root = dirname(dirname(import.meta.dirname))
const { module: { soak, phaseNames, percent } } = await runnerImport(new URL('soak.ts', import.meta.url).pathname)
const values = options()
const only = values.only === undefined ? null : values.only.split(',')
for (const name of only ?? []) if (!phaseNames.includes(name)) wrongUsage(`there is no phase ${name}; there are: ${phaseNames.join(', ')}`)
const minutes = values.short ? 0.5 : Number(values.minutes)
if (!(minutes > 0 && minutes <= 600)) wrongUsage(`--minutes takes a number up to 600, not ${values.minutes}`)
// Half of the time is warm-up.
const secondsAPhase = (minutes * 60) / (only ?? phaseNames).length / 2

process.stdout.write('| phase | work | seconds | heap and buffers | growth an hour (± standard error) | RSS | descriptors before, after | held |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n')
const results = await soak({ root, secondsAPhase, only, onlineMegabytes: values.short ? 20 : 1024, fill: !values.short, report: printed })
const failed = results.filter(({ failures }) => failures.length > 0)
process.stdout.write('\n')
for (const { name, failures } of failed) for (const sentence of failures) process.stdout.write(`${name}: ${sentence}.\n`)
process.stdout.write(failed.length === 0 ? `${results.length} phases held.\n` : `${failed.length} of ${results.length} phases did not hold.\n`)
process.exit(failed.length === 0 ? 0 : 1)

function printed({ name, unit, count, seconds, levelBytes, growthAnHour, growthError, rssBytes, before, after, failures }) {
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`
  const cells = [
    name, `${count} ${unit}`, seconds.toFixed(0), megabytes(levelBytes), `${percent(growthAnHour)} ± ${percent(growthError)}`, megabytes(rssBytes),
    `${before.descriptors}, ${after.descriptors}`, failures.length === 0 ? 'yes' : 'no'
  ]
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}

function options() {
  try {
    return parseArgs({ options: { minutes: { type: 'string', default: '20' }, only: { type: 'string' }, short: { type: 'boolean', default: false } } }).values
  } catch (error) {
    return wrongUsage(error.message.split('.')[0])
  }
}

function wrongUsage(sentence) {
  process.stderr.write(`soak: ${sentence}.\n`)
  process.exit(2)
}
