import { describe, expect, it } from 'vitest'
import { guideAddress, listen, type FarEndOptions } from './far-ends.ts'
import { Host } from './host.ts'

// Chapters 3.4 and 4: the socket's settings, dial, data in both modes, closure.

const ok = '\r\nOK\r\n'
const error = '\r\nERROR\r\n'
const connect = '\r\nCONNECT\r\n'
const refused = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const dialOnline = `AT#SSLD=1,443,"${guideAddress}",0,0`
const dialCommand = `AT#SSLD=1,443,"${guideAddress}",0,1`
const families = [{ product: 'GE865-QUAD' }, { product: 'HE910' }]
const silent: FarEndOptions = { data: () => {} }

function opened(
  product: { product: string },
  dial: string,
  far: FarEndOptions = silent,
  settings = '1,1,300,90,100,50'
) {
  const host = new Host(product).ready()
  const connections = listen(host.bench, far)
  expect(host.at(`AT#SSLCFG=${settings}`)).toBe(ok)
  expect(host.at(dial)).toBe(dial === dialOnline ? connect : ok)
  return { host, far: connections[0]! }
}

describe.each(families)('#SSLCFG on $product (chapter 3.4)', (product) => {
  it('sets context 1, packet size and three limits, six values at least (G-3.4-1, D-1, D-3)', () => {
    const host = new Host(product).ready()
    expect(host.at('AT#SSLCFG?')).toBe(`\r\n#SSLCFG: 1,1,300,90,100,50,0,0,0,0\r\n${ok}`)
    for (const args of ['1,1,0,0,10,0', '1,1,1500,65535,5000,255']) {
      expect(host.at(`AT#SSLCFG=${args}`)).toBe(ok)
      expect(host.at('AT#SSLCFG?')).toBe(`\r\n#SSLCFG: ${args},0,0,0,0\r\n${ok}`)
    }
    for (const args of ['2,1,300,90,100,50', '1,0,300,90,100,50', '1,2,300,90,100,50', '1,1,300,90,100'])
      expect(host.at(`AT#SSLCFG=${args}`)).toBe(error)
  })

  it('takes twelve values, shows ten and drops the last two (D-1, D-34)', () => {
    const host = new Host(product).ready()
    expect(host.at('AT#SSLCFG=1,1,300,90,100,50,1,1,7,8,9,10')).toBe(ok)
    expect(host.at('AT#SSLCFG?')).toBe(`\r\n#SSLCFG: 1,1,300,90,100,50,1,1,7,8\r\n${ok}`)
    expect(host.at('AT#SSLCFG=1,1,300,90,100,50,0,0,0,0,0,0,0')).toBe(error)
  })

  it('pktSize is what leaves at once online (G-3.4-2)', () => {
    const { host, far } = opened(product, dialOnline, silent, '1,1,64,90,100,0')
    host.type('x'.repeat(63))
    host.wait(60_000)
    expect(far.received).toBe('')
    host.type('y'.repeat(66))
    host.wait(10)
    expect(far.received).toBe(`${'x'.repeat(63)}${'y'.repeat(65)}`)
  })

  it('txTo sends what waits (G-3.4-5)', () => {
    const { host, far } = opened(product, dialOnline, silent, '1,1,300,90,100,7')
    host.type('little')
    host.wait(690)
    expect(far.received).toBe('')
    host.wait(20)
    expect(far.received).toBe('little')
  })

  it('maxTo closes an online connection without data (G-3.4-3, G-4.2-4)', () => {
    const { host } = opened(product, dialOnline, silent, '1,1,300,5,100,50')
    expect(host.wait(4990)).toBe('')
    expect(host.wait(20)).toBe('\r\nNO CARRIER\r\n')
    expect(host.at('AT#SSLS=1')).toContain('#SSLS: 1,1')
  })

  it('defTo is the timeout of commands that give none (G-3.4-4)', () => {
    const { host } = opened(product, dialCommand, silent, '1,1,300,90,30,50')
    host.type('AT#SSLRECV=1,10\r')
    expect(host.wait(2990)).toBe('')
    expect(host.wait(20)).toContain('TIMEOUT')
    host.type('AT#SSLRECV=1,10,50\r')
    expect(host.wait(4990)).toBe('')
    expect(host.wait(20)).toContain('TIMEOUT')
  })
})

describe.each(families)('#SSLD on $product (chapter 4.1)', (product) => {
  it('takes an address or a name, a port, and the mode (G-4.1-1, G-4.1-3)', () => {
    const host = new Host(product).ready()
    host.bench.network.name('server.example', guideAddress)
    listen(host.bench)
    listen(host.bench, {}, 8443)
    for (const where of [
      `443,"${guideAddress}"`,
      `443,${guideAddress}`,
      `8443,"${guideAddress}"`,
      '443,"server.example"'
    ]) {
      expect(host.at(`AT#SSLD=1,${where},0,1`), where).toBe(ok)
      // Command mode: the module takes commands.
      expect(host.at('AT#SSLS=1')).toContain('#SSLS: 1,2,')
      expect(host.at('AT#SSLH=1')).toBe(ok)
    }
    expect(host.at(dialOnline)).toBe(connect)
    // Online mode: what looks like a command is data.
    host.bench.pass(10)
    expect(host.type('AT#SSLS=1\r') + host.wait(5100)).toBe('AT#SSLS=1\r')
  })

  it('answers ERROR whatever makes it fail (G-4.1-4)', () => {
    const host = new Host(product).ready()
    host.at('AT+CMEE=0')
    expect(host.at(dialCommand), 'nobody listens').toBe(error)
    expect(host.at('AT#SSLD=1,443,"unknown.example",0,1'), 'no such name').toBe(error)
    host.bench.network.listen(guideAddress, 443, () => {})
    expect(host.at(`${dialCommand},10`), 'no answer').toBe(error)
    host.bench.network.listen(guideAddress, 443, (tcp) => tcp.onData(() => tcp.end()))
    expect(host.at(dialCommand), 'hung up').toBe(error)
    host.bench.network.listen(guideAddress, 443, (tcp) =>
      tcp.onData(() => tcp.write(Buffer.from('HTTP/1.0 400 Bad Request\r\n\r\n')))
    )
    expect(host.at(dialCommand), 'no TLS').toBe(error)
    expect(host.at('AT#SSLS=1')).toContain('#SSLS: 1,1')
    listen(host.bench)
    expect(host.at(dialCommand), 'and then all is well').toBe(ok)
  })

  it('bounds each wait in the handshake by its timeout, else by defTo (G-4.1-5, D-4)', () => {
    const host = new Host(product).ready()
    host.bench.network.listen(guideAddress, 443, () => {})
    host.at('AT#SSLCFG=1,1,300,90,40,50')
    for (const [line, limitMs] of [
      [`${dialCommand},15`, 1500],
      [dialCommand, 4000]
    ] as const) {
      host.type(`${line}\r`)
      expect(host.wait(limitMs - 20)).toBe('')
      expect(host.wait(100)).toBe(refused(839))
    }
  })
})

describe.each(families)('online mode on $product (chapter 4.2.1)', (product) => {
  it('takes no commands on its port until +++, which keeps the connection (G-4.2-2, D-18)', () => {
    const { host, far } = opened(product, dialOnline, silent, '1,1,300,90,100,1')
    host.type('AT\r')
    expect(host.wait(200)).toBe('')
    expect(far.received).toBe('AT\r')
    expect(host.escape()).toBe(ok)
    expect(host.at('AT')).toBe(ok)
    expect(far.closedByPeer).toBe(false)
  })

  it('needs +++ before #SSLH, unless the connection has ended by itself (G-4.3-2)', () => {
    const { host, far } = opened(product, dialOnline, silent, '1,1,300,90,100,1')
    host.type('AT#SSLH=1\r')
    host.wait(200)
    expect(far.closedByPeer).toBe(false)
    expect(far.received).toBe('AT#SSLH=1\r')
    expect(host.escape()).toBe(ok)
    expect(host.at('AT#SSLH=1')).toBe(ok)
    host.wait(10)
    expect(far.closedByPeer).toBe(true)

    const other = opened(product, dialOnline)
    other.far.close()
    expect(other.host.wait(10)).toBe('\r\nNO CARRIER\r\n')
    expect(other.host.at('AT')).toBe(ok)
    expect(other.host.at('AT#SSLH=1')).toBe(refused(833))
  })
})

describe.each(families)('command mode on $product (chapter 4.2.2)', (product) => {
  it('blocks: what is typed meanwhile runs after the result (G-4.2-5, D-23)', () => {
    const { host, far } = opened(product, dialCommand)
    expect(host.type('AT#SSLRECV=1,10,20\r')).toBe('')
    expect(host.type('AT\r')).toBe('')
    expect(host.wait(500)).toBe('')
    far.send('data')
    expect(host.wait(10)).toBe(`\r\n#SSLRECV: 4\r\ndata\r\n${ok}${ok}`)
  })

  it('reads what the far end sent before it closed; then NO CARRIER, and no #SSLH is needed (G-4.3-3, D-7)', () => {
    const { host, far } = opened(product, dialCommand)
    far.send('last words')
    far.close()
    expect(host.wait(500)).toBe('')
    expect(host.at('AT#SSLRECV=1,4')).toBe(`\r\n#SSLRECV: 4\r\nlast\r\n${ok}`)
    expect(host.at('AT#SSLRECV=1,100')).toBe(`\r\n#SSLRECV: 6\r\n words\r\n${ok}`)
    expect(host.wait(100)).toBe('\r\nNO CARRIER\r\n')
    expect(host.at('AT#SSLH=1')).toBe(refused(833))
    expect(host.at(dialCommand)).toBe(ok)
  })

  it('closes at any moment between commands, data waiting or not (G-4.3-1)', () => {
    for (const data of ['', 'unread']) {
      const { host, far } = opened(product, dialCommand)
      if (data) far.send(data)
      host.wait(10)
      expect(host.at('AT#SSLH=1')).toBe(ok)
      expect(host.at('AT#SSLS=1')).toContain('#SSLS: 1,1')
      expect(host.at(dialCommand)).toBe(ok)
      // Unread data belonged to the old connection.
      expect(host.at('AT#SSLRECV=1,10,10')).toContain('TIMEOUT')
    }
  })
})

describe('SSLSRING (D-2)', () => {
  it('is off unless the seventh value of #SSLCFG asks for it', () => {
    for (const [mode, rings] of [
      [0, ''],
      [1, '\r\nSSLSRING: 1,5\r\n']
    ] as const) {
      const { host, far } = opened({ product: 'HE910' }, dialCommand, silent, `1,1,300,90,100,50,${mode}`)
      host.wait(1000)
      far.send('hello')
      expect(host.wait(200)).toBe(rings)
      expect(host.at('AT#SSLRECV=1,100')).toBe(`\r\n#SSLRECV: 5\r\nhello\r\n${ok}`)
    }
  })

  it('never comes within the answer of a command, and not within 50 ms of its OK', () => {
    const { host, far } = opened({ product: 'GE910-QUAD' }, dialCommand, silent, '1,1,300,90,100,50,1')
    host.wait(1000)
    host.type('AT#SSLSEND=1\r')
    far.send('hello')
    expect(host.wait(500)).toBe('')
    expect(host.type('text\x1a')).toBe(ok)
    expect(host.wait(45)).toBe('')
    expect(host.wait(100)).toBe('\r\nSSLSRING: 1,5\r\n')
  })

  it('is not there on versions that lack it', () => {
    const host = new Host({ product: 'HE910', software: '12.00.xx4' }).ready()
    expect(host.at('AT#SSLCFG=1,1,300,90,100,50,0')).toBe(ok)
    expect(host.at('AT#SSLCFG=1,1,300,90,100,50,1')).toBe(error)
  })
})

describe('#SSLSENDEXT (D-9)', () => {
  it.each(['GC864-QUAD', 'HE910', 'GE910-QUAD', 'GL865-DUAL V3'])(
    '%s sends by count, control characters as data, on its newest version only',
    (product) => {
      const { host, far } = opened({ product }, dialCommand)
      const data = 'a\x1ab\x1bc\x08d\n\r'
      expect(host.at(`AT#SSLSENDEXT=1,${data.length}`)).toBe('\r\n> ')
      expect(host.type(data.slice(0, -1))).toBe('')
      expect(host.enter(data.slice(-1))).toBe(ok)
      // A stray Ctrl-Z or CR right after it has no effect.
      expect(host.type('\x1a')).toBe('')
      expect(host.at('AT')).toBe(ok)
      host.wait(10)
      expect(far.received).toBe(data)
      expect(host.at('AT#SSLSENDEXT=1,0')).toMatch(/ERROR/)
      expect(host.at('AT#SSLSENDEXT=1,1501')).toMatch(/ERROR/)
    }
  )

  it.each([
    ['GC864-QUAD', '10.00.xx7'],
    ['HE910', '12.00.xx4'],
    ['GE910-QUAD', '13.00.xx4'],
    ['GL865-DUAL V3', '16.00.xx3']
  ])('%s with %s has no such command', (product, software) => {
    expect(new Host({ product, software }).ready().at('AT#SSLSENDEXT=1,10')).toBe(error)
  })
})

describe('what the test forms answer (D-3, D-4, D-6, D-9, G-3.2-1, G-3.2-2)', () => {
  const common = {
    '#SSLEN': '(1),(0,1)',
    '#SSLSECDATA': '(1),(0-2),(0-2),(1-2047)',
    '#SSLCFG': '(1),(1),(0-1500),(0-65535),(10-5000),(0-255),(0-2),(0,1)',
    '#SSLO': '(1)',
    '#SSLS': '(1)',
    '#SSLSEND': '(1),(10-5000)',
    '#SSLSENDEXT': '(1),(1-1500),(10-5000)'
  }
  const gsm = {
    '#SSLSECCFG': '(1),(0-3),(0-2)',
    '#SSLD': '(1),(1-65535),,(0,1),(0,1),(10-5000)',
    '#SSLH': '(1),(0,1)',
    '#SSLFASTD': '(1),(0,1),(10-5000)',
    '#SSLRECV': '(1),(1-1500),(10-5000)'
  }
  const umts = {
    '#SSLRECV': '(1),(1-1000),(10-5000)',
    '#SSLSECCFG': '(1),(0-4),(0-2),(0,1)',
    '#SSLD': '(1),(1-65535),,(0),(0,1),(10-5000)',
    '#SSLH': '(1),(0)'
  }

  it.each([
    ['GE865-QUAD', gsm],
    ['GE910-GNSS', gsm],
    ['GL865-QUAD V3', gsm],
    ['HE910', umts],
    ['UE910-NAD', umts]
  ])('%s', (product, own) => {
    const host = new Host({ product })
    for (const [name, ranges] of Object.entries({ ...common, ...own }))
      expect(host.at(`AT${name}=?`)).toBe(`\r\n${name}: ${ranges}\r\n${ok}`)
  })
})
