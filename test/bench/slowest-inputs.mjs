import { createServer, createServerModuleRunner } from 'vite'
import { median, ratio } from './statistics.mjs'

/** Measures the slowest input of each parser, from the sources; the same inputs as in `test/growth`. */
export async function slowestInputs({ rounds, progress }) {
  // Open until the end, because parts of the program are loaded on first use.
  const server = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null }
  })
  try {
    const { slowestInputs: measure } = await createServerModuleRunner(server.environments.ssr).import(
      new URL('slowest-inputs.ts', import.meta.url).pathname
    )
    return await measure(rounds, progress)
  } finally {
    await server.close()
  }
}

/** Returns its section of docs/benchmarks.md. */
export function slowestInputsSection(results) {
  const rows = results.map(({ parser, shape, bytesASecond, scannedASecond }) => {
    const { median: middle, low, high } = ratio(bytesASecond, scannedASecond)
    return `| ${parser} | ${shape} | ${rate(median(bytesASecond))} | ${rate(median(scannedASecond))} | ${share(middle)} (${share(low)}–${share(high)}) |`
  })
  return [
    '## Slowest input of each parser',
    '',
    'The shape that costs a parser the most for its size, of those in `test/growth/worst-inputs`; a test there shows that each takes linear time. The',
    'yardstick is a loop over as many bytes of a buffer that adds them up, in the same minute. Bytes a second of processor time. For HTTP and WebSocket it is',
    'that of client and server together, a new connection for each request included; for the AT line that of the whole module, a fresh one each time.',
    '',
    '| parser | slowest input | MB/s | loop, MB/s | ratio |',
    '| --- | --- | --- | --- | --- |',
    ...rows
  ].join('\n')
}

function rate(bytesASecond) {
  const megabytes = bytesASecond / 1e6
  return megabytes >= 100 ? megabytes.toFixed(0) : megabytes.toPrecision(2)
}

function share(value) {
  return value.toPrecision(2)
}
