import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { havePeers } from '../fixtures/peers.ts'
import { repository } from '../fixtures/setup-scripts.ts'

/** UART pacing is part of the whole `npm run bench` and of the page that it writes. */
describe('the bench of UART pacing', () => {
  it('is a part of the bench', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(repository, 'test/bench/bench.mjs'), '--only', 'nothing'],
      { encoding: 'utf8' }
    )
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^bench: there is no part nothing; there are: .*\bpacing\b/)
    ])
  })

  it.skipIf(!havePeers('openssl', 'gnutls-cli'))(
    'has a row for each rate on the page, against one per cent',
    async () => {
      const { benchmarksPage } = (await import(pathToFileURL(join(repository, 'test/bench/page.mjs')).href)) as {
        benchmarksPage(root: string, results: object, rounds: number): string
      }
      const page = benchmarksPage(
        repository,
        {
          pacing: [
            { baud: 300, measuredBaud: 300, offPercent: 0.01 },
            { baud: 921_600, measuredBaud: 900_000, offPercent: -2.34 }
          ]
        },
        21
      )
      expect(page).toContain('## UART pacing')
      expect(page).toMatch(/\| 300 \| 300 \| \*\*0\.01 %\*\* /)
      const rows = page
        .split('\n')
        .filter((line) => /^\| (300|921600) /.test(line))
        .map((line) => line.split('%**')[1])
      // Rows that meet their limit differ from rows that miss it.
      expect(new Set(rows).size).toBe(2)
    }
  )
})
