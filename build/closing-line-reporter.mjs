import { writeFileSync } from 'node:fs'

/** Where `npm test` wants the counts: it has more to add before it prints the line itself. */
export const countsFileVariable = 'TELIT_SIM_COUNTS_FILE'

/** The one line that a script can read after a test run. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Counts the tests of a run, for the closing line. */
export default class ClosingLineReporter {
  onTestRunEnd(testModules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
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
    const file = process.env[countsFileVariable]
    if (file) writeFileSync(file, JSON.stringify(count))
    // At the very end: the other reporters print after this call.
    else process.on('exit', () => process.stdout.write(`\n${closingLine(count)}\n`))
  }
}
