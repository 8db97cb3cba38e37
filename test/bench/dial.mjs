import { client, opensslServer, run, startSimulator } from './programs.mjs'
import { interleaved, median, quantile, ratio } from './statistics.mjs'

/** Measures #SSLD up to its OK, against `openssl s_time -new` on the same server. Times in milliseconds. */
export async function dial({ root, link, hostProgram, pki, rounds, dialsARound, progress }) {
  const server = await opensslServer(pki, 'AES128-SHA', ['-quiet'])
  const simulator = await startSimulator(root, link, ['--lab', 'off'])
  const prepare = ['ATE0', 'AT#SGACT=1,1', 'AT#SSLEN=1,1', 'AT#SSLSECCFG=1,3,0']
  for (const command of prepare) await client(hostProgram, link, 'at', command, 'OK\r\n')
  const command = `AT#SSLD=1,${server.port},"127.0.0.1",0,1`
  const dials = async (count) =>
    (await client(hostProgram, link, 'dials', command, 'AT#SSLH=1', String(count))).map((ns) => Number(ns) / 1e6)
  await dials(50)
  const results = await interleaved(
    rounds,
    {
      simulator: async () => dials(dialsARound),
      openssl: () => opensslConnections(server.port)
    },
    progress
  )
  await Promise.all([simulator.stop(), server.stop()])
  const own = results.simulator.map((one) => median(one))
  return {
    ratio: ratio(own, results.openssl),
    simulator: { p50: median(own), p99: quantile(results.simulator.flat(), 0.99) },
    openssl: { p50: median(results.openssl) }
  }
}

/**
 * Returns the mean time of one connection. s_time counts whole seconds, so the time is measured here; starting the
 * program takes 1 % of it.
 */
async function opensslConnections(port) {
  const startMs = performance.now()
  const args = [
    's_time',
    '-connect',
    `127.0.0.1:${port}`,
    '-new',
    '-tls1',
    '-cipher',
    'AES128-SHA:@SECLEVEL=0',
    '-time',
    '1'
  ]
  const { stdout } = await run('openssl', args)
  const elapsedMs = performance.now() - startMs
  const connections = Number(/^(\d+) connections in \d+ real seconds/m.exec(stdout)[1])
  return elapsedMs / connections
}
