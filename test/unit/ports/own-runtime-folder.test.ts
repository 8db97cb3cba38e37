import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { runtimeFolder } from '../../../src/main/ports/index.ts'

it("S-16: a test file has links and records in a runtime folder of its own, not in the user's", () => {
  expect(dirname(dirname(runtimeFolder()))).toBe(tmpdir())
  expect(runtimeFolder()).toMatch(/\/telit-sim-runtime-\w+\/telit-sim$/)
})
