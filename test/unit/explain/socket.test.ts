import { describe, expect, it } from 'vitest'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import '../../fixtures/told-for-good.ts'
import { guideAddress, listen, type Connection } from '../../guide/far-ends.ts'

// The errors of the SSL socket, each fixed by the commands of its explanation, and ends that the host did not ask for.

const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`
const online = `AT#SSLD=1,443,"${guideAddress}",0,0`
const ok = '\r\nOK\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`

function ready(
  product = 'HE910',
  options: Parameters<typeof listen>[1] = {}
): { bench: WhyBench; connections: Connection[] } {
  const bench = new WhyBench({ product })
  const connections = listen(bench, options)
  bench.readyToDial()
  return { bench, connections }
}

describe('errors of the socket', () => {
  it('830: a fast dial without a kept session; dialled and closed with closure type 1 it works (G-4.4-2)', async () => {
    const { bench } = ready('GE865-QUAD', { sessions: memorySessionStore() })
    bench.at(dial)
    bench.at('AT#SSLH=1')
    expect(bench.at('AT#SSLFASTD=1,1')).toBe(error(830))
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'no-kept-session',
      error: { code: 830, answer: '+CME ERROR: 830' },
      rule: { id: 'G-4.4-2' }
    })
    expect(wordsOf(told)).toContain('closure type 0')
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
    expect(bench.at('AT#SSLFASTD=1,1')).toBe(ok)
  })

  it('a fast dial on HE910, which has none: a plain ERROR, explained by the family (G-4.4-3)', async () => {
    const { bench } = ready()
    bench.at(dial)
    bench.at('AT#SSLH=1')
    expect(bench.at('AT#SSLFASTD=1,1')).toBe('\r\nERROR\r\n')
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'unknown-command',
      error: { name: null, answer: 'ERROR' },
      rule: { id: 'G-4.4-3' }
    })
    expect(wordsOf(told)).toContain('GE/GL')
    expect(bench.mend(told.remedies[1]!)).toBe(ok)
  })

  it('831: SSL belongs to another AT instance; the commands say on which instance each goes (G-3.1-3)', async () => {
    const bench = new WhyBench({ instances: 2 })
    bench.on(0, 'AT#SSLEN=1,1')
    expect(bench.on(1, 'AT#SSLEN=1,1')).toBe(error(831))
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'ssl-cannot-activate',
      title: 'AT instance 0 owns the SSL socket',
      error: { code: 831 }
    })
    expect(told.remedies[0]).toMatchObject({ commands: ['AT#SSLEN=1,0', 'AT#SSLEN=1,1'], instances: [0, 1] })
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
    expect(bench.on(1, 'AT#SSLEN=1,0')).toBe(ok)
  })

  it('832: nothing listens; the address, and what said no', async () => {
    const bench = new WhyBench()
    bench.readyToDial()
    expect(bench.at(dial)).toBe(error(832))
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'tcp-refused',
      error: { code: 832 },
      title: `${guideAddress}:443 refused the TCP connection`
    })
    expect(bench.timeline.at(told.happened[0]!.seq!)!.what).toMatchObject({ kind: 'tcp', what: 'refused' })
  })

  it('833: nothing is open; the last dial is given again', async () => {
    const { bench } = ready()
    bench.at(dial)
    bench.at('AT#SSLH=1')
    expect(bench.at('AT#SSLRECV=1,10')).toBe(error(833))
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'ssl-not-connected', error: { code: 833 } })
    expect(told.remedies[0]!.commands).toEqual([dial])
    bench.mend(told.remedies[0]!)
    expect(bench.at('AT#SSLRECV=1,10,10')).not.toContain('833')
  })

  it('833 after NO CARRIER: how the last connection ended', async () => {
    const { bench, connections } = ready()
    bench.at(dial)
    connections[0]!.close()
    expect(bench.pass(50).output()).toContain('NO CARRIER')
    expect(bench.at('AT#SSLSEND=1')).toBe(error(833))
    const told = await bench.why()
    expect(told.values).toEqual([{ label: '#SSLS', expected: '2', got: '1' }])
    expect(wordsOf(told)).toContain('The last connection had ended with NO CARRIER')
  })

  it('833 and 840 are no news once a dial has worked', async () => {
    const { bench, connections } = ready()
    expect(bench.at('AT#SSLH=1')).toBe(error(833))
    bench.at(dial)
    expect(await bench.lastFailure()).toBeNull()
    connections[0]!.send('rest')
    connections[0]!.close()
    bench.pass(10)
    expect(bench.at('AT#SSLSEND=1')).toBe(error(840))
    expect((await bench.lastFailure())!.error?.code).toBe(840)
    bench.at('AT#SSLH=1')
    bench.at(dial)
    expect(await bench.lastFailure()).toBeNull()
  })

  it('834: open already, and to whom', async () => {
    const { bench } = ready()
    bench.at(dial)
    expect(bench.at(dial)).toBe(error(834))
    const told = await bench.why()
    expect(told).toMatchObject({ title: `The socket is open to ${guideAddress}:443`, error: { code: 834 } })
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
    expect(bench.at(dial)).toBe(ok)
  })

  it('835: on already', async () => {
    const { bench } = ready()
    expect(bench.at('AT#SSLEN=1,1')).toBe(error(835))
    const told = await bench.why()
    expect(told.error?.code).toBe(835)
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
  })

  it('836: #SSLEN was forgotten (G-3.1-2)', async () => {
    const bench = new WhyBench()
    bench.at('AT#SGACT=1,1')
    listen(bench)
    expect(bench.at(dial)).toBe(error(836))
    const told = await bench.why()
    expect(told).toMatchObject({ title: 'SSL is not enabled', rule: { id: 'G-3.1-2', where: 'Guide 3.1' } })
    expect(told.remedies[0]!.commands).toEqual(['AT#SSLEN=1,1'])
    bench.mend(told.remedies[0]!)
    expect(bench.at(dial)).toBe(ok)
    expect(await bench.lastFailure()).toBeNull()
  })

  it('840: the far end has gone and data is still held: how much, and how to read it (D-7)', async () => {
    const { bench, connections } = ready()
    bench.at(dial)
    connections[0]!.send('unread data')
    connections[0]!.close()
    bench.pass(10)
    expect(bench.at('AT#SSLSEND=1')).toBe(error(840))
    const told = await bench.why()
    expect(told.error?.code).toBe(840)
    expect(wordsOf(told)).toContain('11 bytes that it had sent before')
    expect(told.remedies[0]!.commands).toEqual(['AT#SSLRECV=1,11'])
    expect(bench.mend(told.remedies[0]!)).toContain('unread data')
    expect(bench.mend(told.remedies[1]!)).toBe(ok)
  })

  it('556: context 1 is not active (G-2.1-4)', async () => {
    const bench = new WhyBench()
    listen(bench)
    bench.at('AT#SSLEN=1,1')
    expect(bench.at(dial)).toBe(error(556))
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'context-not-active', parts: ['pdp', 'registration'], rule: { id: 'G-2.1-4' } })
    expect(told.remedies[0]!.commands).toEqual(['AT#SGACT=1,1'])
    bench.mend(told.remedies[0]!)
    expect(bench.at(dial)).toBe(ok)
  })

  it('558: a name that nobody knows', async () => {
    const { bench } = ready()
    expect(bench.at('AT#SSLD=1,443,"no.such.name",0,1')).toBe(error(558))
    expect((await bench.why()).title).toBe('No address is known for no.such.name')
  })

  it('a far end that takes nothing: how long the module waited', async () => {
    const { bench } = ready()
    let far: { takeNothing(): void } | null = null
    bench.network.listen(guideAddress, 443, (tcp) => (far = tcp))
    listen(bench)
    const connect = bench.network.connect.bind(bench.network)
    bench.network.connect = (...args) => {
      const tcp = connect(...args)
      const write = tcp.write.bind(tcp)
      return Object.assign(tcp, { write: (bytes: Uint8Array) => (far === null ? write(bytes) : false) })
    }
    bench.at(dial)
    far = { takeNothing: () => {} }
    bench.at('AT#SSLSEND=1,10')
    bench.type('data\x1a')
    expect(bench.pass(1500).output()).toContain('832')
    const told = await bench.why()
    expect(told.id).toBe('far-end-stuck')
    expect(wordsOf(told)).toContain('1 s')
  })
})

describe('ends that nobody asked for', () => {
  it('NO CARRIER by the far end, online: which, what it did, and the dial is given again (G-4.2-4)', async () => {
    const { bench, connections } = ready()
    bench.at(online)
    connections[0]!.close()
    expect(bench.pass(50).output()).toBe('\r\nNO CARRIER\r\n')
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'far-end-closed',
      error: { name: null, answer: 'NO CARRIER' },
      title: `${guideAddress}:443 has closed the connection`
    })
    expect(told.asked.sentence).toContain(online)
    expect(wordsOf(told)).toContain('close_notify')
    expect(bench.mend(told.remedies[0]!)).toContain('CONNECT')
    expect(await bench.lastFailure()).toBeNull()
  })

  it('NO CARRIER by maxTo: its value, the timer in the chain, and both ways of setting it (G-3.4-3)', async () => {
    const { bench } = ready()
    bench.at('AT#SSLCFG=1,1,300,20,100,50')
    bench.at(online)
    expect(bench.pass(21_000).output()).toBe('\r\nNO CARRIER\r\n')
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'max-to',
      title: 'The connection carried no data for 20 s',
      parts: ['timer:maxTo', 'ssl'],
      rule: { id: 'G-3.4-3' }
    })
    expect(told.picture).toEqual({ kind: 'timer', name: 'maxTo', limitMs: 20_000, elapsedMs: 20_000 })
    expect(told.chain.map((seq) => bench.timeline.at(seq)!.what)).toContainEqual({
      kind: 'timer',
      name: 'maxTo',
      what: 'expired',
      durationMs: 20_000
    })
    expect(told.asked.sentence).toContain('#SSLD')
    expect(told.remedies.map(({ commands }) => commands[0])).toEqual([
      'AT#SSLCFG=1,1,300,0,100,50',
      'AT#SSLCFG=1,1,300,60,100,50'
    ])
    expect(bench.mend(told.remedies[0]!)).toContain('CONNECT')
    expect(bench.pass(100_000).output()).toBe('')
  })

  it('NO CARRIER because the network took the context: what it said', async () => {
    const { bench } = ready()
    bench.at(online)
    bench.network.dropContext(1)
    expect(bench.pass(50).output()).toBe('\r\nNO CARRIER\r\n')
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'context-lost', rule: { id: 'G-2.1-4' } })
    expect(bench.timeline.at(told.happened[0]!.seq!)!.what.kind).toBe('network')
    expect(bench.mend(told.remedies[1]!)).toContain('CONNECT')
  })

  it('NO CARRIER because the network is gone: it has to be brought back first', async () => {
    const { bench } = ready()
    bench.at(online)
    bench.network.change({ registration: 'none' })
    expect(bench.pass(500).output()).toContain('NO CARRIER')
    const told = await bench.why()
    expect(told.id).toBe('context-lost')
    expect(told.remedies[0]).toMatchObject({ act: 'restore-network' })
  })

  it('NO CARRIER after the last of the data was read: still the far end (D-7)', async () => {
    const { bench, connections } = ready()
    bench.at(dial)
    connections[0]!.send('rest')
    connections[0]!.close()
    bench.pass(10)
    bench.at('AT#SSLRECV=1,100')
    bench.pass(200)
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'far-end-closed', error: { answer: 'NO CARRIER' } })
    expect(told.chain.map((seq) => bench.timeline.at(seq)!.what.kind)).toContain('tcp')
  })

  it('TIMEOUT: how long, the connection stands; no news for who polls, but explained when asked (G-4.2-7)', async () => {
    const { bench, connections } = ready()
    bench.at(dial)
    bench.at('AT#SSLRECV=1,100,20')
    expect(bench.pass(2500).output()).toBe('\r\n#SSLRECV: 0\r\nTIMEOUT\r\n\r\nOK\r\n')
    expect(await bench.lastFailure()).toBeNull()
    const seq = bench.events().findLast(({ what }) => what.kind === 'result')!.seq
    const told = await bench.why(seq)
    expect(told).toMatchObject({
      id: 'read-timeout',
      title: 'No data was received within 2 s',
      error: { answer: 'TIMEOUT' }
    })
    expect(told.remedies[0]!.commands).toEqual(['AT#SSLRECV=1,100,60'])
    bench.type('AT#SSLRECV=1,100,60\r')
    bench.pass(4000)
    connections[0]!.send('late')
    expect(bench.pass(100).output()).toContain('late')
  })

  it('DISCONNECTED: a read was waiting when the far end closed (D-7)', async () => {
    const { bench, connections } = ready()
    bench.at(dial)
    bench.at('AT#SSLRECV=1,100,100')
    connections[0]!.close()
    expect(bench.pass(300).output()).toMatch(/DISCONNECTED\r\n\r\nOK\r\n\r\nNO CARRIER/)
    const results = bench.events().filter(({ what }) => what.kind === 'result' && what.because)
    const told = await bench.why(results[0]!.seq)
    expect(told).toMatchObject({ id: 'read-disconnected', error: { answer: 'DISCONNECTED' } })
    expect(told.asked.sentence).toContain('#SSLRECV=1,100,100')
    expect(wordsOf(told)).toContain(`${guideAddress}:443 has closed the connection`)
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
  })
})

describe('what is news', () => {
  it('the newest failure, until its command works; gone with the power', async () => {
    const { bench } = ready()
    bench.at('AT#SSLRECV=1,10')
    bench.at('AT+NOSUCH')
    expect((await bench.lastFailure())!.id).toBe('unknown-command')
    expect(wordsOf((await bench.lastFailure())!)).toContain('+NOSUCH')
    bench.at('AT#SSLRECV=1,10')
    expect((await bench.lastFailure())!.id).toBe('ssl-not-connected')
    bench.at('AT#SHDN')
    bench.pass(2000)
    expect(await bench.lastFailure()).toBeNull()
  })

  it('an event that is no failure, or is none at all, has no explanation', async () => {
    const { bench } = ready()
    await expect(bench.why(0)).rejects.toThrow('nothing to explain')
    await expect(bench.why(1_000_000)).rejects.toThrow('nothing to explain')
  })
})
