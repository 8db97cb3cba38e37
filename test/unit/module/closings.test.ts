import { describe, expect, it } from 'vitest'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import { Bench, type FarEnd } from '../../fixtures/bench.ts'

// Every way in which a connection ends without the host, in every state, and the response of each command afterwards
// (D-7).

const address = '"123.124.125.126"'
const ok = '\r\nOK\r\n'
const noCarrier = '\r\nNO CARRIER\r\n'
const refused = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`

type Bare = { bench: Bench; far: FarEnd }

/** Opens a socket in command mode, or suspended by +++ from online mode. */
function open(state: 'command mode' | 'suspended'): Bare {
  const bench = new Bench({ product: 'GE865-QUAD' })
  let far: FarEnd | null = null
  bench.farEnd((one) => (far = one), undefined, undefined, memorySessionStore()).readyToDial()
  bench.at(`AT#SSLD=1,443,${address},1,${state === 'suspended' ? 0 : 1}`)
  if (state === 'suspended') {
    bench.pass(1000).type('+++')
    expect(bench.pass(1000).output()).toBe(ok)
  }
  bench.pass(200)
  return { bench, far: far! }
}

/**
 * A way to end. `keeps`: whether the TLS session stays resumable (D-24). `context`: whether PDP context 1 is still
 * active.
 */
interface Closing {
  readonly name: string
  readonly close: (on: Bare) => void
  /** What the host gets besides NO CARRIER: the result code of the command that ended it. */
  readonly result: string
  readonly keeps: boolean
  readonly context: boolean
}

const byHost = (line: string) => ({
  close: ({ bench }: Bare) => void bench.type(`AT${line}\r`),
  result: ok,
  keeps: false,
  context: false
})
const byNetwork = (act: (bench: Bench) => void) => ({
  close: ({ bench }: Bare) => act(bench),
  result: '',
  keeps: false,
  context: false
})

const closings: readonly Closing[] = [
  { name: 'close_notify', close: ({ far }) => far.close(), result: '', keeps: true, context: true },
  { name: 'FIN', close: ({ far }) => far.tcp.end(), result: '', keeps: false, context: true },
  { name: 'RST', close: ({ far }) => far.tcp.reset(), result: '', keeps: false, context: true },
  { name: 'AT#SGACT=1,0', ...byHost('#SGACT=1,0') },
  { name: 'AT+CGATT=0', ...byHost('+CGATT=0') },
  { name: 'AT+CFUN=4', ...byHost('+CFUN=4') },
  { name: 'the context dropped by the network', ...byNetwork((bench) => bench.network.dropContext(1)) },
  { name: 'detach by the network', ...byNetwork((bench) => bench.network.detachModule()) },
  { name: 'loss of coverage', ...byNetwork((bench) => bench.network.loseCoverage()) }
]

const states = ['command mode', 'suspended'] as const
const table = states.flatMap((state) =>
  closings.map((closing) => ({ state, closing, name: `${closing.name} in ${state}` }))
)

describe.each(table)('with data held, $name', ({ state, closing }) => {
  const ended = (): Bare => {
    const both = open(state)
    both.far.send('held bytes')
    both.bench.pass(10)
    both.bench.output()
    closing.close(both)
    // Deregistering takes time. The result code comes, without NO CARRIER.
    expect(both.bench.pass(300).output()).toBe(closing.result)
    return both
  }

  it('M-3, M-12: #SSLO gives CONNECT, the held bytes and NO CARRIER (D-7)', () => {
    const { bench } = ended()
    bench.type('ATE0\r')
    bench.output()
    expect(bench.type('AT#SSLO=1\r') + bench.pass(200).output()).toBe(`\r\nCONNECT\r\nheld bytes${noCarrier}`)
    expect(bench.at('AT#SSLS=1')).toBe(`\r\n#SSLS: 1,1\r\n${ok}`)
    expect(bench.at('AT#SSLO=1')).toBe(refused(833))
  })

  it('M-3, M-12: #SSLRECV gives the bytes, and 50 ms later comes NO CARRIER (D-7)', () => {
    const { bench } = ended()
    expect(bench.type('AT#SSLRECV=1,4\r')).toBe(`\r\n#SSLRECV: 4\r\nheld\r\n${ok}`)
    expect(bench.pass(200).output()).toBe('')
    expect(bench.type('AT#SSLRECV=1,100\r')).toBe(`\r\n#SSLRECV: 6\r\n bytes\r\n${ok}`)
    expect(bench.pass(45).output()).toBe('')
    expect(bench.pass(10).output()).toBe(noCarrier)
    expect(bench.at('AT#SSLRECV=1,100')).toBe(refused(833))
  })

  it.each([
    [`#SSLD=1,443,${address},0,1`, refused(834)],
    ['#SSLFASTD=1,1', refused(834)],
    ['#SSLSEND=1', refused(840)],
    ['#SSLSENDEXT=1,3', refused(840)],
    ['#SSLS=1', expect.stringMatching(/^\r\n#SSLS: 1,2,\d\r\n\r\nOK\r\n$/)]
  ])('M-3: AT%s says that it is not over yet, and the bytes stay', (command, answer) => {
    const { bench } = ended()
    expect(bench.at(`AT${command}`)).toEqual(answer)
    expect(bench.at('AT#SSLRECV=1,100')).toBe(`\r\n#SSLRECV: 10\r\nheld bytes\r\n${ok}${noCarrier}`)
  })

  it('M-3: #SSLH closes with OK and no NO CARRIER', () => {
    const { bench } = ended()
    expect(bench.at('AT#SSLH=1')).toBe(ok)
    expect(bench.pass(500).output()).toBe('')
    expect(bench.at('AT#SSLS=1')).toBe(`\r\n#SSLS: 1,1\r\n${ok}`)
    expect(bench.at('AT#SSLH=1')).toBe(refused(833))
  })

  it(`T-1: the session ${closing.keeps ? 'stays' : 'is lost'} once the bytes are read (D-24)`, () => {
    const { bench } = ended()
    bench.at('AT#SSLRECV=1,100')
    expect(bench.module.parts.ssl.facts().sessionKept).toBe(closing.keeps)
    if (closing.context) expect(bench.at('AT#SSLFASTD=1,1')).toBe(closing.keeps ? ok : refused(830))
  })

  it(`T-1: #SSLH=1,1 ${closing.keeps ? 'keeps the session' : 'cannot bring it back'} (D-24)`, () => {
    const { bench } = ended()
    bench.at('AT#SSLH=1,1')
    expect(bench.module.parts.ssl.facts().sessionKept).toBe(closing.keeps)
  })
})

describe.each(table)('with nothing held, $name', ({ state, closing }) => {
  it('M-3: NO CARRIER comes, and the socket is closed (D-7)', () => {
    const both = open(state)
    closing.close(both)
    const { bench } = both
    expect(bench.pass(500).output()).toBe(`${closing.result}${noCarrier}`)
    expect(bench.at('AT#SSLS=1')).toBe(`\r\n#SSLS: 1,1\r\n${ok}`)
    for (const command of ['#SSLO=1', '#SSLH=1', '#SSLSEND=1', '#SSLRECV=1,10'])
      expect(bench.at(`AT${command}`), command).toBe(refused(833))
    if (closing.context) {
      expect(bench.at('AT#SSLFASTD=1,1')).toBe(closing.keeps ? ok : refused(830))
      if (!closing.keeps) expect(bench.at(`AT#SSLD=1,443,${address},0,1`)).toBe(ok)
    } else expect(bench.at(`AT#SSLD=1,443,${address},0,1`)).toBe(refused(556))
  })
})

/** While a command waits, no other command can be sent: the connection is ended from outside. */
const fromOutside = states.flatMap((state) =>
  closings
    .filter(({ result }) => result === '')
    .map((closing) => ({ state, closing, name: `${closing.name} in ${state}` }))
)

describe.each(fromOutside)('$name', ({ state, closing }) => {
  it('M-3: a #SSLRECV that waits ends with DISCONNECTED, then NO CARRIER (D-7)', () => {
    const both = open(state)
    both.bench.type('AT#SSLRECV=1,10\r')
    closing.close(both)
    expect(both.bench.pass(300).output()).toBe(`\r\n#SSLRECV: 0\r\nDISCONNECTED\r\n${ok}${noCarrier}`)
  })

  it.each([
    ['', `${refused(840)}${noCarrier}`],
    ['held bytes', refused(840)]
  ])('M-3: under an open prompt with "%s" held, Ctrl-Z gets 840', (held, answer) => {
    const both = open(state)
    const { bench, far } = both
    expect(bench.type('AT#SSLSEND=1\r')).toBe('\r\n> ')
    if (held) far.send(held)
    bench.pass(10)
    closing.close(both)
    expect(bench.pass(300).output()).toBe('')
    bench.type('too late')
    expect(bench.type('\x1a') + bench.pass(300).output()).toBe(answer)
    if (held) expect(bench.at('AT#SSLRECV=1,100')).toBe(`\r\n#SSLRECV: 10\r\n${held}\r\n${ok}${noCarrier}`)
  })
})

describe('a context that goes down after the far end has closed', () => {
  it('M-12: leaves what is held where it is (D-7)', () => {
    const { bench, far } = open('command mode')
    far.send('held bytes')
    far.close()
    bench.pass(10)
    expect(bench.at('AT#SGACT=1,0')).toBe(ok)
    expect(bench.at('AT#SSLRECV=1,100')).toBe(`\r\n#SSLRECV: 10\r\nheld bytes\r\n${ok}${noCarrier}`)
  })
})

describe('a send that fails (D-38)', () => {
  const commands = [
    ['#SSLSEND=1,50', 'not to arrive\x1a'],
    ['#SSLSENDEXT=1,13,50', 'not to arrive']
  ] as const
  const stuck = (command: string, data: string): Bare => {
    const both = open('command mode')
    both.far.tcp.takeNothing()
    both.bench.type(`AT${command}\r`)
    both.bench.type(data)
    return both
  }

  it.each(commands)(
    'M-4: AT%s that ends in 832 closes the socket, and nothing of it arrives later',
    (command, data) => {
      const { bench, far } = stuck(command, data)
      bench.output()
      expect(bench.pass(5000).output()).toBe(`${refused(832)}${noCarrier}`)
      expect(bench.at('AT#SSLS=1')).toBe(`\r\n#SSLS: 1,1\r\n${ok}`)
      far.tcp.takeAll()
      bench.pass(100)
      expect([far.text, far.closedByPeer]).toEqual(['', false])
      // Neither side has sent close_notify (D-24).
      expect(bench.at('AT#SSLFASTD=1,1')).toBe(refused(830))
    }
  )

  it.each(commands)('M-4: AT%s that ends in 832 leaves what had come before it readable', (command, data) => {
    const { bench, far } = stuck(command, data)
    far.send('held bytes')
    bench.pass(10)
    bench.output()
    expect(bench.pass(5000).output()).toBe(refused(832))
    expect(bench.at('AT#SSLSEND=1')).toBe(refused(840))
    expect(bench.at('AT#SSLRECV=1,100')).toBe(`\r\n#SSLRECV: 10\r\nheld bytes\r\n${ok}${noCarrier}`)
  })

  it.each(closings.filter(({ result }) => result === ''))(
    'M-4: what $name ends with 840 does not arrive later either',
    (closing) => {
      const both = stuck(...commands[0])
      both.bench.output()
      closing.close(both)
      expect(both.bench.pass(300).output()).toBe(`${refused(840)}${noCarrier}`)
      both.far.tcp.takeAll()
      both.bench.pass(100)
      expect(both.far.text).toBe('')
    }
  )

  it('M-4: what a damaged record ends with 838 does not arrive later either', () => {
    const { bench, far } = stuck(...commands[0])
    bench.output()
    far.tcp.write(Uint8Array.from([23, 3, 1, 0, 20, ...Array.from({ length: 20 }, (_, index) => index)]))
    expect(bench.pass(10).output()).toBe(refused(838))
    far.tcp.takeAll()
    bench.pass(100)
    expect(far.text).toBe('')
  })
})
