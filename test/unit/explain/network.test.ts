import { describe, expect, it } from 'vitest'
import { SimCard } from '../../../src/main/module/hardware/sim-card.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import '../../fixtures/told-for-good.ts'

// SIM, registration and PDP context: what was refused, with the values of both sides, and the commands that fix it.

const ok = '\r\nOK\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`

describe('PDP context (at-reference 8)', () => {
  it('553: active already, with its address', async () => {
    const bench = new WhyBench()
    const [, address] = /#SGACT: ([\d.]+)/.exec(bench.at('AT#SGACT=1,1'))!
    expect(bench.at('AT#SGACT=1,1')).toBe(error(553))
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'context-already-activated', error: { code: 553 }, rule: { id: 'D-17' } })
    expect(wordsOf(told)).toContain(address!)
    expect(bench.mend(told.remedies[0]!)).toContain('#SGACT: ')
  })

  it('556: not defined; defined and activated by the commands', async () => {
    const bench = new WhyBench()
    expect(bench.at('AT#SGACT=3,1')).toBe(error(556))
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'context-not-defined', title: 'PDP context 3 is not defined' })
    expect(told.remedies[0]!.commands).toEqual(['AT+CGDCONT=3,"IP",""', 'AT#SGACT=3,1'])
    expect(bench.mend(told.remedies[0]!)).toContain('#SGACT: ')
  })

  it('556 of #QDNS: context 1 is down', async () => {
    const bench = new WhyBench()
    expect(bench.at('AT#QDNS="x.test"')).toBe(error(556))
    expect(await bench.why()).toMatchObject({ id: 'context-not-active' })
  })

  it.each([
    ['GE865-QUAD', 569],
    ['HE910', 555]
  ])('%s, %d: an APN that the network does not know; both names', async (product, code) => {
    const bench = new WhyBench({ product })
    bench.network.change({ apns: ['internet.lab'] })
    bench.at('AT+CGDCONT=1,"IP","wrong.apn"')
    expect(bench.at('AT#SGACT=1,1')).toBe(error(code))
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'apn-refused',
      error: { code },
      values: [{ label: 'APN', expected: 'internet.lab', got: '"wrong.apn"' }]
    })
    expect(bench.mend(told.remedies[0]!)).toContain('#SGACT: ')
  })

  it('148: refused without a reason', async () => {
    const bench = new WhyBench()
    bench.network.change({ apns: ['internet.lab'], apnRefusal: 'other' })
    expect(bench.at('AT#SGACT=1,1')).toBe(error(148))
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'gprs-unspecified', chain: expect.any(Array) })
    // The network does not say that the APN is wrong, but the board knows.
    expect(bench.mend(told.remedies[0]!)).toContain('#SGACT: ')
  })

  it('149: user and password; shown by PAP it works', async () => {
    const bench = new WhyBench()
    bench.network.change({ credentials: { user: 'mobile', password: 'secret' } })
    expect(bench.at('AT#SGACT=1,1')).toBe(error(149))
    const told = await bench.why()
    expect(told.error?.code).toBe(149)
    expect(told.remedies[0]!.commands[0]).toBe('AT#SGACTAUTH=1')
    expect(bench.mend(told.remedies[0]!)).toContain('#SGACT: ')
  })

  it('149: the right user with a wrong password: it is the password', async () => {
    const bench = new WhyBench()
    bench.network.change({ credentials: { user: 'mobile', password: 'secret' } })
    bench.at('AT#SGACTAUTH=1')
    expect(bench.at('AT#SGACT=1,1,"mobile","wrong"')).toBe(error(149))
    expect((await bench.why()).values[0]).toEqual({ label: 'password', expected: 'that of mobile', got: 'another' })
    expect(bench.at('AT#SGACT=1,1,"other","secret"')).toBe(error(149))
    expect((await bench.why()).values[0]).toEqual({ label: 'user', expected: 'one of the operator', got: 'other' })
  })

  it('558 of #QDNS: to ask again is no remedy', async () => {
    const bench = new WhyBench()
    bench.at('AT#SGACT=1,1')
    expect(bench.at('AT#QDNS="x.test"')).toBe(error(558))
    expect((await bench.why()).remedies.flatMap(({ commands }) => commands)).toEqual([])
  })

  it('107: packet service refused', async () => {
    const bench = new WhyBench()
    bench.network.change({ packetService: 'refused' })
    bench.pass(200)
    expect(bench.at('AT#SGACT=1,1')).toBe(error(107))
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'gprs-not-allowed',
      remedies: [{ act: 'allow-packet-service', commands: ['AT+CGATT=1'] }]
    })
    bench.network.change({ packetService: 'allowed' })
    bench.pass(200)
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
    expect(bench.at('AT#SGACT=1,1')).toContain('#SGACT: ')
  })
})

describe('registration', () => {
  it('30: no coverage; once it is back a look for a network is enough', async () => {
    const bench = new WhyBench()
    bench.network.change({ registration: 'none' })
    bench.pass(100).output()
    bench.at('AT#SGACT=1,1')
    bench.pass(151_000)
    expect(bench.output()).toContain('+CME ERROR: 30')
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'no-network-service', error: { code: 30 } })
    expect(wordsOf(told)).toContain('There was no coverage')
    expect(told.remedies[0]!.act).toBe('restore-network')
    bench.network.change({ registration: 'home' })
    bench.pass(1000)
    expect(bench.at('AT#SGACT=1,1')).toContain('#SGACT: ')
  })

  it('32: the network does not admit the SIM', async () => {
    const bench = new WhyBench()
    bench.at('AT+COPS=2')
    bench.network.change({ registration: 'denied' })
    bench.at('AT+COPS=0')
    expect(bench.pass(2000).output() + (await bench.why()).error!.answer).toContain('+CME ERROR: 32')
    expect(await bench.why()).toMatchObject({ id: 'network-not-allowed', remedies: [{ act: 'restore-network' }] })
  })

  it('an operator that is not there: which there are', async () => {
    const bench = new WhyBench()
    bench.at('AT+COPS=1,2,"99999"')
    bench.pass(100_000)
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'no-such-network', title: 'There is no network "99999" in range' })
    expect(told.values[0]!.expected).not.toBeNull()
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
  })
})

describe('SIM', () => {
  it('11: its PIN is asked for; the card of the board tells it, and +CPIN mends it', async () => {
    const sim = new SimCard({ ...new SimCard().facts, pin: '4711', pinEnabled: true })
    const bench = new WhyBench({ sim })
    expect(bench.at('AT#SGACT=1,1')).toBe(error(11))
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'sim-pin-required', parts: ['sim'] })
    expect(told.remedies[0]!.commands).toEqual([`AT+CPIN=${sim.pin}`])
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
    bench.pass(500)
    expect(bench.at('AT#SGACT=1,1')).toContain('#SGACT: ')
  })

  it('16, 12 and 13: wrong codes, how many tries are left, and the PUK', async () => {
    const sim = new SimCard({ ...new SimCard().facts, pinEnabled: true })
    const bench = new WhyBench({ sim })
    expect(bench.at('AT+CPIN=0000')).toBe(error(16))
    const wrong = await bench.why()
    expect(wordsOf(wrong)).toContain('2 tries are left')
    expect(JSON.stringify(wrong)).not.toContain('0000')
    bench.at('AT+CPIN=0000')
    bench.at('AT+CPIN=0000')
    expect(bench.at('AT#SGACT=1,1')).toBe(error(12))
    const told = await bench.why()
    expect(told.id).toBe('sim-puk-required')
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
    sim.unblock('no', 'no')
    for (let left = sim.pukTriesLeft; left > 0; left--) sim.unblock('no', 'no')
    bench.at('AT#REBOOT')
    bench.pass(10_000)
    expect(bench.at('AT+CMEE=1;#SGACT=1,1')).toBe(error(13))
    expect(await bench.why()).toMatchObject({ id: 'sim-failure', remedies: [{ act: 'exchange-sim' }] })
  })

  it('10: no SIM', async () => {
    const sim = new SimCard()
    sim.inserted = false
    const bench = new WhyBench({ sim })
    expect(bench.at('AT+CIMI')).toBe(error(10))
    expect(await bench.why()).toMatchObject({ id: 'sim-not-inserted', remedies: [{ act: 'insert-sim' }] })
  })
})

describe('the AT line (D-22)', () => {
  it.each([
    ['AT#SSLEM=1,1', 'unknown-command', /#SSLEN/],
    ['AT#SSLEN=1,7', 'bad-parameter', /0 or 1/],
    ['AT#SGACT', 'no-such-form', /#SGACT=…/],
    ['ATD123', 'unknown-command', /voice or data calls/],
    ['AT?!', 'bad-parameter', /./],
    [`AT+CGDCONT=1,"IP","${'a'.repeat(500)}"`, 'line-too-long', /400 characters/]
  ])('%s: a plain ERROR, with what was expected', async (line, id, words) => {
    const bench = new WhyBench()
    expect(bench.at(line)).toContain('ERROR')
    const told = await bench.why()
    expect(told).toMatchObject({ error: { answer: 'ERROR', code: null } })
    expect(['bad-parameter', 'bad-syntax', 'unknown-command', id]).toContain(told.id)
    if (line !== 'AT?!') expect(told.id).toBe(id)
    expect(wordsOf(told)).toMatch(words)
  })

  it('a value that a driver shows another error for: 4', async () => {
    const bench = new WhyBench()
    bench.at('AT#SSLEN=1,1')
    expect(bench.at('AT#SSLRECV=1,1001')).toBe(error(4))
    expect(await bench.why()).toMatchObject({ id: 'bad-parameter', error: { code: 4 } })
  })
})
