import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/** Where `npm test` wants the counts: it has more to add before it prints the line itself. */
export const countsFileVariable = 'TELIT_SIM_COUNTS_FILE'

/** How long a test file may take, in milliseconds, where it is not the usual time. */
export const fileLimitVariable = 'TELIT_SIM_FILE_LIMIT_MS'

/** Several times what the longest file takes on two busy cores; the tests in it have limits of their own, but not one that spins. */
const usualFileLimitMs = 8 * 60_000

/** The one line that a script can read after a test run. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Counts the tests of a run, for the closing line, and ends a run in which a file hangs. */
export default class ClosingLineReporter {
  #limitMs = Number(process.env[fileLimitVariable]) || usualFileLimitMs
  #countsFile = process.env[countsFileVariable]
  /** What runs now: file -> when it has to be done, and the test that runs in it. */
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
    if (this.#countsFile) this.#writeCounts(count)
    // At the very end: the other reporters print after this call.
    else process.on('exit', () => process.stdout.write(`\n${closingLine(count)}\n`))
  }

  #done(testModule) {
    clearTimeout(this.#running.get(testModule.moduleId)?.limit)
    this.#running.delete(testModule.moduleId)
  }

  /** A worker that spins cannot be asked to end, so the run does; `npm test` ends the workers with it. */
  #endHungRun(testModule) {
    const { test } = this.#running.get(testModule.moduleId)
    // A worker that spins has not told of what it began last.
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

  /** With what runs, for the case that `npm test` has to end it all. */
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
    // A file that could not even be collected has no tests, and would otherwise count as nothing at all.
    if (tests === 0 && testModule.state() === 'failed') count.failed += 1
  }
  return count
}

/** Minutes with as many digits as they need. */
export const minutes = (ms) => String(Number((ms / 60_000).toPrecision(2)))

const relativeToHere = (path) => relative(process.cwd(), path)
const nameOf = (testModule) => relativeToHere(testModule.moduleId)
