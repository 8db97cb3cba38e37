import { describe, expect, it } from 'vitest'
import { HostNetwork } from '../../../src/main/bearer/host-network.ts'
import { labHosts } from '../../../src/shared/lab/lab.ts'
import { plainServers } from '../../../src/shared/lab/plain.ts'
import { IpBench } from '../../fixtures/ip-bench.ts'

const usual = { lengthBytes: 32, timeToLive: 128, timeoutMs: 5000 }

/** A network to which the lab belongs, and the answers to one ping with the time after which each came. */
function pinging(network: 'host' | 'memory') {
  const routes = plainServers.map(({ host, port }) => ({ from: { host, port }, to: { host: '127.0.0.1', port: 1 } }))
  const bench = network === 'host' ? new IpBench((clock) => new HostNetwork(clock, routes)) : IpBench.inMemory()
  bench.network.labHosts = labHosts()
  const ping = (address: string, asked: Partial<typeof usual> = {}): string => {
    const began = bench.clock.nowMs()
    let came = ''
    bench.stack().ping(address, { ...usual, ...asked }, null, (answer) => {
      const rest = answer.kind === 'reply' ? `${answer.timeMs} ms, TTL ${answer.timeToLive}` : answer.sentence
      came = `after ${bench.clock.nowMs() - began} ms: ${rest}`
    })
    bench.settle(10_000)
    return came
  }
  return { bench, ping }
}

describe.each(['host', 'memory'] as const)('a ping over the %s network', (kind) => {
  it('to the lab is answered after a round trip of the network’s latency', () => {
    const { bench, ping } = pinging(kind)
    expect(ping('123.124.125.126')).toBe('after 40 ms: 40 ms, TTL 60')
    bench.network.change({ latency: 'real' })
    expect(ping('123.124.125.126')).toBe('after 600 ms: 600 ms, TTL 60')
    const replies = bench.facts('ping').filter(({ what }) => what.what === 'reply')
    expect(replies.map(({ what, cause }) => what.what === 'reply' && what.request === cause)).toEqual([true, true])
  })

  it.each([
    ['192.0.2.7', {}, /^after 5000 ms: No echo came from 192\.0\.2\.7: ICMP leaves this machine only by programs/],
    ['123.124.125.126', { timeToLive: 3 }, /^after 5000 ms: .* 4 hops away, and the time to live was 3\.$/],
    ['123.124.125.126', { timeoutMs: 30 }, /^after 30 ms: .* it takes 40 ms, and the limit was 30 ms\.$/]
  ])('to %s with %o is not answered, with the reason', (address, asked, text) => {
    expect(pinging(kind).ping(address, asked)).toMatch(text)
  })

  it('is not answered without coverage', () => {
    const { bench, ping } = pinging(kind)
    bench.network.loseCoverage()
    expect(ping('123.124.125.126')).toMatch(/no cell is in reach/)
  })

  it('that was cancelled is not answered', () => {
    const { bench } = pinging(kind)
    bench
      .stack()
      .ping('123.124.125.126', usual, null, () => bench.seen.push('answered'))
      .cancel()
    bench.settle(10_000)
    expect(bench.seen).toEqual([])
  })
})

it('a name of the lab that the network resolves leads to an address that answers', async () => {
  const { bench, ping } = pinging('host')
  const address = await new Promise<string>((resolve) => {
    bench.stack().resolveName('ntp.example.lab', null, (answer) => {
      if (answer.kind === 'found') resolve(answer.address)
    })
    bench.settle()
  })
  expect(ping(address)).toBe('after 40 ms: 40 ms, TTL 60')
})
