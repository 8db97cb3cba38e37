import { describe, expect, it } from 'vitest'
import { PlainBench } from '../../fixtures/plain-bench.ts'

// Plain sockets over TCP, on a network in memory (at-reference 13).

describe('a connection in command mode', () => {
  it('answers OK, sends with #SSENDEXT, announces the echo by SRING, and #SRECV prints it', () => {
    const bench = new PlainBench().echo()
    expect(bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SS=1')).toMatch(/^\r\n#SS: 1,2,10\.\d+\.\d+\.\d+,\d+,1\.2\.3\.4,7\r\n\r\nOK\r\n$/)
    expect(bench.at('AT#SSENDEXT=1,5')).toBe('\r\n> ')
    expect(bench.type('hel\x1ao')).toBe('\r\nOK\r\n')
    bench.pass(200)
    expect(bench.output()).toBe('\r\nSRING: 1\r\n')
    expect(bench.at('AT#SS=1')).toContain('#SS: 1,3,')
    expect(bench.at('AT#SRECV=1,3')).toBe('\r\n#SRECV: 1,3\r\nhel\r\n\r\nOK\r\n')
    expect(bench.at('AT#SRECV=1,1500')).toBe('\r\n#SRECV: 1,2\r\n\x1ao\r\n\r\nOK\r\n')
    expect(bench.at('AT#SRECV=1,1500')).toBe('\r\n+CME ERROR: 555\r\n')
    expect(bench.at('AT#SI=1')).toBe('\r\n#SI: 1,5,5,0,0\r\n\r\nOK\r\n')
    expect(bench.at('AT#SH=1')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SS=1')).toBe('\r\n#SS: 1,0\r\n\r\nOK\r\n')
    expect(bench.pass(1000).output()).toBe('')
  })

  it('sends an entry of #SSEND and drops the Ctrl-Z behind a counted one', () => {
    const bench = new PlainBench().echo()
    bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')
    bench.at('AT#SSEND=1')
    expect(bench.type('ab\x08c\x1a')).toContain('OK')
    bench.pass(200).output()
    expect(bench.at('AT#SRECV=1,10')).toContain('#SRECV: 1,2\r\nac\r\n')
    bench.at('AT#SSENDEXT=1,2')
    expect(bench.type('xy\x1a')).toBe('\r\nOK\r\n')
    bench.pass(200).output()
    expect(bench.at('AT')).toBe('\r\nOK\r\n')
  })

  it('keeps data readable after the peer has closed, then reports NO CARRIER', () => {
    const bench = new PlainBench().server((far) => {
      far.write(Buffer.from('bye'))
      far.end()
    })
    bench.at('AT#SD=2,0,7,"1.2.3.4",0,0,1')
    expect(bench.at('AT#SS=2')).toContain('#SS: 2,3,')
    bench.output()
    expect(bench.at('AT#SSEND=2')).toBe('\r\n+CME ERROR: 561\r\n')
    expect(bench.at('AT#SRECV=2,10')).toContain('#SRECV: 2,3\r\nbye\r\n\r\nOK\r\n')
    expect(bench.pass(300).output() + bench.at('AT#SS=2')).toContain('#SS: 2,0')
    expect(bench.at('AT#SLASTCLOSURE=2')).toContain('#SLASTCLOSURE: 2,1\r\n')
  })

  it.each([
    [0, 'NO CARRIER'],
    [1, 'NO CARRIER:3'],
    [2, 'NO CARRIER:3,2']
  ])('reports the end by a reset in form %i as %s', (mode, text) => {
    const bench = new PlainBench().server((far) => bench.clock.schedule(500, () => far.reset()))
    bench.at(`AT#SCFGEXT2=3,0,0,0,0,${mode}`)
    bench.at('AT#SD=3,0,7,"1.2.3.4",0,0,1')
    expect(bench.pass(2000).output()).toBe(`\r\n${text}\r\n`)
  })

  it('closes after maxTo without data', () => {
    const bench = new PlainBench().server(() => {})
    bench.at('AT#SCFG=1,1,300,5,600,50')
    bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')
    expect(bench.pass(6000).output()).toBe('\r\nNO CARRIER\r\n')
    expect(bench.at('AT#SLASTCLOSURE=1')).toContain('#SLASTCLOSURE: 1,3')
  })

  it('ends with its context', () => {
    const bench = new PlainBench().server(() => {})
    bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')
    expect(bench.at('AT#SGACT=1,0')).toContain('NO CARRIER')
    expect(bench.at('AT#SLASTCLOSURE=1')).toContain('#SLASTCLOSURE: 1,4')
    expect(bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')).toBe('\r\n+CME ERROR: 556\r\n')
  })

  it.each([
    ['0', 'SRING: 1\r\n'],
    ['1', 'SRING: 1,5\r\n'],
    ['2', 'SRING: 1,5,hello\r\n']
  ])('announces data in mode %s', (mode, text) => {
    const bench = new PlainBench().server((far) => bench.clock.schedule(500, () => far.write(Buffer.from('hello'))))
    bench.at(`AT#SCFGEXT=1,${mode},0,0`)
    bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')
    expect(bench.pass(2000).output()).toBe(`\r\n${text}`)
  })

  it('prints and takes hexadecimal digits', () => {
    const bench = new PlainBench().echo()
    bench.at('AT#SCFGEXT=1,1,1,0,0,1')
    bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')
    bench.at('AT#SSEND=1')
    expect(bench.type('4AfF\x1a')).toContain('OK')
    bench.pass(300).output()
    expect(bench.at('AT#SRECV=1,10')).toContain('#SRECV: 1,2\r\n4aff\r\n')
    bench.at('AT#SSEND=1')
    expect(bench.type('4A1\x1a')).toBe('\r\nERROR\r\n')
  })

  it('has #SCFGEXT3 and #SLASTCLOSURE on late software alone (D-112)', () => {
    const early = new PlainBench({ product: 'GE865-QUAD', software: '10.00.xx7' })
    expect(early.at('AT#SCFGEXT3=1,1')).toBe('\r\nERROR\r\n')
    expect(early.at('AT#SLASTCLOSURE=1')).toBe('\r\nERROR\r\n')
    expect(early.at('AT#SCFGEXT2=1,0,0,0,0,1')).toBe('\r\nERROR\r\n')
    expect(early.at('AT#SCFGEXT2=1,0,0,0,0,0')).toBe('\r\nOK\r\n')
  })

  it.each([
    ['GE865-QUAD', '10.00.xx7', 1024],
    ['GE865-QUAD', '10.01.xx3', 1500],
    ['HE910', '12.00.xx4', 1500]
  ])('#SSEND of %s with %s takes %i bytes and drops the rest (D-113)', (product, software, bytes) => {
    const bench = new PlainBench({ product, software }).echo()
    bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')
    bench.at('AT#SSEND=1')
    bench.type(`${'x'.repeat(1600)}\x1a`)
    bench.pass(300).output()
    expect(bench.at('AT#SI=1')).toContain(`#SI: 1,${bytes},${bytes},`)
  })

  it('answers OK at once with immRsp, and #SS shows 6', () => {
    const bench = new PlainBench().echo()
    bench.at('AT#SCFGEXT3=1,1')
    bench.network.name('slow.example', '1.2.3.4')
    expect(bench.type('AT#SD=1,0,7,"slow.example",0,0,1\r')).toBe('\r\nOK\r\n')
    expect(bench.type('AT#SS=1\r')).toContain('#SS: 1,6\r\n')
    bench.pass(100)
    expect(bench.at('AT#SS=1')).toContain('#SS: 1,2,')
  })
})

describe('a connection online', () => {
  it('carries bytes, +++ suspends it, #SO resumes it', () => {
    const bench = new PlainBench().echo()
    expect(bench.at('AT#SD=1,0,7,"1.2.3.4"')).toBe('\r\nCONNECT\r\n')
    bench.type('ping')
    expect(bench.pass(6000).output()).toBe('ping')
    bench.type('+++')
    expect(bench.pass(2000).output()).toContain('OK\r\n')
    bench.output()
    expect(bench.at('AT#SO=1')).toContain('CONNECT')
    expect(bench.at('')).toBe('')
  })

  it('reports NO CARRIER when the peer closes', () => {
    const bench = new PlainBench().server((far) => {
      far.write(Buffer.from('x'))
      far.end()
    })
    expect(bench.at('AT#SD=1,0,7,"1.2.3.4"')).toBe('\r\nCONNECT\r\nx\r\nNO CARRIER\r\n')
  })

  it('hides the close with closure type 255 until +++, which then answers NO CARRIER', () => {
    const bench = new PlainBench().server((far) => far.end())
    expect(bench.at('AT#SD=1,0,7,"1.2.3.4",255')).toBe('\r\nCONNECT\r\n')
    expect(bench.pass(5000).output()).toBe('')
    bench.type('+++')
    expect(bench.pass(2000).output()).toBe('\r\nNO CARRIER\r\n')
    expect(bench.at('AT#SS=1')).toContain('#SS: 1,0')
  })
})

describe('a dial that fails (D-46), and errors of connections (D-45, D-114)', () => {
  it.each([
    ['AT#SD=1,0,9,"1.2.3.4",0,0,1', '+CME ERROR: 560'],
    ['AT#SD=1,0,9,"1.2.3.4"', 'NO CARRIER'],
    ['AT#SD=1,0,9,"nowhere.example",0,0,1', '+CME ERROR: 558'],
    ['AT#SD=1,0,9,"nowhere.example"', 'NO CARRIER'],
    ['AT#SO=1', 'NO CARRIER'],
    ['AT#SSEND=1', '+CME ERROR: 561'],
    ['AT#SRECV=1,10', '+CME ERROR: 555'],
    ['AT#SD=7,0,9,"1.2.3.4"', 'ERROR'],
    ['AT#SD=1,0,9,"1.2.3.4",1', 'ERROR']
  ])('%s gives %s', (line, answer) => {
    expect(new PlainBench().at(line)).toBe(`\r\n${answer}\r\n`)
  })

  it('is 4 for an open connection, and #SCFG is 557', () => {
    const bench = new PlainBench().echo()
    bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')
    expect(bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')).toBe('\r\n+CME ERROR: 4\r\n')
    expect(bench.at('AT#SCFG=1,1,300,90,600,50')).toBe('\r\n+CME ERROR: 557\r\n')
    expect(bench.at('AT#SCFG=2,1,300,90,600,50')).toBe('\r\nOK\r\n')
  })

  it('is aborted by a byte that the host types, where #SCFGEXT2 lets it', () => {
    const bench = new PlainBench().echo()
    bench.at('AT#SCFGEXT2=1,0,1')
    // No time passes, so the network has not answered yet.
    expect(bench.type('AT#SD=1,0,7,"1.2.3.4",0,0,1\r')).toBe('')
    expect(bench.type('x')).toBe('\r\nNO CARRIER\r\n')
    expect(bench.at('AT#SS=1')).toContain('#SS: 1,0')
  })
})

it('only the AT instance that opened a connection may use it', () => {
  const bench = new PlainBench({ instances: 2 }).echo()
  bench.at('AT#SD=1,0,7,"1.2.3.4",0,0,1')
  bench.type('ATE0+CMEE=1\r', 1)
  for (const line of ['#SH=1', '#SO=1', '#SRECV=1,5', '#SSEND=1'])
    expect(bench.type(`AT${line}\r`, 1), line).toBe('\r\n+CME ERROR: 3\r\n')
  expect(bench.type('AT#SS=1\r', 1)).toContain('#SS: 1,2,')
})

it('settings survive power-off, and a fresh connection uses context 1 (D-110)', () => {
  const bench = new PlainBench()
  bench.at('AT#SCFG=2,3,1500,0,150,1')
  const again = new PlainBench({ store: bench.store })
  expect(again.at('AT#SCFG?')).toContain('#SCFG: 2,3,1500,0,150,1\r\n#SCFG: 3,1,300,90,600,50\r\n')
})
