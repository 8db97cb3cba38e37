import { describe, expect, it } from 'vitest'
import { SimCard } from '../../../src/main/module/hardware/sim-card.ts'
import { present } from '../../../src/shared/explain/present.ts'
import { WhyBench } from '../../fixtures/why-bench.ts'
import { guideAddress, listen, type Connection } from '../../guide/far-ends.ts'

// The question of the moment, when nothing has failed.

const ok = '\r\nOK\r\n'

function opened(mode: 0 | 1, config?: string): { bench: WhyBench; connections: Connection[] } {
  const bench = new WhyBench()
  const connections = listen(bench)
  bench.readyToDial()
  if (config) bench.at(config)
  bench.at(`AT#SSLD=1,443,"${guideAddress}",0,${mode}`)
  return { bench, connections }
}

describe('on the way to a connection', () => {
  it('context, then SSL: each question with the commands that answer it', async () => {
    const bench = new WhyBench()
    const first = (await bench.present())!
    expect(first).toMatchObject({ id: 'context-not-active', title: 'Why is it not possible to dial yet?' })
    bench.mend(first.remedies[0]!)
    const second = (await bench.present())!
    expect(second).toMatchObject({ id: 'ssl-not-enabled', remedies: [{ commands: ['AT#SSLEN=1,1'] }] })
    bench.mend(second.remedies[0]!)
    expect(await bench.present()).toBeNull()
  })

  it('no network: why, and what brings it back', async () => {
    const bench = new WhyBench()
    bench.network.change({ registration: 'none' })
    bench.pass(200)
    expect(await bench.present()).toMatchObject({
      id: 'not-registered',
      answer: [expect.stringContaining('no coverage')],
      remedies: [{ act: 'restore-network' }]
    })
    bench.network.change({ registration: 'home' })
    bench.pass(200)
    bench.at('AT+COPS=2')
    const left = (await bench.present())!
    expect(left.id).toBe('not-registered')
    bench.mend(left.remedies[0]!)
    bench.pass(500)
    expect((await bench.present())!.id).toBe('context-not-active')
  })

  it('the SIM asks for its PIN', async () => {
    const bench = new WhyBench({ sim: new SimCard({ ...new SimCard().facts, pinEnabled: true }) })
    const question = (await bench.present())!
    expect(question.id).toBe('sim-pinRequired')
    expect(bench.mend(question.remedies[0]!)).toBe(ok)
    bench.pass(500)
    expect((await bench.present())!.id).toBe('context-not-active')
  })

  it('the module is off', async () => {
    const bench = new WhyBench()
    bench.at('AT#SHDN')
    bench.pass(3000)
    expect(await bench.present()).toMatchObject({ id: 'module-off', remedies: [{ act: 'press-on' }] })
  })

  it('the plug is out; and in the first minute nobody has the port', () => {
    const bench = new WhyBench()
    expect(present({ ...bench.snapshot(), supply: { on: false } })).toMatchObject({
      id: 'no-supply',
      remedies: [{ act: 'plug-in' }]
    })
    const port = {
      id: 1,
      instance: 0,
      kind: 'pty',
      name: '/tmp/tty0',
      clientPresent: false,
      client: null,
      bytesFromHost: 0,
      bytesToHost: 0,
      has: false,
      refusedBytes: 0,
      lostBytes: 0,
      pace: 'off',
      baud: null,
      trouble: null
    } as const
    expect(present({ ...bench.snapshot(), ports: [port] })).toMatchObject({
      id: 'nobody-at-port',
      answer: [expect.anything(), expect.stringContaining('/tmp/tty0')]
    })
    expect(present({ ...bench.snapshot(), ports: [{ ...port, clientPresent: true }] })!.id).toBe('context-not-active')
  })

  it('a dial that waits: for what, and how long still', async () => {
    const bench = new WhyBench()
    bench.network.listen(guideAddress, 443, () => {})
    bench.readyToDial()
    bench.at(`AT#SSLD=1,443,"${guideAddress}",0,1,100`)
    bench.pass(1850)
    expect(await bench.present()).toMatchObject({
      id: 'handshake-runs',
      title: 'What is the dial waiting for?',
      answer: [expect.stringContaining(`${guideAddress}:443`), expect.stringContaining('8 s')],
      picture: { kind: 'timer', name: 'handshake', limitMs: 10_000, elapsedMs: 2000 }
    })
  })
})

describe('a connection that stands', () => {
  it('Why are 176 bytes waiting? pktSize and txTo with their values; +++ sends them', async () => {
    const { bench, connections } = opened(0)
    bench.type('x'.repeat(176))
    bench.pass(1800)
    const question = (await bench.present())!
    expect(question).toMatchObject({
      id: 'bytes-wait',
      title: 'Why are 176 bytes waiting?',
      picture: { kind: 'size', gotBytes: 176, limitBytes: 300 }
    })
    expect(question.answer.join(' ')).toContain('(300 bytes); 124 are missing')
    expect(question.answer.join(' ')).toContain('txTo (5 s) expires: in 3.2 s')
    expect(connections[0]!.received).toBe('')
    bench.mend(question.remedies[0]!)
    bench.pass(1500).output()
    expect(connections[0]!.received).toContain('x'.repeat(176))
    expect(bench.mend(question.remedies[1]!)).toBe(ok)
    expect(bench.snapshot().ssl.config).toMatchObject({ pktSize: 176, txTo100ms: 10 })
  })

  it('with txTo 0 nothing but more bytes sends them', async () => {
    const { bench } = opened(0, 'AT#SSLCFG=1,1,300,90,100,0')
    bench.type('x')
    expect(await bench.present()).toMatchObject({
      title: 'Why is 1 byte waiting?',
      answer: [expect.anything(), expect.stringContaining('txTo is 0')]
    })
  })

  it('online without data: maxTo runs', async () => {
    const { bench } = opened(0)
    bench.pass(30_000)
    expect(await bench.present()).toMatchObject({
      id: 'online',
      title: 'What ends online mode?',
      answer: [expect.stringMatching(/maxTo \(90 s\) expires: in (59\.9|60) s/), expect.anything()]
    })
  })

  it('data that came and nobody reads; #SSLRECV reads it', async () => {
    const { bench, connections } = opened(1)
    connections[0]!.send('hello')
    bench.pass(10)
    const question = (await bench.present())!
    expect(question).toMatchObject({
      id: 'data-held',
      title: 'Where are the 5 received bytes?',
      remedies: [{ commands: ['AT#SSLRECV=1,5'] }]
    })
    expect(bench.mend(question.remedies[0]!)).toContain('hello')
  })

  it('closed by the far end with data left', async () => {
    const { bench, connections } = opened(1)
    connections[0]!.send('rest')
    connections[0]!.close()
    bench.pass(10)
    const question = (await bench.present())!
    expect(question).toMatchObject({ id: 'closed-with-data', title: 'Why is the socket still open?' })
    expect(bench.mend(question.remedies[0]!)).toContain('rest')
  })

  it('a read that blocks: how long still', async () => {
    const { bench } = opened(1)
    bench.at('AT#SSLRECV=1,10,100')
    expect(await bench.present()).toMatchObject({
      id: 'command-waits',
      title: 'Why is there no answer yet?',
      answer: [expect.stringContaining('at most 10 s'), expect.anything()]
    })
  })
})

describe('Ctrl-Z is missing', () => {
  it('#SSLSEND: which command, and Ctrl-Z ends it', async () => {
    const { bench, connections } = opened(1)
    bench.at('AT#SSLSEND=1')
    bench.type('data without an end\r')
    bench.at('AT#SSLS=1')
    const question = (await bench.present())!
    expect(question).toMatchObject({ id: 'prompt-waits', title: 'Why does the module not answer after AT#SSLSEND?' })
    expect(bench.mend(question.remedies[0]!)).toContain('OK')
    expect(connections[0]!.received).toBe('data without an end\rAT#SSLS=1\r')
  })

  it('#SSLSECDATA in PEM: ESC leaves it', async () => {
    const { bench } = opened(1)
    bench.at('AT#SSLSECDATA=1,1,1,100')
    const question = (await bench.present())!
    expect(question.answer[1]).toContain('Ctrl-Z (0x1A)')
    expect(bench.mend(question.remedies[1]!)).toContain('OK')
    expect(bench.at('AT')).toBe(ok)
  })

  it('an entry by count: no byte ends it', async () => {
    const { bench } = opened(1)
    bench.at('AT#SSLSENDEXT=1,10')
    expect(await bench.present()).toMatchObject({
      answer: [expect.anything(), expect.stringContaining('after 10 bytes; no byte ends it sooner')]
    })
  })
})
