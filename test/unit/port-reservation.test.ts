import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { reservePort } from '../fixtures/port-reservation.ts'

/** Not a real port: only the reservation matters. */
const FIRST = 900_000 + process.pid * 10

it("S-16: a port that a test took is nobody else's, and one of a test that was killed can be had again", async () => {
  expect([reservePort(FIRST), reservePort(FIRST)]).toEqual([true, false])
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'inherit'] })
  const file = join(tmpdir(), `telit-sim-test-ports-${process.getuid?.() ?? 'all'}`, String(FIRST + 1))
  writeFileSync(file, String(other.pid))
  expect(reservePort(FIRST + 1)).toBe(false)
  const exit = once(other, 'exit')
  other.kill('SIGKILL')
  await exit
  expect(reservePort(FIRST + 1)).toBe(true)
})
