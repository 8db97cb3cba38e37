import { describe, expect, it } from 'vitest'
import { charts } from '../../../src/shared/statecharts/index.ts'
import { sslChart } from '../../../src/shared/statecharts/ssl.ts'
import { Bench, type FarEnd } from '../../fixtures/bench.ts'

const dialOnline = 'AT#SSLD=1,443,"123.124.125.126",0,0'
const dialCommand = 'AT#SSLD=1,443,"123.124.125.126",0,1'

/** Returns a bench with an echo server and an open socket; `far` is the server's side. */
function open(line: string, prepare = ''): { bench: Bench; far: FarEnd } {
  const bench = new Bench()
  let far: FarEnd | null = null
  bench.farEnd((one) => (far = one)).readyToDial()
  if (prepare) bench.at(prepare)
  expect(bench.at(line)).toBe(line === dialOnline ? '\r\nCONNECT\r\n' : '\r\nOK\r\n')
  return { bench, far: far! }
}

describe('#SSLEN (D-14)', () => {
  it('gates every SSL command but #SSLS and the test forms (G-3.1-2)', () => {
    const bench = new Bench()
    bench.at('AT+CMEE=1')
    const gated = [
      '#SSLSECCFG=1,0,0',
      '#SSLSECCFG?',
      '#SSLSECDATA?',
      '#SSLCFG?',
      '#SSLD=1,443,"a",0',
      '#SSLO=1',
      '#SSLH=1',
      '#SSLSEND=1',
      '#SSLRECV=1,10'
    ]
    for (const command of gated) expect(bench.at(`AT${command}`), command).toBe('\r\n+CME ERROR: 836\r\n')
    expect(bench.at('AT#SSLS=1')).toBe('\r\n#SSLS: 1,0\r\n\r\nOK\r\n')
    expect(bench.at('AT#SSLEN?')).toBe('\r\n#SSLEN: 1,0\r\n\r\nOK\r\n')
    expect(bench.at('AT#SSLD=?')).toBe('\r\n#SSLD: (1),(1-65535),,(0),(0,1),(10-5000)\r\n\r\nOK\r\n')
  })

  it('fails with 835 when it is on and 836 when it is off', () => {
    const bench = new Bench()
    bench.at('AT+CMEE=1')
    expect(bench.at('AT#SSLEN=1,0')).toBe('\r\n+CME ERROR: 836\r\n')
    expect(bench.at('AT#SSLEN=1,1')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SSLEN=1,1')).toBe('\r\n+CME ERROR: 835\r\n')
    expect(bench.at('AT#SSLEN=1,0')).toBe('\r\nOK\r\n')
  })

  it('closes an open connection silently', () => {
    const { bench, far } = open(dialCommand)
    expect(bench.at('AT#SSLEN=1,0')).toBe('\r\nOK\r\n')
    expect(far.closedByPeer).toBe(true)
    expect(bench.at('AT#SSLS=1')).toContain('1,0')
  })

  it('belongs to the AT instance that enabled it (G-3.1-3, D-27: 831)', () => {
    const bench = new Bench({ instances: 2 })
    bench.at('AT#SSLEN=1,1')
    bench.type('ATE0+CMEE=1\r', 1)
    for (const command of ['#SSLEN=1,1', '#SSLEN=1,0', '#SSLSECCFG=1,0,0', '#SSLH=1']) {
      expect(bench.type(`AT${command}\r`, 1), command).toBe('\r\n+CME ERROR: 831\r\n')
    }
    expect(bench.type('AT#SSLS=1\r', 1)).toContain('#SSLS: 1,1')
  })
})

describe('settings', () => {
  it('#SSLCFG reads ten values and keeps six (D-1, D-3)', () => {
    const bench = new Bench()
    bench.at('AT#SSLEN=1,1')
    expect(bench.at('AT#SSLCFG?')).toBe('\r\n#SSLCFG: 1,1,300,90,100,50,0,0,0,0\r\n\r\nOK\r\n')
    expect(bench.at('AT#SSLCFG=1,1,1500,0,5000,255')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SSLCFG?')).toContain('1,1,1500,0,5000,255')
    for (const values of [
      '1,2,300,90,100,50',
      '1,1,1501,90,100,50',
      '1,1,300,65536,100,50',
      '1,1,300,90,9,50',
      '1,1,300,90,100,256',
      '2,1,300,90,100,50'
    ]) {
      expect(bench.at(`AT#SSLCFG=${values}`), values).toBe('\r\nERROR\r\n')
    }
  })

  it('#SSLSECCFG has the suites of the family (G-3.2-1, G-3.2-2)', () => {
    for (const [product, top] of [
      ['HE910', 4],
      ['GE865-QUAD', 3]
    ] as const) {
      const bench = new Bench({ product })
      bench.at('AT#SSLEN=1,1')
      expect(bench.at('AT#SSLSECCFG=?')).toBe(
        `\r\n#SSLSECCFG: (1),(0-${top}),(0-2)${top === 4 ? ',(0,1)' : ''}\r\n\r\nOK\r\n`
      )
      expect(bench.at(`AT#SSLSECCFG=1,${top},2`)).toBe('\r\nOK\r\n')
      expect(bench.at(`AT#SSLSECCFG=1,${top + 1},0`)).toBe('\r\nERROR\r\n')
      expect(bench.at('AT#SSLSECCFG?')).toBe(`\r\n#SSLSECCFG: 1,${top},2\r\n\r\nOK\r\n`)
    }
  })

  it('takes closureType 1 on GSM only (G-4.1-2)', () => {
    expect(new Bench({ product: 'GE865-QUAD' }).echo().readyToDial().at('AT#SSLD=1,443,"123.124.125.126",1,1')).toBe(
      '\r\nOK\r\n'
    )
    expect(new Bench().echo().readyToDial().at('AT#SSLD=1,443,"123.124.125.126",1,1')).toBe('\r\nERROR\r\n')
  })
})

describe('#SSLD', () => {
  it('is refused with 556 without a context (G-2.1-4) and 834 when open', () => {
    const bench = new Bench().echo()
    bench.at('AT+CMEE=1;#SSLEN=1,1')
    expect(bench.at(dialCommand)).toBe('\r\n+CME ERROR: 556\r\n')
    bench.at('AT#SGACT=1,1')
    expect(bench.at(dialCommand)).toBe('\r\nOK\r\n')
    expect(bench.at(dialCommand)).toBe('\r\n+CME ERROR: 834\r\n')
  })

  it('opens in command mode when the mode is left out (D-4)', () => {
    expect(new Bench().echo().readyToDial().at('AT#SSLD=1,443,"123.124.125.126",0')).toBe('\r\nOK\r\n')
  })

  it('fails with 832 where nobody listens and 558 where no name is known', () => {
    const bench = new Bench().readyToDial()
    expect(bench.at(dialCommand)).toBe('\r\n+CME ERROR: 832\r\n')
    expect(bench.at('AT#SSLD=1,443,"no.such.name",0,1')).toBe('\r\n+CME ERROR: 558\r\n')
    expect(bench.at('AT#SSLS=1')).toContain('#SSLS: 1,1\r\n')
  })

  it('finds a name through the network', () => {
    const bench = new Bench().echo().readyToDial()
    bench.network.name('echo.example', '123.124.125.126')
    expect(bench.at('AT#SSLD=1,443,"echo.example",0,1')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#QDNS="echo.example"')).toBe('\r\n#QDNS: "echo.example","123.124.125.126"\r\n\r\nOK\r\n')
  })

  it('waits for the next packet of the handshake only so long (G-4.1-5, D-4)', () => {
    const bench = new Bench().readyToDial()
    bench.network.listen('123.124.125.126', 443, () => {})
    expect(bench.at('AT#SSLD=1,443,"123.124.125.126",0,1,20')).toBe('')
    expect(bench.pass(1800).output()).toBe('')
    expect(bench.pass(100).output()).toBe('\r\n+CME ERROR: 839\r\n')
    expect(bench.at(dialCommand)).toBe('')
    expect(bench.pass(9800).output()).toBe('')
    expect(bench.pass(200).output()).toBe('\r\n+CME ERROR: 839\r\n')
  })

  it('fails with 839 when the far end hangs up in the handshake', () => {
    const bench = new Bench().readyToDial()
    bench.network.listen('123.124.125.126', 443, (tcp) => tcp.onData(() => tcp.end()))
    expect(bench.at(dialCommand)).toBe('\r\n+CME ERROR: 839\r\n')
  })

  it('fails with 839 where no suite is common (G-2.2-4) and 837 where data is missing (G-3.2-5)', () => {
    const bench = new Bench().farEnd(() => {}, undefined, []).readyToDial()
    bench.at('AT#SSLSECCFG=1,0,1')
    expect(bench.at(dialCommand)).toBe('\r\n+CME ERROR: 837\r\n')
    bench.at('AT#SSLSECCFG=1,0,0')
    bench.network.listen('123.124.125.126', 443, (tcp) =>
      tcp.onData(() => tcp.write(Uint8Array.of(21, 3, 1, 0, 2, 2, 40)))
    )
    expect(bench.at(dialCommand)).toBe('\r\n+CME ERROR: 839\r\n')
    expect(bench.module.parts.ssl.facts().lastFailure).toMatch(/handshake_failure/)
  })

  it('shows the suite in the numbering of the family (G-2.2-2, G-2.2-3, D-31)', () => {
    for (const [product, values] of [
      ['HE910', [0, 1, 2, 3, 4]],
      ['GE865-QUAD', [0, 1, 2, 3]]
    ] as const) {
      for (const value of values) {
        const bench = new Bench({ product }).echo().readyToDial()
        bench.at(`AT#SSLSECCFG=1,${value},0`)
        expect(bench.at(dialCommand)).toBe('\r\nOK\r\n')
        // The bench's server prefers RC4-MD5 if several suites are proposed.
        expect(bench.at('AT#SSLS=1'), `${product} ${value}`).toBe(`\r\n#SSLS: 1,2,${value || 1}\r\n\r\nOK\r\n`)
      }
    }
  })

  it('obeys its chart: without the transition there is no dial', () => {
    const states = sslChart.machine.states!
    const without = {
      ...charts,
      ssl: {
        ...sslChart,
        machine: { ...sslChart.machine, states: { ...states, closed: { on: { DISABLE: 'disabled' } } } }
      }
    }
    const bench = new Bench({ charts: without }).echo().readyToDial()
    expect(bench.at(dialCommand)).toBe('\r\n+CME ERROR: 830\r\n')
    const noSend = structuredClone(sslChart)
    delete (noSend.machine.states as never as { open: { states: { command: { on: Record<string, string> } } } }).open
      .states.command.on['SEND']
    const other = new Bench({ charts: { ...charts, ssl: noSend } }).echo().readyToDial()
    expect(other.at(dialCommand)).toBe('\r\nOK\r\n')
    expect(other.at('AT#SSLSEND=1')).toBe('\r\n+CME ERROR: 833\r\n')
  })
})

describe('command mode', () => {
  it('sends what is typed at the prompt, four bytes of prompt (D-10, G-4.2-6)', () => {
    const { bench, far } = open(dialCommand)
    expect(bench.type('AT#SSLSEND=1\r')).toBe('\r\n> ')
    expect(bench.type('Send this\x1a')).toBe('\r\nOK\r\n')
    bench.pass(10)
    expect(far.text).toBe('Send this')
  })

  it('echoes at the prompt, takes bytes back with BS and leaves with ESC (D-10)', () => {
    const { bench, far } = open(dialCommand)
    bench.type('ATE1\r')
    bench.type('AT#SSLSEND=1\r')
    expect(bench.type('abx\bc\x1a')).toBe('abx\b \bc\r\nOK\r\n')
    bench.type('AT#SSLSEND=1\r')
    expect(bench.type('never\x1b')).toBe('never\r\nOK\r\n')
    bench.pass(10)
    expect(far.text).toBe('abc')
  })

  it('drops what exceeds 1023 bytes (D-8) and swallows the CR after Ctrl-Z', () => {
    const { bench, far } = open(dialCommand)
    bench.type('AT#SSLSEND=1\r\n')
    expect(bench.type(`${'y'.repeat(1100)}\x1a\r\n`)).toBe('\r\nOK\r\n')
    bench.pass(10)
    expect(far.text).toBe('y'.repeat(1023))
    expect(bench.at('AT')).toBe('\r\nOK\r\n')
  })

  it('keeps an LF that begins the data, unless it comes at once from a client that ends lines with CR LF (D-11)', () => {
    const { bench, far } = open(dialCommand)
    bench.type('AT#SSLSEND=1\r')
    bench.pass(60)
    bench.type('\nA\x1a')
    bench.type('AT#SSLSEND=1\r')
    bench.type('\nB\x1a')
    bench.type('AT\r\n')
    bench.type('AT#SSLSEND=1\r')
    bench.pass(60)
    bench.type('\nC\x1a')
    bench.type('AT\r\n')
    bench.type('AT#SSLSEND=1\r')
    bench.pass(20)
    bench.type('\nD\x1a')
    bench.pass(10)
    expect(far.text).toBe('\nA\nB\nCD')
  })

  it('reads in the framing of D-6, in one write, as soon as any data is there', () => {
    const { bench, far } = open(dialCommand)
    far.send('Response of the server!')
    bench.pass(1)
    bench.writes()
    bench.type('AT#SSLRECV=1,15\r')
    expect(bench.writes()).toEqual([])
    // `type` has already taken the writes, so ask again in one piece.
    far.send('more')
    bench.pass(1)
    bench.module.instances[0]!.receive(Buffer.from('AT#SSLRECV=1,1000\r'))
    expect(bench.writes()).toEqual(['\r\n#SSLRECV: 12\r\n server!more\r\n\r\nOK\r\n'])
  })

  it('waits for data up to its timeout (G-4.2-7)', () => {
    const { bench, far } = open(dialCommand)
    expect(bench.at('AT#SSLRECV=1,15,10')).toBe('')
    expect(bench.pass(1000).output()).toBe('\r\n#SSLRECV: 0\r\nTIMEOUT\r\n\r\nOK\r\n')
    bench.at('AT#SSLRECV=1,15')
    far.send('late')
    expect(bench.pass(1).output()).toBe('\r\n#SSLRECV: 4\r\nlate\r\n\r\nOK\r\n')
    bench.at('AT#SSLRECV=1,15')
    expect(bench.pass(10_000).output()).toContain('TIMEOUT')
  })

  it('reads at most 1000 bytes: above that +CME 4 (D-6)', () => {
    const { bench } = open(dialCommand)
    expect(bench.at('AT#SSLRECV=1,1001')).toBe('\r\n+CME ERROR: 4\r\n')
    expect(bench.at('AT#SSLRECV=1,0')).toBe('\r\n+CME ERROR: 4\r\n')
  })

  it('answers 833 when nothing is open', () => {
    const bench = new Bench().readyToDial()
    for (const command of ['#SSLSEND=1', '#SSLRECV=1,10', '#SSLO=1', '#SSLH=1'])
      expect(bench.at(`AT${command}`), command).toBe('\r\n+CME ERROR: 833\r\n')
  })

  it('closes with #SSLH, with close_notify, and says so in #SSLS', () => {
    const { bench, far } = open(dialCommand)
    expect(bench.at('AT#SSLH=1')).toBe('\r\nOK\r\n')
    expect(far.closedByPeer).toBe(true)
    expect(bench.at('AT#SSLS=1')).toBe('\r\n#SSLS: 1,1\r\n\r\nOK\r\n')
  })

  it('slows the far end down while nobody reads, and loses nothing', () => {
    const { bench, far } = open(dialCommand)
    for (let count = 0; count < 100; count += 1) far.send(Buffer.alloc(1000, count))
    bench.pass(1)
    expect(bench.module.parts.ssl.facts().heldBytes).toBeLessThan(70_000)
    let read = 0
    while (read < 100_000) {
      const answer = bench.at('AT#SSLRECV=1,1000')
      read += Number(/#SSLRECV: (\d+)/.exec(answer)![1])
    }
    expect(read).toBe(100_000)
  })
})

describe('the far end closes in command mode (D-7)', () => {
  it('(1, 2) with data held: 840 for sending, the data for reading, NO CARRIER 50 ms after the last OK, then 833', () => {
    const { bench, far } = open(dialCommand)
    far.send('last words')
    far.close()
    expect(bench.pass(10).output()).toBe('')
    expect(bench.at('AT#SSLS=1')).toContain('#SSLS: 1,2,')
    expect(bench.at('AT#SSLSEND=1')).toBe('\r\n+CME ERROR: 840\r\n')
    bench.type('AT#SSLRECV=1,4\r')
    expect(bench.pass(200).output()).toBe('')
    expect(bench.type('AT#SSLRECV=1,100\r')).toBe('\r\n#SSLRECV: 6\r\n words\r\n\r\nOK\r\n')
    expect(bench.type('AT#SSLS=1\r')).toContain('#SSLS: 1,1\r\n')
    expect(bench.pass(49).output()).toBe('')
    expect(bench.pass(1).output()).toBe('\r\nNO CARRIER\r\n')
    expect(bench.at('AT#SSLRECV=1,4')).toBe('\r\n+CME ERROR: 833\r\n')
  })

  it('(3) while #SSLRECV waits: DISCONNECTED, OK, NO CARRIER', () => {
    const { bench, far } = open(dialCommand)
    bench.at('AT#SSLRECV=1,15')
    far.close()
    expect(bench.pass(10).output()).toBe('\r\n#SSLRECV: 0\r\nDISCONNECTED\r\n\r\nOK\r\n\r\nNO CARRIER\r\n')
    expect(bench.at('AT#SSLS=1')).toContain('#SSLS: 1,1\r\n')
  })

  it('(4) with nothing held and no command: NO CARRIER at once', () => {
    const { bench, far } = open(dialCommand)
    far.close()
    expect(bench.pass(1).output()).toBe('\r\nNO CARRIER\r\n')
  })

  it('while data is typed at the prompt: 840, then NO CARRIER', () => {
    const { bench, far } = open(dialCommand)
    bench.type('AT#SSLSEND=1\r')
    far.close()
    expect(bench.pass(10).output()).toBe('')
    expect(bench.type('too late\x1a')).toBe('\r\n+CME ERROR: 840\r\n\r\nNO CARRIER\r\n')
  })
})

describe('online mode', () => {
  it('sends when pktSize is reached, and the rest when txTo expires (G-4.2-1)', () => {
    const { bench, far } = open(dialOnline, 'AT#SSLCFG=1,1,10,90,100,5')
    bench.type('0123456789abc')
    bench.pass(1)
    expect(far.received.map((bytes) => Buffer.from(bytes).toString())).toEqual(['0123456789'])
    bench.pass(498)
    expect(far.text).toBe('0123456789')
    bench.pass(2)
    expect(far.text).toBe('0123456789abc')
  })

  it('never sends by time with txTo 0, and by 300 bytes with pktSize 0 (D-3)', () => {
    const { bench, far } = open(dialOnline, 'AT#SSLCFG=1,1,0,0,100,0')
    bench.type('x'.repeat(299))
    bench.pass(100_000)
    expect(far.text).toBe('')
    bench.type('y')
    bench.pass(1)
    expect(far.text).toHaveLength(300)
  })

  it('gives the host what the far end sends, as it is', () => {
    const { bench, far } = open(dialOnline)
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value))
    far.send(bytes)
    expect(Buffer.from(bench.pass(1).output(), 'latin1').equals(bytes)).toBe(true)
  })

  it('goes back to commands with the guarded +++ and keeps the connection (D-18, G-4.2-2)', () => {
    const { bench, far } = open(dialOnline)
    bench.type('waiting')
    bench.pass(1000)
    bench.type('+++')
    expect(bench.pass(999).output()).toBe('')
    expect(bench.pass(1).output()).toBe('\r\nOK\r\n')
    bench.pass(1)
    // The waiting bytes were sent, with the three characters.
    expect(far.text).toBe('waiting+++')
    expect(bench.at('AT#SSLS=1')).toContain('#SSLS: 1,2,')
    expect(bench.at('AT#SSLO=1')).toBe('\r\nCONNECT\r\n')
    far.send('hello again')
    expect(bench.pass(1).output()).toBe('hello again')
  })

  it('takes +++ typed one by one, and not without silence before or after', () => {
    const { bench } = open(dialOnline)
    bench.type('abc+++')
    expect(bench.pass(2000).output()).toBe('')
    bench.type('+')
    bench.pass(200)
    bench.type('+')
    bench.pass(200)
    bench.type('+')
    bench.pass(500)
    bench.type('x')
    expect(bench.pass(2000).output()).toBe('')
    for (let count = 0; count < 3; count += 1) bench.pass(300).type('+')
    expect(bench.pass(1000).output()).toBe('\r\nOK\r\n')
  })

  it('keeps the three characters from the far end with #SKIPESC=1, and sends them when they are data', () => {
    const { bench, far } = open(dialOnline, 'AT#SKIPESC=1;#SSLCFG=1,1,300,90,100,1')
    bench.pass(1000).type('+++')
    expect(bench.pass(1000).output()).toBe('\r\nOK\r\n')
    bench.at('AT#SSLO=1')
    bench.pass(1000).type('++')
    bench.pass(100).type('1')
    bench.pass(500)
    expect(far.text).toBe('++1')
  })

  it('holds the guard time of S12 and the character of S2', () => {
    const { bench } = open(dialOnline, 'ATS12=100S2=42')
    bench.pass(2000).type('***')
    expect(bench.pass(1999).output()).toBe('')
    expect(bench.pass(1).output()).toBe('\r\nOK\r\n')
  })

  it('ends with NO CARRIER when the far end closes, data first (G-4.2-4)', () => {
    const { bench, far } = open(dialOnline)
    far.send('bye')
    far.close()
    expect(bench.pass(10).output()).toBe('bye\r\nNO CARRIER\r\n')
    expect(bench.at('AT#SSLS=1')).toContain('#SSLS: 1,1\r\n')
    expect(bench.at('AT#SSLH=1')).toBe('\r\n+CME ERROR: 833\r\n')
  })

  it('ends with NO CARRIER after maxTo without data either way (G-3.4-3)', () => {
    const { bench, far } = open(dialOnline, 'AT#SSLCFG=1,1,300,10,100,50')
    bench.pass(9000).type('x')
    bench.pass(9000)
    far.send('y')
    bench.pass(9990)
    expect(bench.output()).toBe('y')
    expect(bench.pass(10).output()).toBe('\r\nNO CARRIER\r\n')
    bench.pass(1)
    expect(far.closedByPeer).toBe(true)
  })

  it('gives data that came while suspended first', () => {
    const { bench, far } = open(dialOnline)
    bench.pass(1000).type('+++')
    bench.pass(1000)
    bench.output()
    far.send('meanwhile')
    bench.pass(10)
    expect(bench.type('AT#SSLO=1\r')).toBe('\r\nCONNECT\r\nmeanwhile')
  })

  it('holds the far end back while the port is full', () => {
    const { bench, far } = open(dialOnline)
    bench.portRoom = false
    far.send('first')
    bench.pass(1)
    far.send('second')
    expect(bench.pass(1).output()).toBe('first')
    bench.portRoom = true
    bench.module.instances[0]!.portDrained()
    expect(bench.pass(1).output()).toBe('second')
  })

  it('takes a socket opened in command mode online (G-4.2-3)', () => {
    const { bench, far } = open(dialCommand)
    expect(bench.at('AT#SSLO=1')).toBe('\r\nCONNECT\r\n')
    bench.type('now online')
    bench.pass(5000)
    expect(far.text).toBe('now online')
  })
})

describe('what ends a connection from outside', () => {
  it('the context: NO CARRIER online and in command mode', () => {
    const online = open(dialOnline).bench
    online.module.parts.contexts.get(1)!.drop(null)
    expect(online.output()).toBe('\r\nNO CARRIER\r\n')
    const command = open(dialCommand).bench
    expect(command.at('AT#SGACT=1,0')).toBe('\r\nOK\r\n\r\nNO CARRIER\r\n')
    expect(command.at('AT#SSLS=1')).toContain('#SSLS: 1,1\r\n')
  })

  it('the context while dialling: the dial fails', () => {
    const bench = new Bench().readyToDial()
    bench.network.listen('123.124.125.126', 443, () => {})
    bench.at(dialCommand)
    bench.module.parts.contexts.get(1)!.drop(null)
    expect(bench.output()).toBe('\r\n+CME ERROR: 832\r\n')
    expect(bench.at('AT#SSLS=1')).toContain('#SSLS: 1,1\r\n')
  })

  it('power: nothing is said, and SSL is disabled after the restart (D-25)', () => {
    const { bench, far } = open(dialOnline)
    bench.module.pressReset()
    expect(bench.pass(1000).output()).toBe('')
    // TCP ends, and nothing was left to send close_notify.
    expect([far.closedByPeer, far.failure]).toEqual([false, expect.stringContaining('without saying close_notify')])
    expect(bench.at('AT#SSLS=1')).toContain('#SSLS: 1,0\r\n')
  })
})
