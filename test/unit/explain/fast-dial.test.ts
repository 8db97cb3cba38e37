import { describe, expect, it } from 'vitest'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import '../../fixtures/told-for-good.ts'
import { guideAddress, listen } from '../../guide/far-ends.ts'

// Fast dials with a full handshake: an OK that has an explanation (D-24).

const dial = `AT#SSLD=1,443,"${guideAddress}",1,1`
const ok = '\r\nOK\r\n'

/** Returns a bench with a server that issues sessions. While `forgets.now` is true, it finds none of them again. */
function kept(forgets: { now: boolean }): WhyBench {
  const keeps = memorySessionStore()
  const bench = new WhyBench({ product: 'GE865-QUAD' })
  listen(bench, { sessions: { ...keeps, find: (id) => (forgets.now ? null : keeps.find(id)) } })
  bench.readyToDial()
  expect([bench.at(dial), bench.at('AT#SSLH=1')]).toEqual([ok, ok])
  return bench
}

describe('a fast dial that the server refuses', () => {
  it('in command mode: told with the ServerHello that says so; taken up once the server keeps sessions again', async () => {
    const forgets = { now: true }
    const bench = kept(forgets)
    expect(bench.at('AT#SSLFASTD=1,1')).toBe(ok)
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'session-refused',
      error: { name: null },
      rule: { id: 'D-24' },
      title: `${guideAddress}:443 did not resume the kept TLS session`
    })
    expect(bench.timeline.at(told.happened[0]!.seq!)!.what).toMatchObject({
      kind: 'tls',
      trace: { name: 'ServerHello' }
    })
    expect(wordsOf(told)).toContain('The connection is open')
    forgets.now = false
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
    expect(await bench.lastFailure()).toBeNull()
    expect(
      bench
        .facts('tls')
        .filter(({ trace }) => trace.kind === 'suite')
        .map(({ trace }) => trace.kind === 'suite' && trace.resumed)
    ).toEqual([false, false, true])
  })

  it('in online mode: CONNECT carries it', async () => {
    const bench = kept({ now: true })
    expect(bench.at('AT#SSLFASTD=1,0')).toBe('\r\nCONNECT\r\n')
    expect(await bench.why()).toMatchObject({ id: 'session-refused' })
  })

  it('a plain dial afterwards makes it old news; one that is taken up is none', async () => {
    const forgets = { now: true }
    const bench = kept(forgets)
    bench.at('AT#SSLFASTD=1,1')
    expect([bench.at('AT#SSLH=1'), bench.at(dial)]).toEqual([ok, ok])
    expect(await bench.lastFailure()).toBeNull()
    forgets.now = false
    expect([bench.at('AT#SSLH=1'), bench.at('AT#SSLFASTD=1,1')]).toEqual([ok, ok])
    expect(await bench.lastFailure()).toBeNull()
  })
})

it('a session whose suite is not proposed any more was not even offered: both suites are named', async () => {
  const bench = new WhyBench({ product: 'GE865-QUAD' })
  listen(bench, { sessions: memorySessionStore() })
  bench.readyToDial()
  bench.at('AT#SSLSECCFG=1,1,0')
  expect([bench.at(dial), bench.at('AT#SSLH=1'), bench.at('AT#SSLSECCFG=1,3,0')]).toEqual([ok, ok, ok])
  expect(bench.at('AT#SSLFASTD=1,1')).toBe(ok)
  const told = await bench.why()
  expect(told).toMatchObject({
    id: 'session-not-offered',
    rule: { id: 'D-24' },
    values: [{ expected: 'one of AES256-SHA', got: 'RC4-MD5' }]
  })
  expect(wordsOf(told)).toContain('uses RC4-MD5')
  expect(bench.mend(told.remedies[0]!)).toBe(ok)
  expect(await bench.lastFailure()).toBeNull()
})
