import { describe, expect, it } from 'vitest'
import type { MemoryFarEnd } from '../../../src/main/bearer/memory-network.ts'
import type { Explanation } from '../../../src/shared/explain/explanation.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import '../../fixtures/told-for-good.ts'

// The failures of the plain sockets, each fixed by the commands of its explanation.

const DIAL = 'AT#SD=1,0,7,"1.2.3.4",0,0,1'

function ready(instances = 1): WhyBench {
  const bench = new WhyBench({ instances })
  bench.network.listen('1.2.3.4', 7, (far) => far.onData((bytes) => far.write(bytes)))
  bench.at('AT#SGACT=1,1')
  return bench
}

async function told(bench: WhyBench, line: string, answer: string): Promise<Explanation> {
  expect(bench.at(line)).toBe(`\r\n${answer}\r\n`)
  return bench.why()
}

describe('Why of a plain socket', () => {
  it('556: the context of the connection is down, and the offered line activates it', async () => {
    const bench = ready()
    bench.at('AT#SGACT=1,0')
    const why = await told(bench, DIAL, '+CME ERROR: 556')
    expect(why).toMatchObject({ id: 'context-not-active', error: { code: 556 } })
    bench.mend(why.remedies[0]!)
    expect(bench.at(DIAL)).toBe('\r\nOK\r\n')
  })

  it.each([
    ['560 in command mode', 'AT#SD=1,0,9,"1.2.3.4",0,0,1', '+CME ERROR: 560', 'tcp-refused'],
    ['NO CARRIER online', 'AT#SD=1,0,9,"1.2.3.4"', 'NO CARRIER', 'tcp-refused'],
    ['558 for a name', 'AT#SD=1,0,9,"nowhere.example",0,0,1', '+CME ERROR: 558', 'name-unknown']
  ])('%s is explained by what the network said', async (_title, line, answer, id) => {
    const why = await told(ready(), line, answer)
    expect(why.id).toBe(id)
    expect(wordsOf(why)).not.toContain('#SSL')
  })

  it('4 and 557: the connection is open; closing it as offered makes both work', async () => {
    for (const [line, code] of [
      [DIAL, 4],
      ['AT#SCFG=1,1,300,90,600,50', 557]
    ] as const) {
      const bench = ready()
      bench.at(DIAL)
      const why = await told(bench, line, `+CME ERROR: ${code}`)
      expect(why.id).toBe('socket-open')
      bench.mend(why.remedies[0]!)
      expect(bench.at(line)).toBe('\r\nOK\r\n')
    }
  })

  it('555: nothing was received, which the words of the error hide (D-45)', async () => {
    const bench = ready()
    bench.at(DIAL)
    const why = await told(bench, 'AT#SRECV=1,10', '+CME ERROR: 555')
    expect(why).toMatchObject({ id: 'socket-empty', rule: { id: 'D-45' } })
    expect(bench.mend(why.remedies[1]!)).toBe('\r\nOK\r\n')
  })

  it('561 and NO CARRIER of #SO: the connection is closed; the offered dial opens it', async () => {
    const bench = ready()
    bench.at(DIAL)
    bench.at('AT#SH=1')
    for (const [line, answer] of [
      ['AT#SSEND=1', '+CME ERROR: 561'],
      ['AT#SO=1', 'NO CARRIER']
    ] as const) {
      const why = await told(bench, line, answer)
      expect(why.id).toBe('socket-closed')
      expect(why.remedies[0]!.commands).toContain(DIAL)
    }
    expect(bench.mend((await bench.why()).remedies[0]!)).toBe('\r\nOK\r\n')
  })

  it('3: the connection belongs to another AT instance', async () => {
    const bench = ready(2)
    bench.at(DIAL)
    expect(bench.on(1, 'AT#SH=1')).toBe('\r\n+CME ERROR: 3\r\n')
    const why = await bench.why()
    expect(why.id).toBe('socket-elsewhere')
    expect(bench.mend(why.remedies[0]!)).toBe('\r\nOK\r\n')
  })

  it('4: datagrams on a TCP connection', async () => {
    const bench = ready()
    bench.at(DIAL)
    expect((await told(bench, 'AT#SSENDUDP=1,"1.2.3.4",7', '+CME ERROR: 4')).id).toBe('socket-not-udp')
  })

  it('an entry that is not hexadecimal', async () => {
    const bench = ready()
    bench.at('AT#SCFGEXT=1,0,0,0,0,1')
    bench.at(DIAL)
    bench.at('AT#SSEND=1')
    bench.type('xyz\x1a')
    expect(bench.pass(100).output()).toBe('')
    const why = await bench.why()
    expect(why.id).toBe('hex-wrong')
    expect(bench.mend(why.remedies[0]!)).toBe('\r\nOK\r\n')
  })

  it('an aborted dial', async () => {
    const bench = ready()
    bench.at('AT#SCFGEXT2=1,0,1')
    bench.type(`${DIAL}\r`)
    expect(bench.type('x')).toBe('\r\nNO CARRIER\r\n')
    expect((await bench.why()).id).toBe('dial-aborted')
  })

  it('the end by the peer, by a reset and by maxTo, in command mode', async () => {
    for (const [end, id] of [
      [(far: MemoryFarEnd) => far.end(), 'far-end-closed'],
      [(far: MemoryFarEnd) => far.reset(), 'far-end-closed'],
      [() => {}, 'max-to']
    ] as const) {
      const bench = new WhyBench()
      let far: MemoryFarEnd | null = null
      bench.network.listen('1.2.3.4', 7, (one) => (far = one))
      bench.at('AT#SGACT=1,1')
      bench.at('AT#SCFG=1,1,300,5,600,50')
      bench.at(DIAL)
      end(far!)
      expect(bench.pass(8000).output()).toBe('\r\nNO CARRIER\r\n')
      const why = await bench.why()
      expect(why.id).toBe(id)
      expect(wordsOf(why)).not.toContain('#SSL')
    }
  })

  it('564 and 4 of a listener', async () => {
    const bench = ready()
    bench.at('AT#SL=1,1,80')
    expect((await told(bench, 'AT#SL=2,1,80', '+CME ERROR: 564')).id).toBe('already-listening')
    expect((await told(bench, 'AT#SA=1', '+CME ERROR: 4')).id).toBe('socket-no-caller')
  })
})
