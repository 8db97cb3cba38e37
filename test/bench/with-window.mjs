import { client, startSimulator } from './programs.mjs'
import { interleaved, quantile, ratio } from './statistics.mjs'
import { openBrowser } from './timeline-window.mjs'

/** Measures AT to OK over the pty with and without an open window. Times in microseconds. */
export async function withWindow({ root, link, hostProgram, rounds, tripsARound, progress }) {
  const simulator = await startSimulator(root, link, ['--lab', 'off', '--ui', '0'])
  const { ui } = JSON.parse(simulator.line)
  const browser = await openBrowser()
  const trips = async (count) =>
    (await client(hostProgram, link, 'trips', 'AT', String(count))).map((ns) => Number(ns) / 1000)
  try {
    await client(hostProgram, link, 'at', 'ATE0', 'OK\r\n')
    // The first thousand are for the JIT compiler.
    await trips(1000)
    const results = await interleaved(
      rounds,
      {
        without: () => trips(tripsARound),
        with: async () => {
          const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
          await page.goto(ui)
          await page.locator('.ev-row .k').first().waitFor()
          // Wait for the first drawing, which is not measured.
          await page.waitForLoadState('networkidle')
          const times = await trips(tripsARound)
          await page.close()
          return times
        }
      },
      progress
    )
    const of = (name) => ({ p50: quantile(results[name].flat(), 0.5), p99: quantile(results[name].flat(), 0.99) })
    const p99 = (name) => results[name].map((one) => quantile(one, 0.99))
    return { p99: ratio(p99('with'), p99('without')), with: of('with'), without: of('without') }
  } finally {
    await browser.close()
    await simulator.stop()
  }
}
