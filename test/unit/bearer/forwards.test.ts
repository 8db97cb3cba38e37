import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseForward } from '../../../src/main/bearer/forward.ts'
import { ForwardError, Forwards } from '../../../src/main/bearer/forwards.ts'
import { HostNetwork } from '../../../src/main/bearer/host-network.ts'
import { parseCommandLine } from '../../../src/main/options/options.ts'
import { IpBench } from '../../fixtures/ip-bench.ts'

const cleanUps: (() => void)[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

/** A network of this machine with a free port that leads to connection id 3. */
async function forwarded() {
  const bench = new IpBench((clock) => new HostNetwork(clock, []))
  const forwards = await Forwards.open([{ host: '127.0.0.1', port: 0, connId: 3 }])
  bench.network.forwards = forwards
  const dropped: string[] = []
  forwards.onDropped = (sentence) => void dropped.push(sentence)
  cleanUps.push(() => forwards.close())
  const { port } = forwards.to(3)!
  const call = (localAddress = '127.0.0.1'): Socket => {
    const socket = connect({ host: '127.0.0.1', port, localAddress })
    socket.on('error', () => {})
    cleanUps.push(() => socket.destroy())
    return socket
  }
  return { bench, forwards, dropped, port, call }
}

describe('a forward', () => {
  it.each([
    ['4000=1', { host: '127.0.0.1', port: 4000, connId: 1 }],
    ['0=6', { host: '127.0.0.1', port: 0, connId: 6 }],
    ['localhost:80=2', { host: '127.0.0.1', port: 80, connId: 2 }],
    ['0.0.0.0:65535=3', { host: '0.0.0.0', port: 65_535, connId: 3 }]
  ])('%s is one', (text, forward) => expect(parseForward(text)).toEqual(forward))

  it.each(['', '4000', '4000=', '4000=0', '4000=7', '65536=1', 'host:80=1', '[::1]:80=1', '80=1=2', '-1=1', ' 80=1'])(
    '"%s" is none, and the command line says what is',
    (text) => {
      expect(parseForward(text)).toBeNull()
      expect(() => parseCommandLine([`--forward=${text}`])).toThrow('--forward takes PORT=CONNID or HOST:PORT=CONNID')
    }
  )

  it('may be given for each connection id once', () => {
    expect(parseCommandLine(['--forward', '1=1', '--forward', '2=2']).forwards).toHaveLength(2)
    expect(() => parseCommandLine(['--forward', '1=1', '--forward', '2=1'])).toThrow(
      'leads two ports to connection id 1'
    )
  })

  it('to a port that is taken is one sentence, for TCP and for UDP, and leaves nothing open', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    cleanUps.push(() => server.close())
    const { port } = server.address() as AddressInfo
    const udp = createSocket('udp4').bind(0, '127.0.0.1')
    await once(udp, 'listening')
    cleanUps.push(() => udp.close())
    for (const [protocol, taken] of [
      ['TCP', port],
      ['UDP', udp.address().port]
    ] as const) {
      const asked = [
        { host: '127.0.0.1', port: 0, connId: 1 },
        { host: '127.0.0.1', port: taken, connId: 2 }
      ]
      const failed = await Forwards.open(asked).catch((error: unknown) => error)
      expect(failed).toBeInstanceOf(ForwardError)
      expect((failed as Error).message).toBe(
        `The ${protocol} port 127.0.0.1:${taken} of --forward …=2 cannot be opened: another program has it.`
      )
    }
    await expect(Forwards.open([{ host: '203.0.113.9', port: 0, connId: 1 }])).rejects.toThrow(
      'this machine has no such address.'
    )
  })

  it('leads a caller, with its address, to the listener of its connection id, and bytes both ways', async () => {
    const { bench, port, call } = await forwarded()
    const listener = bench.stack().listenTcp(3, 8080, {
      called: (caller) => {
        bench.seen.push(`called from ${caller.from.address}`)
        const connection = caller.take(
          { ...bench.tcp('listener'), data: (bytes) => void connection.write(bytes) },
          bench.opening('A caller.')
        )
      }
    })
    expect(listener.forwardedFrom).toEqual({ address: '127.0.0.1', port })
    const socket = call('127.0.0.7')
    socket.write('ping')
    const [echo] = (await once(socket, 'data')) as [Buffer]
    expect([echo.toString(), bench.seen]).toEqual(['ping', ['called from 127.0.0.7']])
    socket.end()
    await vi.waitFor(() => expect(bench.seen).toContain('listener closed FIN'))
  })

  it('leaves a caller without an answer where nothing listens or the listener drops it, and resets it after a minute', async () => {
    const { bench, dropped, call } = await forwarded()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const first = call()
    await vi.waitFor(() => expect(dropped).toHaveLength(1))
    expect(dropped[0]).toMatch(/^A caller from 127\.0\.0\.1:\d+ was dropped: nothing listens at connection id 3\.$/)
    bench.stack().listenTcp(3, 80, { called: ({ drop }) => void drop('The firewall says no.', null) })
    const second = call()
    await vi.waitFor(() =>
      expect(bench.facts('network').map(({ what }) => what.sentence)).toEqual(['The firewall says no.'])
    )
    expect(dropped).toHaveLength(1)
    const closed = Promise.all([first, second].map((socket) => new Promise((over) => socket.on('close', over))))
    expect([first, second].map(({ destroyed, bytesRead }) => [destroyed, bytesRead])).toEqual([
      [false, 0],
      [false, 0]
    ])
    vi.advanceTimersByTime(60_000)
    await closed
  })

  it('keeps a bounded number of callers without an answer', async () => {
    const { dropped, call } = await forwarded()
    const callers = Array.from({ length: 40 }, () => call())
    await vi.waitFor(() => expect(dropped).toHaveLength(40))
    await vi.waitFor(() => expect(callers.filter(({ destroyed }) => destroyed)).toHaveLength(8))
  })

  it('leads datagrams to the UDP listener, whose answers leave by the same port', async () => {
    const { bench, dropped, port } = await forwarded()
    const peer = createSocket('udp4')
    cleanUps.push(() => peer.close())
    const sendTo = (text: string): void => peer.send(text, port, '127.0.0.1')
    sendTo('early')
    await vi.waitFor(() => expect(dropped).toHaveLength(1))
    const events = bench.udp('listener', (bytes, from) => {
      listener.send(Buffer.concat([Buffer.from('re: '), bytes]), from.address, from.port)
    })
    const listener = bench.stack().listenUdp(3, 5005, events, bench.opening('A listener.'))
    const answer = once(peer, 'message') as Promise<[Buffer, { port: number }]>
    sendTo('hello')
    const [bytes, from] = await answer
    expect([bytes.toString(), from.port]).toEqual(['re: hello', port])
    listener.close('Closed.')
    sendTo('late')
    await vi.waitFor(() => expect(dropped).toHaveLength(2))
    // Only the first of many is told.
    for (let count = 0; count < 50; count++) sendTo('flood')
    const again = bench.stack().listenUdp(3, 5005, bench.udp('again'), bench.opening('Again.'))
    sendTo('last')
    await vi.waitFor(() => expect(bench.seen.some((one) => one.includes('again got last'))).toBe(true))
    again.close('Closed.')
    expect(dropped).toHaveLength(2)
  })
})

describe('a UDP socket of this machine', () => {
  it('gets datagrams only from addresses to which it has sent, and under the address that was dialled', async () => {
    const peer = createSocket('udp4').bind(0, '127.0.0.1')
    const stranger = createSocket('udp4').bind(0, '127.0.0.9')
    await Promise.all([once(peer, 'listening'), once(stranger, 'listening')])
    cleanUps.push(
      () => peer.close(),
      () => stranger.close()
    )
    const to = { host: '127.0.0.1', port: peer.address().port }
    const bench = new IpBench((clock) => new HostNetwork(clock, [{ from: { host: '192.0.2.7', port: 7 }, to }]))
    const socket = bench.stack().openUdp(0, bench.udp('socket'), bench.opening('A socket.'))
    cleanUps.push(() => socket.close('Closed.'))
    await vi.waitFor(() => expect(bench.seen).toEqual(['socket open']))
    const arrived = once(peer, 'message') as Promise<[Buffer, { port: number }]>
    socket.send(Buffer.from('ask'), '192.0.2.7', 7)
    const [, { port }] = await arrived
    stranger.send('let me in', port, '127.0.0.1')
    await new Promise<void>((sent) => stranger.send('let me in', port, '127.0.0.1', () => sent()))
    peer.send('answer', port, '127.0.0.1')
    await vi.waitFor(() => expect(bench.seen).toHaveLength(2))
    expect(bench.seen[1]).toBe('socket got answer from 192.0.2.7:7')
  })

  it('takes only so much at once, and says so of the rest', async () => {
    const bench = new IpBench((clock) => new HostNetwork(clock, []))
    const socket = bench.stack().openUdp(0, bench.udp('socket'), bench.opening('A socket.'))
    cleanUps.push(() => socket.close('Closed.'))
    const sent = Array.from({ length: 10 }, () => socket.send(new Uint8Array(20_000), '127.0.0.1', 9))
    expect(sent.filter(Boolean)).toHaveLength(3)
    expect(bench.facts('overrun')).toHaveLength(7)
    expect(bench.facts('overrun')[0]!.what).toMatchObject({ droppedBytes: 20_000 })
  })
})
