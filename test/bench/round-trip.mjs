import { client, startBarePty, startSimulator } from './programs.mjs'
import { interleaved, median, quantile, ratio } from './statistics.mjs'

/** Measures AT to OK over the pty, against a bare Node responder on a pty of the same kind. Times in microseconds. */
export async function roundTrip({ root, link, hostProgram, rounds, tripsARound, progress }) {
  const simulator = await startSimulator(root, link, ['--lab', 'off'])
  const bare = await startBarePty('respond')
  const trips = (port, count) => client(hostProgram, port, 'trips', 'AT', String(count))
  await client(hostProgram, link, 'at', 'ATE0', 'OK\r\n')
  // The first thousand are for the JIT compiler.
  for (const port of [link, bare.link]) await trips(port, 1000)
  const us = async (port) => (await trips(port, tripsARound)).map((ns) => Number(ns) / 1000)
  const results = await interleaved(rounds, { simulator: () => us(link), bare: () => us(bare.link) }, progress)
  await Promise.all([simulator.stop(), bare.stop()])
  const p50 = (all) => all.map((one) => median(one))
  return {
    ratio: ratio(p50(results.simulator), p50(results.bare)),
    simulator: { p50: median(results.simulator.flat()), p99: quantile(results.simulator.flat(), 0.99) },
    bare: { p50: median(results.bare.flat()), p99: quantile(results.bare.flat(), 0.99) }
  }
}
