import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * Environment variable with the file for the counts. `npm test` sets it, because it prints more before the closing
 * line.
 */
export const countsFileVariable = 'TELIT_SIM_COUNTS_FILE'

/** Environment variable with the time limit for a test file in milliseconds, instead of the usual one. */
export const fileLimitVariable = 'TELIT_SIM_FILE_LIMIT_MS'

/**
 * Several times the longest file on two busy cores. Tests have limits of their own, but a test that spins does not
 * reach them.
 */
const usualFileLimitMs = 8 * 60_000

/** Returns the last line of a test run, which scripts can parse. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Counts the tests of a run for the closing line, and ends a run in which a file hangs. */
export default class ClosingLineReporter {
  #limitMs = Number(process.env[fileLimitVariable]) || usualFileLimitMs
  #countsFile = process.env[countsFileVariable]
  /** The running files, each with its deadline and its running test. */
  #running = new Map()
  #ended = []

  onTestModuleQueued(testModule) {
    const limit = setTimeout(() => this.#endHungRun(testModule), this.#limitMs)
    this.#running.set(testModule.moduleId, { limit, test: null })
    this.#writeCounts(countOf(this.#ended))
  }

  onTestCaseReady(testCase) {
    const running = this.#running.get(testCase.module.moduleId)
    if (running) running.test = testCase.fullName
  }

  onTestModuleEnd(testModule) {
    this.#done(testModule)
    this.#ended.push(testModule)
    this.#writeCounts(countOf(this.#ended))
  }

  onTestRunEnd(testModules, unhandledErrors) {
    for (const testModule of testModules) this.#done(testModule)
    const count = countOf(testModules)
    count.failed += unhandledErrors.length
    const failedFiles = testModules.filter((one) => one.state() === 'failed').map(nameOf)
    if (this.#countsFile) this.#writeCounts({ ...count, failedFiles, strayErrors: unhandledErrors.length })
    // At the very end, since the other reporters print after this call.
    else process.on('exit', () => process.stdout.write(`\n${closingLine(count)}\n`))
  }

  #done(testModule) {
    clearTimeout(this.#running.get(testModule.moduleId)?.limit)
    this.#running.delete(testModule.moduleId)
  }

  /** A spinning worker cannot be asked to end, so the run ends; `npm test` then kills the workers. */
  #endHungRun(testModule) {
    const { test } = this.#running.get(testModule.moduleId)
    // A spinning worker has not reported the test that it started last.
    const last = test === null ? '' : ` The last test that it reported is "${test}".`
    process.stderr.write(
      `telit-sim: ${nameOf(testModule)} hangs: it took longer than ${minutes(this.#limitMs)} minutes, and the run was ended.${last}\n`
    )
    const count = countOf([...this.#ended, testModule])
    count.failed += 1
    if (this.#countsFile) this.#writeCounts(count)
    else process.stdout.write(`\n${closingLine(count)}\n`)
    process.exit(1)
  }

  /** Includes the running tests, in case that `npm test` must kill the run. */
  #writeCounts(count) {
    if (this.#countsFile)
      writeFileSync(
        this.#countsFile,
        JSON.stringify({ ...count, running: [...this.#running.keys()].map(relativeToHere) })
      )
  }
}

function countOf(testModules) {
  const count = { passed: 0, failed: 0, skipped: 0 }
  for (const testModule of testModules) {
    let tests = 0
    for (const test of testModule.children.allTests()) {
      const state = test.result().state
      if (state in count) count[state] += 1
      tests += 1
    }
    // A file that could not be collected has no tests and would not be counted otherwise.
    if (tests === 0 && testModule.state() === 'failed') count.failed += 1
  }
  return count
}

/** Formats minutes with two significant digits. */
export const minutes = (ms) => String(Number((ms / 60_000).toPrecision(2)))

const relativeToHere = (path) => relative(process.cwd(), path)
const nameOf = (testModule) => relativeToHere(testModule.moduleId)
