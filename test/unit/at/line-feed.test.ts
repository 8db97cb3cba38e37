import { describe, expect, it } from 'vitest'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import { Bench, type FarEnd } from '../../fixtures/bench.ts'
import { ftpBench, openFtp } from '../../fixtures/ftp-bench.ts'
import { testPki } from '../../fixtures/pki.ts'

// How the LF of a host is handled that ends its lines with CR LF (D-11, D-19).

const dialOnline = 'AT#SSLD=1,443,"123.124.125.126",0,0'
const dialCommand = 'AT#SSLD=1,443,"123.124.125.126",0,1'

describe('M-1: the LF behind the CR of a command', () => {
  it('M-1: is echoed between the CR and the answer (D-11, D-19)', () => {
    expect(new Bench().type('AT\r\n')).toBe('AT\r\n\r\nOK\r\n')
  })

  it.each([
    ['AT', 10],
    ['AT+CMEE=1', 17],
    ['AT&K0', 13],
    ['AT+CGSN', 34],
    ['AT#SGACT?', 32],
    ['AT#CCLK?', 51]
  ])('M-1: gives %s the length that drivers count, %i bytes', (line, bytes) => {
    const bench = new Bench()
    bench.pass(1_000).output()
    expect(bench.type(`${line}\r\n`)).toHaveLength(bytes)
  })

  it('M-1: is echoed in front of an answer that takes its time, however late it comes', () => {
    const bench = new Bench()
    const said = bench.type('AT#SGACT=1,1\r') + bench.pass(1).type('\n')
    expect(said + bench.pass(1_000).output()).toMatch(/^AT#SGACT=1,1\r\n\r\n#SGACT: /)
  })

  it('M-1: is echoed in front of the prompt, and of CONNECT', () => {
    const bench = new Bench().echo().readyToDial()
    bench.at('ATE1')
    bench.type('ATE1\r')
    expect(bench.type(`${dialOnline}\r\n`) + bench.pass(500).output()).toBe(`${dialOnline}\r\n\r\nCONNECT\r\n`)
    bench.pass(1_100).type('+++')
    bench.pass(1_100).output()
    expect(bench.type('AT#SSLSEND=1\r\n')).toBe('AT#SSLSEND=1\r\n\r\n> ')
  })

  it('M-1: by a client that is known to send it, is waited for: cut in two, its line has the same answer', () => {
    const bench = new Bench()
    bench.type('AT\r\n')
    expect(bench.type('AT\r') + bench.type('\n')).toBe('AT\r\n\r\nOK\r\n')
    expect(bench.type('AT\r') + bench.pass(2).type('\n')).toBe('AT\r\n\r\nOK\r\n')
  })

  it('M-1: holds a line up for no longer than a byte takes, once', () => {
    const bench = new Bench()
    bench.type('AT\r\n')
    expect(bench.type('AT\r')).toBe('AT\r')
    expect(bench.pass(5).output()).toBe('\r\nOK\r\n')
    expect(bench.type('AT\r')).toBe('AT\r\r\nOK\r\n')
  })

  it('M-1: a line that waits for it runs before whatever else comes', () => {
    const bench = new Bench()
    bench.type('ATE0\r\n')
    bench.output()
    expect(bench.type('AT\r') + bench.type('AT+CMEE?\r')).toBe('\r\nOK\r\n\r\n+CMEE: 0\r\n\r\nOK\r\n')
    bench.type('AT\r\n')
    bench.type('AT+CMEE=2\r')
    bench.module.instances[0]!.clientChanged()
    expect(bench.output()).toBe('\r\nOK\r\n')
    expect(bench.type('AT+CMEE?\r')).toBe('\r\n+CMEE: 2\r\n\r\nOK\r\n')
  })

  it('M-1: what a waiting line asks for is a secret to the timeline though it comes at once', () => {
    const bench = new Bench()
    bench.at('AT#SSLEN=1,1')
    bench.type('AT\r\n')
    const { pem } = testPki().ca
    bench.type(`AT#SSLSECDATA=1,1,2,${pem.length}\r`)
    bench.type('not-a-key-by-its-looks\x1a')
    const typed = bench
      .facts('bytes')
      .filter(({ direction }) => direction === 'tx')
      .map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
    expect(typed.join('')).not.toContain('not-a-key')
    expect(typed.at(-1)).toBe(`${'*'.repeat('not-a-key-by-its-looks'.length)}\x1a`)
  })

  it('M-1: is not echoed with ATE0, by a module that is off, or twice', () => {
    const bench = new Bench()
    bench.type('ATE0\r\n')
    bench.output()
    expect(bench.type('AT\r\n')).toBe('\r\nOK\r\n')
    expect(bench.type('ATE1\r\n')).toBe('\r\nOK\r\n')
    expect(bench.type('AT\r\n\n')).toBe('AT\r\n\r\nOK\r\n\n')
    bench.type('AT\r\n')
    bench.output()
    bench.type('AT\r')
    bench.module.unplug()
    bench.output()
    expect(bench.type('\n')).toBe('')
  })
})

describe('M-2: an LF after CONNECT or at a prompt', () => {
  /** Returns an open socket and the server's side of it. `habit`: the last line that the host typed before the dial. */
  function open(line: string, habit: string): { bench: Bench; far: FarEnd } {
    const bench = new Bench()
    let far: FarEnd | null = null
    bench.farEnd((one) => (far = one)).readyToDial()
    bench.type(habit)
    bench.pass(1_000).output()
    expect(bench.type(`${line}\r`) + bench.pass(500).output()).toContain(line === dialOnline ? 'CONNECT' : 'OK')
    return { bench, far: far! }
  }

  const habits = [
    ['CR', 'AT\r'],
    ['CR LF', 'AT\r\n']
  ] as const

  it.each(habits)(
    'M-2: is data half a second after the CONNECT of #SSLD, from a client that ends lines with %s',
    (_, habit) => {
      const { bench, far } = open(dialOnline, habit)
      bench.pass(500).type('\nfirst')
      bench.pass(5_100)
      expect(far.text).toBe('\nfirst')
    }
  )

  it.each(habits)(
    'M-2: is data half a second after the CONNECT of #SSLO, from a client that ends lines with %s',
    (_, habit) => {
      const { bench, far } = open(dialCommand, habit)
      bench.type(habit)
      bench.pass(100).output()
      bench.type('AT#SSLO=1\r')
      bench.pass(500).type('\nfirst')
      bench.pass(5_100)
      expect(far.text).toBe('\nfirst')
    }
  )

  it.each(habits)(
    'M-2: is data half a second after the CONNECT of #SSLFASTD, from a client that ends lines with %s',
    (_, habit) => {
      const bench = new Bench({ product: 'GE865-QUAD' })
      let far: FarEnd | null = null
      bench.farEnd((one) => (far = one), undefined, undefined, memorySessionStore()).readyToDial()
      bench.at('AT#SSLD=1,443,"123.124.125.126",1,1')
      bench.at('AT#SSLH=1,1')
      bench.type(habit)
      bench.pass(100).output()
      expect(bench.type('AT#SSLFASTD=1,0\r') + bench.pass(500).output()).toContain('CONNECT')
      bench.type('\nfirst')
      bench.pass(5_100)
      expect(far!.text).toBe('\nfirst')
    }
  )

  it.each(habits)(
    'M-2: is one of the bytes that #SSLSENDEXT counts, from a client that ends lines with %s',
    (_, habit) => {
      const { bench, far } = open(dialCommand, habit)
      bench.type(habit)
      bench.pass(100).output()
      expect(bench.type('AT#SSLSENDEXT=1,4\r') + bench.pass(500).output()).toBe('\r\n> ')
      expect(bench.type('\nabc')).toBe('\r\nOK\r\n')
      bench.pass(100)
      expect(far.text).toBe('\nabc')
    }
  )

  it.each(habits)(
    'M-2: is one of the bytes of a DER entry, and the next AT is whole, from a client that ends lines with %s',
    (_, habit) => {
      const bench = new Bench()
      bench.at('AT#SSLEN=1,1')
      bench.at('AT#SSLSECCFG=1,0,1,0')
      bench.type(habit)
      bench.pass(100).output()
      expect(bench.type('AT#SSLSECDATA=1,1,1,4\r') + bench.pass(500).output()).toBe('\r\n> ')
      expect(bench.type('\n123')).toBe('\r\nOK\r\n')
      bench.pass(100)
      expect(bench.type('AT\r') + bench.pass(10).output()).toBe('\r\nOK\r\n')
    }
  )

  it.each(habits)(
    'M-2: is one of the bytes that #FTPAPPEXT counts, from a client that ends lines with %s',
    (_, habit) => {
      const { bench, server } = openFtp()
      bench.at('AT#FTPPUT="new.txt",1')
      bench.type(habit)
      bench.pass(100).output()
      expect(bench.type('AT#FTPAPPEXT=4,1\r') + bench.pass(500).output()).toBe('\r\n> ')
      bench.type('\nabc')
      bench.pass(1_000)
      expect(Buffer.from(server.files.get('new.txt')!).toString('latin1')).toBe('\nabc')
    }
  )

  it.each(habits)(
    'M-2: is the first byte of an upload half a second after the CONNECT of #FTPPUT, from a client that ends lines with %s',
    (_, habit) => {
      const { bench, server } = openFtp()
      bench.type(habit)
      bench.pass(100).output()
      expect(bench.type('AT#FTPPUT="new.txt"\r') + bench.pass(1_000).output()).toContain('CONNECT')
      bench.type('\nabc')
      bench.pass(1_100).type('+++')
      bench.pass(1_500)
      expect(Buffer.from(server.files.get('new.txt')!).toString('latin1')).toBe('\nabc')
    }
  )

  it.each(habits)(
    'M-2: goes nowhere in a download of #FTPGET and disturbs nothing, from a client that ends lines with %s',
    (_, habit) => {
      const { bench, server } = ftpBench()
      server.files.set('a', Buffer.from('text'))
      bench.at('AT#FTPOPEN="90.90.90.90:21","user","secret",1')
      bench.type(habit)
      bench.pass(100).output()
      bench.type('AT#FTPGET="a"\r\n')
      bench.pass(2_000).output()
      expect(bench.type('AT\r\n') + bench.pass(10).output()).toBe('\r\nOK\r\n')
    }
  )

  it("M-2: within 50 ms it is the line's own, from a client whose line before had one", () => {
    const { bench, far } = open(dialCommand, 'AT\r\n')
    bench.type('AT\r\n')
    bench.output()
    expect(bench.type('AT#SSLO=1\r') + bench.pass(5).output()).toContain('CONNECT')
    bench.pass(45).type('\nfirst')
    bench.pass(5_100)
    expect(far.text).toBe('first')
  })

  it('M-2: within 50 ms it is data, from a client whose line before had none', () => {
    const { bench, far } = open(dialCommand, 'AT\r\n')
    bench.type('AT\r\n')
    bench.pass(100)
    bench.type('AT\r')
    bench.pass(100).output()
    expect(bench.type('AT#SSLO=1\r')).toContain('CONNECT')
    bench.type('\nfirst')
    bench.pass(5_100)
    expect(far.text).toBe('\nfirst')
  })

  it('M-2: a new client has no habits', () => {
    const { bench, far } = open(dialCommand, 'AT\r\n')
    bench.type('AT\r\n')
    bench.module.instances[0]!.clientChanged()
    bench.output()
    expect(bench.type('AT#SSLO=1\r')).toContain('CONNECT')
    bench.type('\nfirst')
    bench.pass(5_100)
    expect(far.text).toBe('\nfirst')
  })
})
