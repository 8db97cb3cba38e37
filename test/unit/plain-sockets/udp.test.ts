import { describe, expect, it } from 'vitest'
import { PlainBench } from '../../fixtures/plain-bench.ts'

// Plain sockets over UDP, on a network in memory (at-reference 13).

describe('a UDP socket', () => {
  function dialled(setting = 'AT#SCFGEXT=1,1,0,0'): PlainBench {
    const bench = new PlainBench()
    bench.network.listenDatagrams('1.2.3.4', 7, (bytes, _from, reply) => reply(bytes))
    bench.network.listenDatagrams('1.2.3.5', 8, (bytes, _from, reply) => reply(bytes))
    bench.at(setting)
    expect(bench.at('AT#SD=1,1,7,"1.2.3.4",0,5000,1')).toBe('\r\nOK\r\n')
    return bench
  }

  it('sends each entry as a datagram and reads one datagram at a time', () => {
    const bench = dialled()
    expect(bench.at('AT#SS=1')).toMatch(/#SS: 1,2,10\.[\d.]+,5000,1\.2\.3\.4,7\r\n/)
    for (const text of ['one', 'three']) {
      bench.at(`AT#SSENDEXT=1,${text.length}`)
      expect(bench.type(text)).toBe('\r\nOK\r\n')
    }
    expect(bench.pass(300).output()).toBe('\r\nSRING: 1,8\r\n')
    expect(bench.at('AT#SRECV=1,2,1')).toBe('\r\n#SRECV: 1.2.3.4,7,1,2,1\r\non\r\n\r\nOK\r\n')
    expect(bench.at('AT#SRECV=1,100,1')).toBe('\r\n#SRECV: 1.2.3.4,7,1,1,0\r\ne\r\n\r\nOK\r\n')
    expect(bench.at('AT#SRECV=1,100')).toBe('\r\n#SRECV: 1,5\r\nthree\r\n\r\nOK\r\n')
    expect(bench.at('AT#SI=1')).toContain('#SI: 1,8,8,0,0')
    expect(bench.at('AT#ST=1')).toContain('#ST: 1,2,1')
  })

  it('sends to any peer with #SSENDUDP and #SSENDUDPEXT', () => {
    const bench = dialled()
    expect(bench.at('AT#SSENDUDPEXT=1,2,"1.2.3.5",8')).toBe('\r\n> ')
    expect(bench.type('ab')).toContain('OK')
    bench.pass(300).output()
    expect(bench.at('AT#SRECV=1,100,1')).toContain('#SRECV: 1.2.3.5,8,1,2,0\r\nab')
    expect(bench.at('AT#SSENDUDP=1,"1.2.3.5",8')).toBe('\r\n> ')
    expect(bench.type('cd\x1a')).toContain('OK')
    bench.pass(300).output()
    expect(bench.at('AT#SRECV=1,100,1')).toContain('#SRECV: 1.2.3.5,8,1,2,0\r\ncd')
  })

  it('announces datagrams with their peer in mode 3', () => {
    const bench = dialled('AT#SCFGEXT=1,3,0,0')
    bench.at('AT#SSENDEXT=1,3')
    bench.type('abc')
    expect(bench.pass(300).output()).toContain('\r\nSRING: 1.2.3.4,7,1,3,0,abc\r\n')
  })

  it('carries datagrams online and stops with #SH', () => {
    const bench = new PlainBench()
    bench.network.listenDatagrams('1.2.3.4', 7, (bytes, _from, reply) => reply(bytes))
    expect(bench.at('AT#SD=1,1,7,"1.2.3.4"')).toBe('\r\nCONNECT\r\n')
    bench.type('hello')
    expect(bench.pass(6000).output()).toBe('hello')
  })

  it('is refused for a TCP connection', () => {
    const bench = new PlainBench().echo()
    bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')
    expect(bench.at('AT#SSENDUDP=1,"1.2.3.5",8')).toBe('\r\n+CME ERROR: 4\r\n')
  })
})
