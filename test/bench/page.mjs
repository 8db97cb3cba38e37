import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { slowestInputsSection } from './slowest-inputs.mjs'
import { windowSizeSection } from './window-size.mjs'

/** The section of the page for each part, in order. */
const sections = {
  roundTrip: roundTripPart,
  dial: dialPart,
  transfer: transferPart,
  ftp: ftpPart,
  tls: tlsPart,
  timeline: timelinePart,
  timelineWindow: timelineWindowPart,
  withWindow: withWindowPart,
  flood: floodPart,
  windowSize: windowSizeSection,
  pacing: pacingPart,
  start: startPart,
  slowestInputs: slowestInputsSection
}

/**
 * Returns docs/benchmarks.md. `results` and `failures` are by the name of a part; a failure is one sentence. The page
 * names failed parts; a part in neither is left out.
 */
export function benchmarksPage(root, results, rounds, failures = {}) {
  const measured = Object.entries(sections)
    .filter(([name]) => results[name] !== undefined)
    .map(([name, section]) => section(results[name]))
  const findings = readFileSync(join(import.meta.dirname, 'findings.md'), 'utf8').trimEnd()
  return `${['# Benchmarks', introduction(rounds), ...notMeasured(failures), ...measured, findings].join('\n\n')}\n`
}

function notMeasured(failures) {
  const rows = Object.entries(failures).map(
    ([name, why]) => `- \`${name}\`: ${why}. (\`npm run bench -- --only ${name}\`)`
  )
  return rows.length === 0
    ? []
    : [`**Not measured in this run**, so that its rows are missing below:\n\n${rows.join('\n')}`]
}

function introduction(rounds) {
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(', ')
  return `Written by \`npm run bench\`, not by hand. Every figure is a ratio to another program that was measured in turn with the
simulator, round by round, in the same minutes; the median of ${rounds} rounds, with the first and third quarter in brackets.
Absolute figures are there for orientation only: they are this machine's.

| | |
| --- | --- |
| date | ${new Date().toISOString().slice(0, 10)} |
| machine | ${cpus().length} cores, ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}; load average at the end ${load} |
| versions | Node ${process.version}, ${firstLine('openssl', 'version')}, ${firstLine('gnutls-cli', '--version')} |
| command | \`npm run bench\` |`
}

/** Returns the first line of a program's output; empty when the program is missing. */
function firstLine(command, ...args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8' }).split('\n')[0]
  } catch {
    return `no ${command}`
  }
}

function roundTripPart({ ratio, simulator, bare }) {
  return `## AT round trip over the pty

A C program writes \`AT\` and waits for \`OK\`, against a Node program that answers \`OK\` to every line on a pty of the same
kind (same native open, same reading and writing) and does nothing else.

| | simulator | bare Node | ratio | target |
| --- | --- | --- | --- | --- |
| median | ${us(simulator.p50)} | ${us(bare.p50)} | **${spread(ratio)}** | 1.2 ${met(ratio.median <= 1.2)} |
| 99th percentile | ${us(simulator.p99)} | ${us(bare.p99)} | ${(simulator.p99 / bare.p99).toFixed(2)} | reported |`
}

function tlsPart(results) {
  const rows = results.map(
    ({ name, ratio, target, detail }) =>
      `| ${name} | **${ratio.toFixed(2)}** | ${bound(target)} ${met(isWithin(target, ratio))} | ${detail} |`
  )
  return `## TLS engine

In one process, without sockets: the record layer against node:crypto's bare cipher and HMAC in series, handshakes against
OpenSSL's.

| | ratio | target | |
| --- | --- | --- | --- |
${rows.join('\n')}`
}

function dialPart({ ratio, simulator, openssl }) {
  return `## #SSLD to its result

TCP connection and full TLS 1.0 handshake (AES128-SHA, RSA 2048, nothing verified) with \`openssl s_server\`, from the
command to \`OK\` at the C program on the pty, against \`openssl s_time -new\` on the same server.

| | simulator | openssl s_time | ratio | target |
| --- | --- | --- | --- | --- |
| median | ${ms(simulator.p50)} | ${ms(openssl.p50)} | **${spread(ratio)}** | 1.3 ${met(ratio.median <= 1.3)} |
| 99th percentile | ${ms(simulator.p99)} | (s_time tells the mean only) | | reported |`
}

function transferPart(results) {
  const rows = results.map(
    ({ suite, client, down, up, up300 }) =>
      `| ${suite} | ${client} | **${spread(down)}** ${met(down.median >= 0.8)} | **${spread(up)}** ${met(up.median >= 0.8)} | **${spread(up300)}** ${met(up300.median >= 0.6)} |`
  )
  const rates = results.map(
    ({ suite, mbPerS: { down, foreignDown, up, foreignUp, up300 } }) =>
      `| ${suite} | ${[down, foreignDown, up, foreignUp, up300].map((one) => one.toFixed(1)).join(' | ')} |`
  )
  return `## Online mode

4.5 MB each way through a C program on the pty, \`#SSLD\` in online mode, against a foreign TLS client whose standard input and
output a bare Node program joins to a pty of the same kind. From the first byte to the last, so that dialling does not
count. The server is Node's TLS server in a separate process; for RC4, which OpenSSL 3 lacks, it is the project's own
server. The foreign client fills its records as it likes, up to 16 kB; the simulator's hold pktSize bytes, one packet each,
as the guide has it, and the last one is full too, so that nothing waits for txTo. Ratios are of MB/s: more is better. pktSize
has a bearing on what goes up only.

| suite | against | down (target 0.8) | up, pktSize 1500 (target 0.8) | up, pktSize 300 (target 0.6) |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

MB/s, this machine's:

| suite | down | foreign down | up | foreign up | up, pktSize 300 |
| --- | --- | --- | --- | --- | --- |
${rates.join('\n')}`
}

function ftpPart(results) {
  const rows = results.map(
    ({ name, down, mbPerS: { own, curl } }) =>
      `| ${name} | ${own.toFixed(1)} | ${curl.toFixed(1)} | **${spread(down)}** ${met(down.median >= 0.8)} |`
  )
  return `## #FTPGET

16 MB from proftpd through a C program on the pty, against \`curl\` on the same server, whose output a bare Node program joins
to a pty of the same kind. From the first byte to the last. MB/s are this machine's.

| | simulator | curl | ratio (target 0.8) |
| --- | --- | --- | --- |
${rows.join('\n')}`
}

function timelinePart({
  append,
  appendPerS,
  regex,
  regexMs,
  stallMs,
  windowMs,
  slowestWindowMs,
  madeMs,
  overheadBytes
}) {
  return `## Timeline of a million events

In one process: appending against pushing plain objects into an array, a regular expression over all lines by the search
worker against a loop over an array of strings. Lines are made in the background once, before the first search. Absolute
figures are this machine's, beside the targets.

| | ratio to plain arrays | this machine | target |
| --- | --- | --- | --- |
| append | **${spread(append)}** of its rate | ${Math.round(appendPerS.median / 1000)} 000 a second | 500 000 a second ${met(appendPerS.median >= 500_000)} |
| 200 rows, 21 places | | ${ms(windowMs.median)}, the slowest (cold) ${ms(slowestWindowMs.median)} | 5 ms ${met(slowestWindowMs.median < 5)} |
| regular expression over all | **${spread(regex)}** of its time | ${ms(regexMs.median)}, longest stall of the main thread ${ms(stallMs.median)} | 300 ms ${met(regexMs.median < 300)} |
| lines made by the worker, once | | ${ms(madeMs.median)} | |
| memory an event beyond its content, growth of the whole process | | ${overheadBytes.median.toFixed(0)} B | 150 B ${met(overheadBytes.median <= 150)} |`
}

function timelineWindowPart({ still, wheel, bar, copyMs, copied, heap }) {
  const row = (what, { p50, p99, longest, frames, over50 }) =>
    `| ${what} | ${frames} | ${ms(p50)} | ${ms(p99)} | ${ms(longest)} | ${over50} |`
  return `## A million events in the window

The built window in Chromium without a graphics processor, at a real timeline behind the real carrier. Times between two frames;
a screen draws one in 17 ms. The rows that come into view are fetched as it goes.

| | frames | median | 99th percentile | longest | over 50 ms |
| --- | --- | --- | --- | --- | --- |
${row('nothing moves', still)}
${row('wheel', wheel)}
${row('bar from the newest to the oldest', bar)}

${copied.lines} rows (${(copied.characters / 1e6).toFixed(1)} MB) that are not on screen are on the clipboard ${ms(copyMs)} after Ctrl-C. The page's heap
holds ${(heap / 1e6).toFixed(0)} MB after that.`
}

function withWindowPart({ p99, with: open, without }) {
  return `## AT round trip with the window open

As the round trip above, round by round with a window on the board and without. The window, the host program and the simulator share
the machine's cores.

| | with the window | without | ratio | target |
| --- | --- | --- | --- | --- |
| median | ${us(open.p50)} | ${us(without.p50)} | ${(open.p50 / without.p50).toFixed(2)} | reported |
| 99th percentile | ${us(open.p99)} | ${us(without.p99)} | **${spread(p99)}** | 2 ${met(p99.median <= 2)} |`
}

function pacingPart(results) {
  const rows = results.map(
    ({ baud, measuredBaud, offPercent }) =>
      `| ${baud} | ${measuredBaud.toFixed(0)} | **${offPercent.toFixed(2)} %** ${met(Math.abs(offPercent) <= 1)} |`
  )
  return `## UART pacing

\`--pace BAUD\`, some seconds of answers at each rate, as a client over TCP sees them. Bytes travel in groups of two milliseconds
at fast rates, late by a timer's lateness and never early; the rate is the slope of a line through all pieces (least squares).

| baud | measured | off (target 1 %) |
| --- | --- | --- |
${rows.join('\n')}`
}

function floodPart({ p99, with: open, without, written, read, ms: floodMs, frames }) {
  const rate = (bytes) => `${(bytes / 1e3 / floodMs).toFixed(2)} MB/s`
  return `## A flood of 1 MB/s with the window open

1 MB/s typed on one AT port for ${floodMs / 1000} s in online mode and echoed by the lab, while the other AT port is asked \`AT\` and the window
draws both; round by round with a window and without. A line that does not take 1 MB/s is not waited for: less is typed then.

| | with the window | without | ratio | target |
| --- | --- | --- | --- | --- |
| AT round trip, median | ${us(open.p50)} | ${us(without.p50)} | ${(open.p50 / without.p50).toFixed(2)} | reported |
| AT round trip, 99th percentile | ${us(open.p99)} | ${us(without.p99)} | **${spread(p99)}** | 3 ${met(p99.median <= 3)} |
| typed | ${rate(written)} | | | 1 MB/s |
| came back | ${read === written ? 'all of it' : `${read} of ${written} bytes`} | | | all of it ${met(read === written)} |
| frame, median | ${ms(frames.p50)} | | | reported |
| frame, 99th percentile | ${ms(frames.p99)} | | | reported |
| frames over 50 ms | ${frames.over50.toFixed(0)} of ${frames.frames.toFixed(0)} | | | reported |`
}

function startPart({ starts, npmStart }) {
  const names = {
    kept: 'with a state folder, as on every start but the first',
    noLab: '`--state none --lab off`',
    first: '`--state none`: keys for the lab are made'
  }
  const rows = Object.entries(starts).map(
    ([name, { timeRatio, memoryRatio, ms: own, mb, nodeMs, nodeMb }]) =>
      `| ${names[name]} | ${ms(own)} | ${ms(nodeMs)} | ${spread(timeRatio)} | ${mb.toFixed(0)} MB | ${nodeMb.toFixed(0)} MB | ${spread(memoryRatio)} |`
  )
  return `## Start and memory

From the start of the process (\`--headless --json --ui off\`) to the ready line, the module being registered, and resident
memory then, against \`node -e 0\`.

| | ready | node | ratio | resident | node | ratio |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

What \`npm start\` adds when all is set up: \`node build/start.mjs --help\` takes ${ms(npmStart.ms)}, the program's own \`--help\` ${ms(npmStart.programMs)}, a
ratio of ${spread(npmStart.timeRatio)}.`
}

const bound = ({ atLeast, atMost }) => (atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`)
const isWithin = ({ atLeast, atMost }, value) => (atLeast === undefined ? value <= atMost : value >= atLeast)
const us = (value) => `${value.toFixed(0)} µs`
const ms = (value) => `${value.toFixed(value < 20 ? 2 : 0)} ms`
const spread = ({ median, low, high }) => `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
const met = (yes) => (yes ? '✓' : '✗')
