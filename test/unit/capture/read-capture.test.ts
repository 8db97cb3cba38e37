import { describe, expect, it } from 'vitest'
import { readCapture } from '../../../src/main/capture/read-capture.ts'
import { tcpPacket } from '../../../src/main/timeline/exports/pcapng/headers.ts'
import { describeMessage } from '../../../src/shared/tls/fields.ts'
import { allSuites, AES256_SHA, RC4_MD5 } from '../../../src/shared/tls/suites.ts'
import { beganMs, linkLayers, ownCapture, packetsOf, pcapOf, plainPackets } from '../../fixtures/captures.ts'
import { pcapngBlocks, blockTypes } from '../../fixtures/exports.ts'
import { goldenSession } from '../../fixtures/tls-golden.ts'

const bothSides = [
  'ClientHello',
  'ServerHello',
  'Certificate',
  'CertificateRequest',
  'ServerHelloDone',
  'Certificate',
  'ClientKeyExchange',
  'CertificateVerify',
  'ChangeCipherSpec',
  'Finished',
  'ChangeCipherSpec',
  'Finished',
  'Alert',
  'Alert'
]
const resumed = [
  'ClientHello',
  'ServerHello',
  'ChangeCipherSpec',
  'Finished',
  'ChangeCipherSpec',
  'Finished',
  'Alert',
  'Alert'
]
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

describe('a capture of this program', () => {
  it.each(allSuites)('is the session that it was made of: $shortName', (suite) => {
    const { reading, messages, streamLines, atLines } = readCapture(ownCapture({ suite }).file, null)
    expect(reading).toMatchObject({
      format: 'pcapng',
      isOwn: true,
      secrets: { inCapture: 1, beside: 0 },
      lines: 2,
      beganMs,
      notes: []
    })
    const [stream] = reading.streams
    expect(stream).toMatchObject({ near: '10.64.18.7:50000', far: '192.0.2.9:443', decrypted: true, notes: [] })
    expect(stream!.handshake).toMatchObject({
      outcome: 'open',
      failure: null,
      data: { sentRecords: 1, sentBytes: 15, receivedRecords: 1, receivedBytes: 15 }
    })
    expect(stream!.handshake!.messages.map(({ name }) => name)).toEqual(bothSides)
    const finished = stream!.handshake!.messages.filter(({ name }) => name === 'Finished')
    expect(finished.map(({ encrypted, bytes }) => [encrypted, bytes])).toEqual([
      [true, 16],
      [true, 16]
    ])
    for (const { seq, name } of stream!.handshake!.messages) {
      const fields = describeMessage({ name, raw: messages[seq]!.bytes! })
      expect(fields.length).toBeGreaterThan(0)
      expect(fields.filter(({ meaning }) => meaning?.includes('malformed'))).toEqual([])
    }
    expect(streamLines[0]!.map(({ direction, kind, bytes }) => [direction, kind, text(bytes)])).toEqual([
      ['tx', 'data', 'from the client'],
      ['rx', 'data', 'from the server']
    ])
    expect(atLines.map(({ direction, interfaceName, bytes }) => [direction, interfaceName, text(bytes)])).toEqual([
      ['tx', 'AT0', 'AT#SSLD=1,443,"192.0.2.9",0,0\r'],
      ['rx', 'AT0', '\r\nCONNECT\r\n']
    ])
    expect(atLines[1]!.comments.join(' ')).toContain('Result: CONNECT.')
  })

  it('with a session that was taken up again is the short handshake', () => {
    const [stream] = readCapture(ownCapture({ resumed: true }).file, null).reading.streams
    expect(stream!.handshake!.messages.map(({ name }) => name)).toEqual(resumed)
    expect(stream!.decrypted).toBe(true)
  })

  it('without secrets shows what went in the clear, and says what stays closed', () => {
    const { reading, messages, streamLines } = readCapture(ownCapture({ secrets: false }).file, null)
    const [stream] = reading.streams
    expect(stream!.decrypted).toBe(false)
    expect(stream!.handshake!.outcome).toBe('open')
    expect(stream!.handshake!.messages.map(({ name }) => name)).toEqual(bothSides)
    expect(stream!.notes).toEqual([
      'What is encrypted stays so: the secrets of this session are neither in the capture nor in a key log beside it.'
    ])
    const finished = stream!.handshake!.messages.find(({ name }) => name === 'Finished')!
    expect([finished.summary, messages[finished.seq]!.bytes]).toEqual(['encrypted', null])
    expect(streamLines[0]!.map(({ kind, bytes }) => [kind, bytes.length])).toEqual([
      ['encrypted', 0],
      ['encrypted', 0]
    ])
  })

  it('is opened by a key log beside it', () => {
    const { file, session } = ownCapture({ suite: RC4_MD5, secrets: false })
    const { reading } = readCapture(file, `# a comment\r\n${session.keyLog}\r\nCLIENT_HANDSHAKE_TRAFFIC_SECRET 00 11\n`)
    expect(reading.secrets).toEqual({ inCapture: 0, beside: 1 })
    expect(reading.streams[0]!.decrypted).toBe(true)
  })

  it('with the secrets of another session says that it does not decrypt', () => {
    const { file, session } = ownCapture({ suite: AES256_SHA, secrets: false })
    const [label, random] = session.keyLog.split(' ')
    const [stream] = readCapture(file, `${label} ${random} ${'5a'.repeat(48)}`).reading.streams
    expect(stream!.decrypted).toBe(false)
    expect(stream!.notes).toContain(
      'A record does not decrypt with the secrets that are given for this session; what follows it stays encrypted.'
    )
  })

  it('that is cut off shows what stands before the cut', () => {
    const { file } = ownCapture()
    const { reading } = readCapture(file.subarray(0, Math.floor(file.length * 0.6)), null)
    expect(reading.notes).toContain('The file is cut off within a block; what stands before it is shown.')
    expect(reading.streams[0]!.handshake).toMatchObject({ outcome: 'running', failure: null })
    expect(reading.streams[0]!.notes).toContain('The capture ends within the handshake, or does not have all of it.')
  })

  it('with a packet missing says so, and reads the other direction on', () => {
    const { file } = ownCapture()
    const blocks = pcapngBlocks(file)
    const large = blocks.findIndex(({ type, bytes }) => type === blockTypes.packet && bytes.length > 1000)
    const { reading } = readCapture(Buffer.concat(blocks.toSpliced(large, 1).map(({ bytes }) => bytes)), null)
    expect(reading.streams[0]!.notes.join()).toMatch(/\d+ bytes of the server are not in the capture/)
  })
})

describe('captures of other programs', () => {
  const session = goldenSession(AES256_SHA)
  const packets = packetsOf(session)

  it.each(Object.keys(linkLayers).map(Number))('link type %i is read', (linkType) => {
    const { reading } = readCapture(pcapOf(packets.map(linkLayers[linkType]!), { linkType }), session.keyLog)
    expect(reading.streams[0]!.handshake!.messages.map(({ name }) => name)).toEqual(bothSides)
    expect(reading).toMatchObject({ format: 'pcap', isOwn: false, application: null })
  })

  it.each([
    [true, true],
    [false, false],
    [false, true]
  ])('pcap of either byte order and clock (little %s, nanoseconds %s)', (little, nanoseconds) => {
    const { reading } = readCapture(pcapOf(packets, { little, nanoseconds }), session.keyLog)
    expect(reading.beganMs).toBe(beganMs)
    const times = reading.streams[0]!.handshake!.messages.map(({ atMs }) => atMs - beganMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.at(-1)).toBe(packets.length - 1)
  })

  it('packets twice, in another order, and repeated give the same streams', () => {
    const wanted = readCapture(pcapOf(packets), session.keyLog)
    const twice = packets.flatMap((packet) => [packet, packet])
    // Two consecutive packets of the server, swapped; their times must not reveal their order.
    const at = packets.findIndex(
      (packet, place) => packet.length === 440 && packets[place + 1]?.readUInt32BE(12) === packet.readUInt32BE(12)
    )
    const late = [...packets.slice(0, at), packets[at + 1]!, packets[at]!, ...packets.slice(at + 2)]
    expect(late).not.toEqual(packets)
    for (const other of [twice, late]) {
      const got = readCapture(pcapOf(other), session.keyLog)
      expect(got.messages).toEqual(wanted.messages)
      expect(got.reading.streams).toHaveLength(1)
    }
  })

  it('packets that the capture has cut are told as missing', () => {
    const [stream] = readCapture(pcapOf(packets, { snapBytes: 96 }), null).reading.streams
    expect(stream!.notes.join()).toContain('are not in the capture')
  })

  it('plain text is data, and TLS may begin after it', () => {
    const talk = plainPackets(['in', '220 ready\r\n'], ['out', 'AUTH TLS\r\n'], ['in', '234 go on\r\n'])
    const shift = { '10.64.18.7': 'AUTH TLS\r\n'.length, '192.0.2.9': '220 ready\r\n234 go on\r\n'.length }
    const after = packetsOf(session)
      .slice(3)
      .map((packet) => {
        const copy = Buffer.from(packet)
        copy.writeUInt32BE(
          packet.readUInt32BE(24) + shift[[...packet.subarray(12, 16)].join('.') as keyof typeof shift],
          24
        )
        return copy
      })
    const { reading, streamLines } = readCapture(pcapOf([...talk, ...after]), session.keyLog)
    const [stream] = reading.streams
    // The server sent first, but the client started TLS.
    expect(stream!.near).toBe('10.64.18.7:50000')
    expect(stream!.handshake!.messages.map(({ name }) => name)).toEqual(bothSides)
    expect(streamLines[0]!.map(({ bytes }) => text(bytes)).slice(0, 3)).toEqual([
      '220 ready\r\n',
      'AUTH TLS\r\n',
      '234 go on\r\n'
    ])
  })

  it('a connection whose data is no longer kept says once that it began before the capture', () => {
    const far = { address: '192.0.2.9', port: 443 }
    const from = (port: number, pieces: number, bytes: Buffer): Buffer[] =>
      Array.from({ length: pieces }, (_, at) =>
        Buffer.from(
          tcpPacket(
            { from: { address: '10.64.18.7', port }, to: far, sequence: 1 + at * bytes.length, acknowledgement: 1 },
            bytes,
            1
          )
        )
      )
    const filling = [1, 2, 3, 4].flatMap((port) => from(port, 5000, Buffer.from('x')))
    const { reading } = readCapture(pcapOf([...filling, ...from(5, 10, Buffer.from([23, 3, 1, 0, 1, 0]))]), null)
    expect(reading.streams.at(-1)!.notes).toEqual([
      'The capture begins within this TLS connection: its handshake is not there, so nothing of it can be decrypted.',
      'Only the first pieces of its data are shown.'
    ])
  })

  it('a connection that ended within its handshake has failed', () => {
    const [syn, , , hello] = packets
    const fin = Buffer.from(syn!)
    fin[33] = 0x11
    fin.writeUInt32BE(hello!.readUInt32BE(24) + (hello!.length - 40), 24)
    const [stream] = readCapture(pcapOf([...packets.slice(0, 4), fin]), null).reading.streams
    expect(stream!.handshake).toMatchObject({
      outcome: 'failed',
      failure: 'The connection ended before the handshake was complete.'
    })
  })

  it('the same ends may have one connection after the other', () => {
    const anew = packets.map((packet, at) => {
      const copy = Buffer.from(packet)
      if (at === 0) copy.writeUInt32BE(77, 24)
      return copy
    })
    expect(readCapture(pcapOf([...packets, anew[0]!]), null).reading.streams).toHaveLength(2)
  })
})

describe('what is refused, in one sentence', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'The file is empty.'],
    [
      'text',
      Buffer.from('hello, this is text'),
      'The file is no capture: it begins neither as pcapng nor as pcap does.'
    ],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'The file is compressed with gzip; unpack it first (gunzip).'],
    [
      'a pcapng of four bytes',
      ownCapture().file.subarray(0, 4),
      'The file is cut off: it ends within the first block of a pcapng file.'
    ],
    [
      'a pcap of ten bytes',
      pcapOf([]).subarray(0, 10),
      'The file is cut off: it ends within the header of a pcap file.'
    ],
    [
      'radio packets',
      pcapOf([Buffer.alloc(60)], { linkType: 127 }),
      "The capture is of link type 127; only Ethernet, loopback, Linux cooked and raw IP, and this program's AT interfaces, are read."
    ]
  ])('%s', (_what, file, sentence) => {
    expect(() => readCapture(file, null)).toThrow(sentence)
  })

  it('a block that says that it has no bytes, which would be read for ever', () => {
    const { file } = ownCapture()
    const first = pcapngBlocks(file)[0]!.bytes.length
    const damaged = Buffer.from(file)
    damaged.writeUInt32LE(0, first + 4)
    expect(() => readCapture(damaged, null)).toThrow(
      `The capture is damaged: the block at byte ${first} says that it has 0 bytes.`
    )
  })

  it('a capture of nothing is no failure', () => {
    expect(readCapture(pcapOf([]), null).reading.notes).toEqual(['The capture holds no packets.'])
  })
})
