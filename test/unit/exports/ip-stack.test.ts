import { describe, expect, it } from 'vitest'
import type { TimelineFact } from '../../../src/shared/timeline/events.ts'
import { Bench } from '../../fixtures/bench.ts'
import { openFtp } from '../../fixtures/ftp-bench.ts'

type Segment = Extract<TimelineFact, { kind: 'segment' }>

/** The data of the module's connections in the timeline. */
describe('the IP side of the module', () => {
  it('reports addresses, every byte in its place, and both ends', () => {
    const bench = new Bench().echo().readyToDial()
    bench.at('AT#SSLD=1,443,"123.124.125.126",0,1')
    bench.at('AT#SSLH=1')
    const [began] = bench.events().filter(({ what }) => what.kind === 'tcp' && what.what === 'connecting')
    expect(began!.what).toMatchObject({
      connection: null,
      local: { address: '10.64.18.7' },
      remote: { address: '123.124.125.126', port: 443 }
    })
    const segments = bench.facts('segment')
    expect(new Set(segments.map(({ connection }) => connection))).toEqual(new Set([began!.seq]))
    expect(
      bench
        .facts('tcp')
        .slice(1)
        .map(({ connection }) => connection)
    ).toEqual([began!.seq])
    for (const direction of ['out', 'in'] as const) expectInPlace(segments, direction)
    // The server ends after the module, when no part of the module listens any more.
    expect(segments.filter(({ end }) => end !== null)).toMatchObject([
      { direction: 'out', end: 'fin' },
      { direction: 'in', end: 'fin' }
    ])
    expect(bench.facts('tls').every(({ connection }) => connection === began!.seq)).toBe(true)
    // Each has the command among its causes.
    expect(
      bench
        .events()
        .filter(({ what }) => what.kind === 'segment')
        .every(({ cause }) => cause !== null)
    ).toBe(true)
  })

  it('of what a far end goes on sending after the module has closed, only a little is kept, and no end then', () => {
    const bench = new Bench().readyToDial()
    bench.network.listen('192.0.2.7', 80, (far) => {
      far.onEnd(() => {
        for (let piece = 0; piece < 20; piece += 1) far.write(Buffer.alloc(8192))
        far.end()
      })
    })
    bench.at('AT#SSLD=1,80,"192.0.2.7",0,1')
    bench.clock.advance(60_000)
    const late = bench.facts('segment').filter(({ direction }) => direction === 'in')
    expect(late.map(({ bytes, end }) => [bytes.length, end])).toEqual(Array.from({ length: 8 }, () => [8192, null]))
  })

  it('two connections have two ports; a refused one ends with a reset', () => {
    const bench = new Bench().echo().readyToDial()
    bench.at('AT#SSLD=1,443,"123.124.125.126",0,1')
    bench.at('AT#SSLH=1')
    bench.at('AT#SSLD=1,444,"123.124.125.126",0,1')
    const ports = bench.facts('tcp').flatMap(({ local }) => (local ? [local.port] : []))
    expect(new Set(ports).size).toBe(2)
    expect(bench.facts('segment').at(-1)).toMatchObject({ direction: 'in', end: 'rst', offset: 0, otherOffset: 0 })
  })

  it('reports names that are looked up, with what came of it', () => {
    const bench = new Bench()
    bench.network.name('www.example.lab', '192.0.2.7')
    bench.at('AT+CMEE=1;#SGACT=1,1')
    bench.at('AT#QDNS="www.example.lab"')
    bench.at('AT#QDNS="missing.example.lab"')
    const query = bench.events().find(({ what }) => what.kind === 'dns')!
    expect(bench.facts('dns')).toMatchObject([
      { what: 'query', host: 'www.example.lab', local: '10.64.18.7' },
      { what: 'answer', query: query.seq, address: '192.0.2.7' },
      { what: 'query', host: 'missing.example.lab' },
      { what: 'answer', address: null }
    ])
  })

  it.each([
    ['passive', 1],
    ['active', 0]
  ] as const)('masks user and password of plain FTP, %s, and nothing else', (_name, mode) => {
    const { bench } = openFtp({ mode })
    bench.at('AT#FTPGET="file.txt"')
    const sent = bench.facts('segment').filter(({ direction }) => direction === 'out')
    const lines = sent.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
    expect(lines.slice(0, 3)).toEqual(['USER ****\r\n', 'PASS ******\r\n', 'TYPE I\r\n'])
    expect(sent.map(({ masked }) => masked).slice(0, 3)).toEqual([true, true, false])
    const incoming = bench.facts('tcp').filter((one) => one.incoming)
    expect(incoming).toHaveLength(mode === 0 ? 1 : 0)
    for (const { seq, what } of bench.events()) {
      if (what.kind === 'tcp' && what.what === 'connecting')
        for (const direction of ['out', 'in'] as const)
          expectInPlace(
            bench.facts('segment').filter(({ connection }) => connection === seq),
            direction
          )
    }
  })
})

function expectInPlace(segments: readonly Segment[], direction: 'out' | 'in'): void {
  const sent = { out: 0, in: 0 }
  for (const one of segments) {
    const other = one.direction === 'out' ? 'in' : 'out'
    if (one.direction === direction) expect([one.offset, one.otherOffset]).toEqual([sent[one.direction], sent[other]])
    sent[one.direction] += one.bytes.length
  }
}
