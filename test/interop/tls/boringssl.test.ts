import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

import { secondRuntime } from '../../../build/setup/second-runtime.mjs'

// Electron's crypto is BoringSSL, which lacks parts of OpenSSL. Bun's is too, so all unit tests of the engine and the
// certificates run once more in it. The golden flights must be the same byte for byte.

const bun = process.env['BUN'] ?? secondRuntime(process.cwd())
const isThere = bun !== null && existsSync(bun)
if (!isThere) {
  const sentence = 'missing bun, a runtime on BoringSSL; npm test fetches it'
  if (process.env['CI']) throw new Error(`A peer that CI must have is ${sentence}.`)
  process.stderr.write(`SKIPPED, ${sentence}\n`)
}

describe.skipIf(!isThere)('on BoringSSL', () => {
  it('the unit tests of TLS and X.509 pass', async () => {
    // The counts of this run are separate from those of the outer one.
    const { TELIT_SIM_COUNTS_FILE: _, ...environment } = process.env
    const { stdout } = await promisify(execFile)(
      bun!,
      [
        '--bun',
        'node_modules/vitest/vitest.mjs',
        'run',
        'test/unit/tls',
        'test/unit/x509',
        '--pool=threads',
        '--reporter=json'
      ],
      { env: { ...environment, EXPECT_CRYPTO_LIBRARY: 'BoringSSL' }, maxBuffer: 2 ** 26 }
    ).catch((error: { stdout: string }) => error)
    const result = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
      numPassedTests: number
      numFailedTests: number
      success: boolean
    }
    expect(result).toMatchObject({ success: true, numFailedTests: 0 })
    expect(result.numPassedTests).toBeGreaterThan(500)
  }, 120_000)
})
