import { client, startSimulator } from './programs.mjs'
import { interleaved, quantile, ratio } from './statistics.mjs'
import { frames, openBrowser } from './timeline-window.mjs'

/** The lab's echo server, at the guide's address. */
const echo = 'AT#SSLD=1,443,"123.124.125.126",0,0'
/** txTo of 100 ms, because the last packet is not full. */
const lastPacket = 'AT#SSLCFG=1,1,300,90,100,1'

/**
 * Floods the module: 1 MB/s typed in online mode and sent back by the lab, with and without a window. Measures the
 * frames of the window, the returned data, and AT to OK on another AT port. Round trips in microseconds, frames in
 * milliseconds.
 */
export async function flood({ root, links, hostProgram, rounds, ms, progress }) {
  const simulator = await startSimulator(root, links[0], ['--link', links[1], '--instances', '2', '--ui', '0'])
  const { ui } = JSON.parse(simulator.line)
  const browser = await openBrowser()
  const tripsMs = 5
  /** Round trips during a flood, and the amount of data. */
  const run = async () => {
    const flooding = client(hostProgram, links[0], 'flood', echo, '1000', String(ms))
    const times = await client(
      hostProgram,
      links[1],
      'trips',
      'AT',
      String(Math.floor(ms / tripsMs / 1.5)),
      String(tripsMs)
    )
    const [written, read] = (await flooding).map(Number)
    await client(hostProgram, links[0], 'at', 'AT#SSLH=1', 'OK\r\n')
    return { times: times.map((ns) => Number(ns) / 1000), written, read }
  }
  try {
    for (const command of ['ATE0', 'AT#SGACT=1,1', 'AT#SSLEN=1,1', 'AT#SSLSECCFG=1,0,0', lastPacket])
      await client(hostProgram, links[0], 'at', command, 'OK\r\n')
    await client(hostProgram, links[1], 'at', 'ATE0', 'OK\r\n')
    await client(hostProgram, links[1], 'trips', 'AT', '1000')
    const results = await interleaved(
      rounds,
      {
        without: run,
        with: async () => {
          const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
          await page.goto(ui)
          await page.locator('.ev-row .k').first().waitFor()
          await page.waitForLoadState('networkidle')
          let went
          const drawn = await frames(page, async () => {
            went = await run()
          })
          await page.close()
          return { ...went, drawn }
        }
      },
      progress
    )
    const all = (name, of) => results[name].map(of)
    const p99 = (name) => all(name, ({ times }) => quantile(times, 0.99))
    const trips = (name) => ({
      p50: quantile(all(name, ({ times }) => times).flat(), 0.5),
      p99: quantile(all(name, ({ times }) => times).flat(), 0.99)
    })
    return {
      p99: ratio(p99('with'), p99('without')),
      with: trips('with'),
      without: trips('without'),
      written: quantile(
        all('with', ({ written }) => written),
        0.5
      ),
      read: quantile(
        all('with', ({ read }) => read),
        0.5
      ),
      ms,
      frames: Object.fromEntries(
        ['p50', 'p99', 'over50', 'frames'].map((name) => [
          name,
          quantile(
            all('with', ({ drawn }) => drawn[name]),
            0.5
          )
        ])
      )
    }
  } finally {
    await browser.close()
    await simulator.stop()
  }
}
