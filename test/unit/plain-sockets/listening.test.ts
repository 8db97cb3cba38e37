import { describe, expect, it } from 'vitest'
import type { MemoryFarEnd } from '../../../src/main/bearer/memory-network.ts'
import { PlainBench } from '../../fixtures/plain-bench.ts'

// Listening sockets, on a network in memory (at-reference 13).

const CALLER = { address: '10.9.8.7', port: 4444 }

class ListeningBench extends PlainBench {
  far: MemoryFarEnd | null = null
  readonly heard: string[] = []

  call(connId = 1): boolean {
    const taken = this.network.callListener(connId, CALLER, (far) => {
      this.far = far
      far.onData((bytes) => this.heard.push(Buffer.from(bytes).toString()))
    })
    this.pass(100)
    return taken
  }

  listening(): this {
    this.at('AT#FRWL=1,"10.9.8.0","255.255.255.0"')
    expect(this.at('AT#SL=1,1,80,255')).toBe('\r\nOK\r\n')
    return this
  }
}

describe('a listener', () => {
  it('announces a caller, accepts it in command mode, and is closed after it', () => {
    const bench = new ListeningBench().listening()
    expect(bench.at('AT#SS=1')).toMatch(/#SS: 1,4,[\d.]+,80\r\n/)
    expect(bench.at('AT#SL?')).toBe('\r\n#SL: 1,80,255\r\n\r\nOK\r\n')
    expect(bench.call()).toBe(true)
    expect(bench.output()).toBe('\r\nSRING: 1\r\n')
    expect(bench.at('AT#SS=1')).toMatch(/#SS: 1,5,[\d.]+,80,10\.9\.8\.7,4444\r\n/)
    bench.far!.write(Buffer.from('GET'))
    expect(bench.pass(100).output()).toBe('')
    expect(bench.at('AT#SA=1,1')).toContain('OK\r\n')
    bench.pass(100).output()
    expect(bench.at('AT#SRECV=1,10')).toContain('#SRECV: 1,3\r\nGET')
    bench.at('AT#SSENDEXT=1,2')
    bench.type('hi')
    bench.pass(100)
    expect(bench.heard).toEqual(['hi'])
    expect(bench.at('AT#ST=1')).toContain('#ST: 1,1,2')
    expect(bench.at('AT#SH=1')).toContain('OK')
    expect(bench.at('AT#SL=1,1,80,255')).toBe('\r\nOK\r\n')
  })

  it('accepts a caller online with #SA, and by itself with listenAutoRsp', () => {
    const bench = new ListeningBench().listening()
    bench.call()
    bench.output()
    expect(bench.at('AT#SA=1')).toBe('\r\nCONNECT\r\n')
    bench.far!.write(Buffer.from('abc'))
    expect(bench.pass(100).output()).toBe('abc')
    const alone = new ListeningBench()
    alone.at('AT#SCFGEXT=1,0,0,0,1')
    alone.listening().call()
    expect(alone.output()).toBe('\r\nCONNECT\r\n')
  })

  it('drops a caller that no rule of #FRWL accepts, and a second one', () => {
    const bench = new ListeningBench()
    bench.at('AT#SL=1,1,80')
    expect(bench.call()).toBe(false)
    expect(bench.output()).toBe('')
    bench.at('AT#FRWL=1,"10.9.8.7","255.255.255.255"')
    expect(bench.at('AT#FRWL?')).toContain('#FRWL: 10.9.8.7,255.255.255.255')
    expect(bench.call()).toBe(true)
    expect(bench.call()).toBe(false)
    bench.output()
    expect(bench.at('AT#SH=1')).toContain('OK')
    expect(bench.at('AT#SS=1')).toContain('#SS: 1,4,')
    expect(bench.call()).toBe(true)
  })

  it('goes back to listening when the caller leaves, and tells the host when the network ends the context', () => {
    const bench = new ListeningBench().listening()
    bench.call()
    bench.output()
    bench.far!.end()
    bench.pass(100)
    expect(bench.at('AT#SS=1')).toContain('#SS: 1,4,')
    bench.network.dropContext(1, 0)
    expect(bench.pass(500).output()).toContain('#SL: ABORTED')
    expect(bench.at('AT#SS=1')).toContain('#SS: 1,0')
  })

  it.each([
    ['AT#SL=1,1,81', '+CME ERROR: 564'],
    ['AT#SL=2,1,80', '+CME ERROR: 564'],
    ['AT#SA=1', '+CME ERROR: 4'],
    ['AT#SD=1,0,7,"1.2.3.4"', '+CME ERROR: 4'],
    ['AT#SL=1,0,80', 'OK'],
    ['AT#FRWL=1,"a","b"', 'ERROR']
  ])('answers %s with %s', (line, answer) => {
    expect(new ListeningBench().listening().at(line)).toBe(`\r\n${answer}\r\n`)
  })

  it('takes the first datagram as a caller, and #SA gives its data', () => {
    const bench = new ListeningBench()
    bench.at('AT#FRWL=1,"10.9.8.7","255.255.255.255"')
    expect(bench.at('AT#SLUDP=2,1,53')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SLUDP?')).toContain('#SLUDP: 2,53\r\n')
    const answered: string[] = []
    bench.network.sendDatagram(2, Buffer.from('query'), CALLER, (bytes) => answered.push(Buffer.from(bytes).toString()))
    expect(bench.pass(100).output()).toBe('\r\nSRING: 2\r\n')
    expect(bench.at('AT#SA=2,1')).toContain('OK')
    bench.output()
    expect(bench.at('AT#SRECV=2,10,1')).toContain('#SRECV: 10.9.8.7,4444,2,5,0\r\nquery')
    bench.at('AT#SSENDEXT=2,2')
    bench.type('ok')
    bench.pass(100)
    expect(answered).toEqual(['ok'])
  })
})
