import { spawn, type ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Forwards } from '../../../src/main/bearer/forwards.ts'
import { HostNetwork } from '../../../src/main/bearer/host-network.ts'
import { PcapngExporter } from '../../../src/main/timeline/exports/pcapng/exporter.ts'
import { IpBench } from '../../fixtures/ip-bench.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { PlainLab } from '../../fixtures/plain-lab.ts'
import { Tshark } from '../../fixtures/tshark.ts'

// The world behind plain sockets against programs that nobody here wrote.

const children: ChildProcess[] = []
const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

function start(program: string, args: readonly string[]) {
  const child = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  children.push(child)
  const state = { child, text: '', errors: '' }
  child.stdout.on('data', (bytes: Buffer) => (state.text += bytes.toString('latin1')))
  child.stderr.on('data', (bytes: Buffer) => (state.errors += bytes.toString('latin1')))
  return state
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

const host = (): IpBench<HostNetwork> => new IpBench((clock) => new HostNetwork(clock, []))

describe.skipIf(!havePeers('netcat'))('OpenBSD netcat', () => {
  it('that listens for datagrams talks with a UDP socket of the module', async () => {
    const port = await freePort()
    const nc = start('nc', ['-u', '-l', '-v', '127.0.0.1', String(port)])
    await vi.waitFor(() => expect(nc.errors).toContain('Bound on'), 5000)
    const bench = host()
    const socket = bench.stack().openUdp(0, bench.udp('module'), bench.opening('A socket.'))
    cleanUps.push(() => socket.close('Closed.'))
    await vi.waitFor(() => expect(bench.seen).toEqual(['module open']))
    socket.send(Buffer.from('from the module\n'), '127.0.0.1', port)
    await vi.waitFor(() => expect(nc.text).toBe('from the module\n'), 5000)
    nc.child.stdin.write('from netcat\n')
    await vi.waitFor(() => expect(bench.seen[1]).toBe(`module got from netcat\n from 127.0.0.1:${port}`), 5000)
  })

  it('that listens for TCP talks with a connection of the module over any context', async () => {
    const port = await freePort()
    const nc = start('nc', ['-l', '-v', '127.0.0.1', String(port)])
    await vi.waitFor(() => expect(nc.errors).toContain('Listening on'), 5000)
    const bench = host()
    const connection = bench.stack(5).connect('127.0.0.1', port, bench.tcp('module'), bench.opening('A connection.'))
    await vi.waitFor(() => expect(bench.seen).toEqual(['module open']))
    connection.write(Buffer.from('hello\n'))
    nc.child.stdin.write('good day\n')
    await vi.waitFor(() => expect([nc.text, bench.seen[1]]).toEqual(['hello\n', 'module got good day\n']), 5000)
    connection.end()
    expect(bench.facts('tcp')[0]!.what).toMatchObject({ local: { address: '10.64.18.11' } })
  })

  it.each([
    ['TCP', []],
    ['UDP', ['-u']]
  ] as const)('calls the module’s %s listener through a forward', async (protocol, options) => {
    const bench = host()
    const forwards = await Forwards.open([{ host: '127.0.0.1', port: 0, connId: 2 }])
    bench.network.forwards = forwards
    cleanUps.push(() => forwards.close())
    const stack = bench.stack()
    if (protocol === 'TCP')
      stack.listenTcp(2, 80, {
        called: (caller) => {
          const events = {
            ...bench.tcp('module'),
            data: (bytes: Uint8Array) => void connection.write(Buffer.concat([Buffer.from('re: '), bytes]))
          }
          const connection = caller.take(events, bench.opening('A caller.'))
        }
      })
    else {
      const events = bench.udp('module', (bytes, { address, port }) => {
        listener.send(Buffer.concat([Buffer.from('re: '), bytes]), address, port)
      })
      const listener = stack.listenUdp(2, 80, events, bench.opening('A listener.'))
      cleanUps.push(() => listener.close('Closed.'))
    }
    const nc = start('nc', [...options, '127.0.0.1', String(forwards.to(2)!.port)])
    nc.child.stdin.write('knock\n')
    await vi.waitFor(() => expect(nc.text).toBe('re: knock\n'), 5000)
  })

  it('gets what the lab’s servers send', async () => {
    const lab = await PlainLab.start()
    cleanUps.push(() => void lab.servers.close())
    const echo = start('nc', ['127.0.0.1', String(lab.at('echo').port)])
    const datagrams = start('nc', ['-u', '127.0.0.1', String(lab.at('chargen').port)])
    echo.child.stdin.write('around\n')
    datagrams.child.stdin.write('?')
    await vi.waitFor(() => expect([echo.text, datagrams.text.length]).toEqual(['around\n', 74]), 5000)
  })
})

describe.skipIf(!havePeers('ftplib'))('Python', () => {
  it('reads the lab’s web server with its own client, kept open and in chunks', async () => {
    const lab = await PlainLab.start()
    cleanUps.push(() => void lab.servers.close())
    const script = `
import http.client, sys
c = http.client.HTTPConnection('127.0.0.1', ${lab.at('http').port}, timeout=20)
for path in ('/', '/chunked', '/large', '/close'):
    c.request('GET', path)
    r = c.getresponse()
    print(path, r.status, r.getheader('Transfer-Encoding'), len(r.read()), r.will_close)
`
    const python = start('/usr/bin/python3', ['-c', script])
    await once(python.child, 'exit')
    expect(python.errors).toBe('')
    expect(python.text.split('\n').slice(0, 4)).toEqual([
      '/ 200 None 69 False',
      '/chunked 200 chunked 72 False',
      '/large 200 None 65536 False',
      '/close 200 None 65 True'
    ])
  })
})

describe.skipIf(!havePeers('ntpdig'))('ntpdig', () => {
  it('believes the lab’s time server, and reads the date of the network from it', async () => {
    // The program always asks port 123, and it may be asked where it is: a name of this test leads it to the lab.
    const aheadMs = 3_600_000
    const lab = await PlainLab.start(() => Date.now() + aheadMs)
    cleanUps.push(() => void lab.servers.close())
    const relay = createSocket('udp4')
    cleanUps.push(() => relay.close())
    const bound = await new Promise<boolean>((resolve) => {
      relay.once('error', () => resolve(false))
      relay.bind(123, '127.0.0.53', () => resolve(true))
    })
    expect(bound).toBe(true)
    const bench = lab.routed()
    let asker = { address: '', port: 0 }
    const socket = bench.stack().openUdp(
      0,
      bench.udp('module', (bytes) => relay.send(bytes, asker.port, asker.address)),
      bench.opening('A socket.')
    )
    relay.on('message', (bytes, from) => {
      asker = from
      socket.send(bytes, '123.124.125.126', 123)
    })
    const ntpdig = start('ntpdig', ['-t', '10', '127.0.0.53'])
    await once(ntpdig.child, 'exit')
    expect(ntpdig.text).toMatch(/127\.0\.0\.53 .*s1/)
    const [, offset] = /([+-]\d+\.\d+) \+\/-/.exec(ntpdig.text) ?? []
    expect(Math.round(Number(offset))).toBe(aheadMs / 1000)
    socket.close('Closed.')
  })
})

describe.skipIf(!havePeers('tshark'))('tshark', () => {
  const folder = mkdtempSync(join(tmpdir(), 'telit-sim-sockets-'))
  let lab: PlainLab
  let bench: IpBench<HostNetwork>
  let capture: Tshark
  beforeAll(async () => {
    lab = await PlainLab.start()
    bench = lab.routed()
    bench.network.labHosts = new Set(['123.124.125.126'])
    const udp = bench.stack(2).openUdp(5000, bench.udp('udp'), bench.opening('A socket.'))
    const tcp = bench.stack(3).connect('123.124.125.126', 7, bench.tcp('tcp'), bench.opening('A connection.'))
    await vi.waitFor(() => expect(bench.seen.toSorted()).toEqual(['tcp open', 'udp open']))
    bench.timeline.report({
      kind: 'tcp',
      what: 'opened',
      sentence: 'Opened.',
      connection: bench.facts('tcp')[0]!.seq
    })
    tcp.write(Buffer.from('over TCP'))
    for (const text of ['one', '', 'x'.repeat(1500)]) udp.send(Buffer.from(text), '123.124.125.126', 7)
    const ntp = Buffer.alloc(48)
    ntp[0] = 0x23
    udp.send(ntp, '123.124.125.126', 123)
    await vi.waitFor(() => expect(bench.seen).toHaveLength(7))
    bench.stack().ping('123.124.125.126', { lengthBytes: 32, timeToLive: 64, timeoutMs: 1000 }, null, () => {})
    bench.settle(1000)
    tcp.end()
    await vi.waitFor(() => expect(bench.facts('segment').filter(({ what }) => what.end !== null)).toHaveLength(2))
    udp.close('Closed.')
    const exporter = new PcapngExporter((seq) => bench.timeline.at(seq))
    const file = join(folder, 'sockets.pcapng')
    writeFileSync(
      file,
      Buffer.concat([
        exporter.begin(),
        ...bench.events().map((event) => exporter.add(event) ?? Buffer.alloc(0)),
        exporter.end()
      ])
    )
    capture = new Tshark(file)
  }, 30_000)
  afterAll(async () => {
    await lab.servers.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('reads plain TCP, datagrams, NTP and echoes without a complaint', () => {
    expect(capture.complaints()).toEqual([])
    expect(capture.follow('tcp', 0).toString()).toBe('over TCPover TCP')
    const datagrams = capture.fields('udp.port==7', 'ip.src', 'ip.dst', 'udp.srcport', 'udp.dstport', 'udp.length')
    const sent = (length: number): string[] => ['10.64.18.8', '123.124.125.126', '5000', '7', String(length + 8)]
    expect(datagrams.filter(([from]) => from === '10.64.18.8')).toEqual([sent(3), sent(0), sent(1500)])
    expect(datagrams).toHaveLength(6)
    expect(capture.values('ntp', 'ntp.flags.mode')).toEqual(['3', '4'])
    expect(capture.fields('icmp', 'icmp.type', 'icmp.checksum.status', 'ip.ttl')).toEqual([
      ['8', '1', '64'],
      ['0', '1', '60']
    ])
  })

  it('finds the reply to the echo request', () => {
    expect(capture.values('icmp.resp_to', 'icmp.resp_to')).toHaveLength(1)
  })
})
