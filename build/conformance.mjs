#!/usr/bin/env node
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { conformance } from './reports/conformance-report.mjs'

/**
 * `npm run conformance`: lists every rule, decision and finding from outside with the tests that show it. Status 1 when
 * one has none and is not in `reports/put-off.json`, or when a test cites an unknown rule.
 */
const { tables, rows, missing, faults } = await conformance(dirname(dirname(fileURLToPath(import.meta.url))))
const linesOf = ({ rule, tests, putOff }) => [
  `${rule.id.padEnd(8)} ${rule.sentence}`,
  ...tests.map((test) => `           ${test.file}:${test.line}  ${test.title}`),
  ...(tests.length > 0 ? [] : [putOff === null ? '           NO TEST' : `           put off: ${putOff}`])
]
const text = tables.map((table) => `${table.heading}\n\n${table.rows.flatMap(linesOf).join('\n')}\n\n`).join('')
const shown = rows.filter((row) => row.tests.length > 0).length
const putOff = rows.length - shown - missing.length
process.stdout.write(
  `${text}${shown} of ${rows.length} rules and decisions shown by tests, ${putOff} put off, ${missing.length} missing.\n`
)
for (const { rule } of missing) process.stderr.write(`No test shows ${rule.id}.\n`)
for (const fault of faults) process.stderr.write(`${fault}\n`)
if (missing.length > 0 || faults.length > 0) process.exitCode = 1
