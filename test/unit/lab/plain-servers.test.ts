import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { VirtualClock } from '../../../src/main/clock/virtual-clock.ts'
import { chargenLine, converseChargen } from '../../../src/main/lab/plain/chargen.ts'
import { answerNtp } from '../../../src/main/lab/plain/ntp.ts'
import { plainFaults, strikesAt, type PlainFaultId } from '../../../src/shared/lab/faults-at-servers.ts'
import { labFaults } from '../../../src/shared/lab/faults.ts'
import { plainServerIds, usualPlainSettings } from '../../../src/shared/lab/plain.ts'
import { PlainLab } from '../../fixtures/plain-lab.ts'

const worldMs = Date.UTC(2026, 10, 23, 12, 0, 0, 250)
let lab: PlainLab
const sockets: Socket[] = []
beforeAll(async () => {
  lab = await PlainLab.start(() => worldMs)
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  lab.faults.clear({ all: true })
})
afterAll(() => lab.servers.close())

/** Connects to a server. `text` is what has come so far. */
function dial(id: 'echo' | 'discard' | 'chargen' | 'http') {
  const socket = connect(lab.at(id))
  const state = { socket, text: '', ended: false, error: '' }
  sockets.push(socket)
  socket.on('data', (bytes) => (state.text += bytes.toString('latin1')))
  socket.on('end', () => (state.ended = true))
  socket.on('error', ({ message }) => (state.error = message))
  return state
}

describe('the echo server', () => {
  it('returns what it gets over TCP, in order, and ends with its client', async () => {
    const peer = dial('echo')
    peer.socket.write('one ')
    peer.socket.end('two')
    await vi.waitFor(() => expect([peer.text, peer.ended]).toEqual(['one two', true]))
  })

  it('returns each datagram, an empty one too, but never those of another server of the lab', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1')
    const got: string[] = []
    socket.on('message', (bytes) => got.push(bytes.toString()))
    await once(socket, 'listening')
    for (const text of ['ask', '', 'x'.repeat(1500)]) socket.send(text, lab.at('echo').port, '127.0.0.1')
    await vi.waitFor(() => expect(got).toEqual(['ask', '', 'x'.repeat(1500)]))
    expect(lab.desk.state('echo').datagrams).toBeGreaterThanOrEqual(3)
    socket.close()
  })
})

describe('the discard server', () => {
  it('takes data and says nothing', async () => {
    const peer = dial('discard')
    peer.socket.end('x'.repeat(100_000))
    await vi.waitFor(() => expect(peer.ended).toBe(true))
    expect(peer.text).toBe('')
  })
})

describe('the character generator', () => {
  it('sends the lines of RFC 864', async () => {
    expect(chargenLine(0).toString()).toBe(
      ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n'
    )
    expect(chargenLine(95)).toEqual(chargenLine(0))
    lab.desk.set({ farEnd: 'chargen', bytesPerSecond: 1_000_000 })
    const peer = dial('chargen')
    await vi.waitFor(() => expect(peer.text.length).toBeGreaterThan(148))
    expect(peer.text.slice(0, 148)).toBe(`${chargenLine(0).toString()}${chargenLine(1).toString()}`)
  })

  it.each([1, 33, 1000, 250_000])('sends %i bytes a second', (bytesPerSecond) => {
    const clock = new VirtualClock(worldMs)
    let sent = 0
    const world = { nowMs: () => clock.worldMs(), schedule: clock.schedule.bind(clock) }
    converseChargen({
      settings: { ...usualPlainSettings, bytesPerSecond },
      world: world as Parameters<typeof converseChargen>[0]['world'],
      write: (bytes) => {
        sent += bytes.length
        return true
      },
      end: () => {}
    })
    clock.advance(10_000)
    expect(Math.abs(sent - bytesPerSecond * 10)).toBeLessThanOrEqual(1)
  })

  it('stops while its client does not read, and does not catch up afterwards', () => {
    const clock = new VirtualClock(worldMs)
    let [sent, room] = [0, true]
    const world = { nowMs: () => clock.worldMs(), schedule: clock.schedule.bind(clock) }
    const conversation = converseChargen({
      settings: usualPlainSettings,
      world: world as Parameters<typeof converseChargen>[0]['world'],
      write: (bytes) => {
        sent += bytes.length
        return room
      },
      end: () => {}
    })
    clock.advance(1000)
    room = false
    clock.advance(60_000)
    const before = sent
    room = true
    conversation.drained!()
    clock.advance(1000)
    expect([before, sent - before]).toEqual([1050, 1150])
    conversation.closed!()
    clock.advance(10_000)
    expect(sent).toBe(2200)
  })
})

describe('the plain web server', () => {
  it('keeps the connection open, and answers requests that come together or in pieces', async () => {
    const peer = dial('http')
    peer.socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\n\r\nPOST /x HTTP/1.1\r\nContent-Le')
    await vi.waitFor(() => expect(peer.text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2))
    peer.socket.write('ngth: 5\r\n\r\nab')
    peer.socket.write('cdeGET /nowhere HTTP/1.1\r\n\r\n')
    await vi.waitFor(() => expect(peer.text).toMatch(/5 bytes were received\.\n[^]*404 Not Found/))
    expect(peer.ended).toBe(false)
    expect(peer.text.match(/Connection: keep-alive/g)).toHaveLength(4)
  })

  it.each([
    ['its path', 'GET /close HTTP/1.1\r\n\r\n', {}],
    ['the request', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', {}],
    ['an old request', 'GET / HTTP/1.0\r\n\r\n', {}],
    ['the setting', 'GET / HTTP/1.1\r\n\r\n', { answers: 'close' as const }]
  ])('closes after one answer where %s says so', async (_by, text, change) => {
    lab.desk.set({ farEnd: 'http', ...change })
    const peer = dial('http')
    peer.socket.write(`${text}GET / HTTP/1.1\r\n\r\n`)
    await vi.waitFor(() => expect(peer.ended).toBe(true))
    lab.desk.set({ farEnd: 'http', answers: 'by-path' })
    expect(peer.text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(1)
    expect(peer.text).toContain('Connection: close')
  })

  it.each([
    ['/chunked', {}],
    ['/', { answers: 'chunked' as const }]
  ])('sends %s in chunks that a client puts together', async (path, change) => {
    lab.desk.set({ farEnd: 'http', ...change })
    const [body, encoding] = await new Promise<[string, string | undefined]>((resolve, reject) => {
      request({ ...lab.at('http'), path, agent: false }, (answer) => {
        let text = ''
        answer.on('data', (bytes: Buffer) => (text += bytes.toString()))
        answer.on('end', () => resolve([text, answer.headers['transfer-encoding']]))
      })
        .on('error', reject)
        .end()
    })
    lab.desk.set({ farEnd: 'http', answers: 'by-path' })
    expect(encoding).toBe('chunked')
    expect(body).toMatch(/^This page came to an emulated module[^]*\.\n$/)
  })

  it.each([
    ['nonsense\r\n\r\n', '400 Bad Request'],
    ['GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n', '400 Bad Request'],
    ['POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n', '411 Length Required'],
    [`GET / HTTP/1.1\r\nX: ${'x'.repeat(9000)}`, '431 Request Header Fields Too Large'],
    ['BREW / HTTP/1.1\r\n\r\n', '501 Not Implemented']
  ])('answers bad input %#', async (text, status) => {
    const peer = dial('http')
    peer.socket.write(text)
    await vi.waitFor(() => expect(peer.text).toContain(`HTTP/1.1 ${status}`))
  })
})

describe('the time server', () => {
  const client = (version: number, transmit = 'clientts'): Buffer => {
    const packet = Buffer.alloc(48)
    packet[0] = (version << 3) | 3
    packet[2] = 6
    packet.write(transmit, 40, 'latin1')
    return packet
  }

  it.each([1, 2, 3, 4])('answers a request of version %i in that version, with the date of the network', (version) => {
    const answer = Buffer.from(answerNtp(client(version), worldMs)!)
    expect(answer.length).toBe(48)
    expect([answer[0]! >> 6, (answer[0]! >> 3) & 7, answer[0]! & 7, answer[1], answer[2]]).toEqual([
      0,
      version,
      4,
      1,
      6
    ])
    expect(answer.toString('latin1', 24, 32)).toBe('clientts')
    for (const at of [16, 32, 40]) {
      expect((answer.readUInt32BE(at) - 2_208_988_800) * 1000).toBe(Date.UTC(2026, 10, 23, 12))
      expect(answer.readUInt32BE(at + 4)).toBe(2 ** 30)
    }
  })

  it.each([
    ['too short', client(4).subarray(0, 47)],
    ['empty', Buffer.alloc(0)],
    ['of version 0', client(0)],
    ['of version 5', client(5)],
    ['from a server', Buffer.from(answerNtp(client(4), worldMs)!)]
  ])('does not answer a packet that is %s', (_what, packet) => expect(answerNtp(packet, worldMs)).toBeNull())

  it('goes on counting after 2036, when the seconds begin anew', () => {
    const answer = Buffer.from(answerNtp(client(4), Date.UTC(2036, 1, 7, 6, 28, 17))!)
    expect(answer.readUInt32BE(40)).toBe(1)
  })
})

/** What each fault does to a connection of the echo server. A missing one does not compile. */
const flows: Readonly<Record<PlainFaultId, () => Promise<void>>> = {
  reset: async () => {
    lab.faults.arm({ fault: 'reset', times: 'next', farEnd: 'echo', parameter: 10 })
    const peer = dial('echo')
    peer.socket.write('12345')
    await vi.waitFor(() => expect(peer.text).toBe('12345'))
    peer.socket.write('67890')
    await vi.waitFor(() => expect(peer.error).toContain('ECONNRESET'))
  },
  'silent-from-start': async () => {
    lab.faults.arm({ fault: 'silent-from-start', times: 'next', farEnd: 'echo' })
    const peer = dial('echo')
    peer.socket.end('hello')
    await vi.waitFor(() => expect(peer.ended).toBe(true))
    expect(peer.text).toBe('')
  },
  'closes-at-start': async () => {
    lab.faults.arm({ fault: 'closes-at-start', times: 'next', farEnd: 'echo' })
    const peer = dial('echo')
    await vi.waitFor(() => expect(peer.ended).toBe(true))
  },
  'closes-in-transfer': async () => {
    lab.faults.arm({ fault: 'closes-in-transfer', times: 'next', farEnd: 'echo' })
    const peer = dial('echo')
    await once(peer.socket, 'connect')
    expect(lab.faults.present).toHaveLength(1)
    peer.socket.write('hello')
    await vi.waitFor(() => expect([peer.ended, peer.text]).toEqual([true, '']))
  },
  'slow-drip': async () => {
    lab.faults.arm({ fault: 'slow-drip', times: 'next', farEnd: 'echo', parameter: 1 })
    const peer = dial('echo')
    const sizes: number[] = []
    peer.socket.on('data', (bytes) => sizes.push(bytes.length))
    peer.socket.write('hello')
    await vi.waitFor(() => expect(peer.text).toBe('hello'))
    expect(sizes.length).toBeGreaterThan(1)
  }
}

describe('a fault of a connection', () => {
  it.each(Object.entries(flows))('%s strikes at a plain server, and the next connection is well', async (id, flow) => {
    await flow()
    expect(lab.faults.present).toEqual([])
    expect(lab.faults.strikes.at(-1)).toMatchObject({ fault: id, farEnd: 'echo' })
    const sentence = lab.facts('fault').at(-1)!.what.sentence
    expect(sentence).toContain(` at the Echo: it ${plainFaults[id as PlainFaultId]}`)
    const peer = dial('echo')
    peer.socket.write('again')
    await vi.waitFor(() => expect(peer.text).toBe('again'))
  })

  it('of TLS or FTP cannot strike at a plain server, and none at one without TCP', () => {
    for (const id of plainServerIds)
      expect([
        id,
        labFaults
          .filter((fault) => strikesAt(fault, id))
          .map((fault) => fault.id)
          .toSorted()
      ]).toEqual([id, id === 'ntp' ? [] : Object.keys(plainFaults).toSorted()])
    expect(() => lab.faults.arm({ fault: 'wrong-finished', times: 'next', farEnd: 'echo' })).toThrow(
      'Wrong Finished cannot strike at the Echo.'
    )
  })
})
