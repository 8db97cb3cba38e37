import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dnsAnswer, dnsQuery } from '../../../src/main/timeline/exports/pcapng/dns-message.ts'
import { PcapngExporter } from '../../../src/main/timeline/exports/pcapng/exporter.ts'
import { internetChecksum, MAX_SEGMENT_BYTES, tcpPacket } from '../../../src/main/timeline/exports/pcapng/headers.ts'
import type { TimelineEvent, TimelineFact } from '../../../src/shared/timeline/events.ts'
import { listSource } from '../../../src/shared/timeline/source.ts'
import { blockTypes, pcapngBlocks } from '../../fixtures/exports.ts'

const ends = { local: { address: '10.64.18.7', port: 50_000 }, remote: { address: '192.0.2.9', port: 443 } }
const connecting: TimelineFact = {
  kind: 'tcp',
  what: 'connecting',
  sentence: 'Connecting.',
  connection: null,
  ...ends,
  leadsTo: null
}

function eventsOf(...facts: readonly TimelineFact[]): TimelineEvent[] {
  return facts.map((what, seq) => ({
    seq,
    moduleMs: seq,
    wallMs: 1_795_000_000_000 + seq,
    cause: null,
    instance: what.kind === 'bytes' || what.kind === 'line' || what.kind === 'result' ? 0 : null,
    what
  }))
}

function segment(
  direction: 'out' | 'in',
  bytes: Uint8Array,
  offset = 0,
  otherOffset = 0,
  end: 'fin' | 'rst' | null = null
): TimelineFact {
  return { kind: 'segment', connection: 0, direction, bytes, offset, otherOffset, end, masked: false }
}

function fileOf(events: readonly TimelineEvent[], all = events): Buffer {
  const exporter = new PcapngExporter((seq) => listSource(all).at(seq))
  const pieces = [exporter.begin(), ...events.map((event) => exporter.add(event) ?? new Uint8Array()), exporter.end()]
  return Buffer.concat(pieces)
}

/** Returns the IPv4 packets of the PDP context. */
function packetsOf(file: Buffer): Buffer[] {
  return pcapngBlocks(file)
    .filter(({ type, bytes }) => type === blockTypes.packet && bytes.readUInt32LE(8) === 0)
    .map(({ bytes }) => bytes.subarray(28, 28 + bytes.readUInt32LE(20)))
}

const tcpOf = (packet: Buffer) => ({
  sequence: packet.readUInt32BE(24),
  acknowledgement: packet.readUInt32BE(28),
  flags: packet[33]!,
  payload: packet.subarray(20 + (packet[32]! >> 4) * 4)
})
const [FIN, SYN, RST, PSH, ACK] = [1, 2, 4, 8, 16]

describe('the serial line as packets', () => {
  it('is lines of text with protocol, direction and what was said as columns, or data', () => {
    const bytes = (direction: 'tx' | 'rx', text: string, data = false): TimelineFact => ({
      kind: 'bytes',
      direction,
      bytes: Buffer.from(text, 'latin1'),
      data
    })
    const file = fileOf(
      eventsOf(
        bytes('tx', 'AT+CSQ\r'),
        { kind: 'line', text: 'AT+CSQ' },
        bytes('rx', '\r\n+CSQ: 21,0\r\n\r\nOK\r\n'),
        bytes('tx', '\x00\x01', true)
      )
    )
    const pdus = pcapngBlocks(file)
      .filter(({ type, bytes: block }) => type === blockTypes.packet && block.readUInt32LE(8) === 1)
      .map(({ bytes: block }) => block.subarray(28, 28 + block.readUInt32LE(20)))
    expect(pdus.map(tagsOf)).toEqual([
      { dissector: 'data-text-lines', direction: 0, column: 'AT', info: 'Host: AT+CSQ', rest: 'AT+CSQ\r' },
      {
        dissector: 'data-text-lines',
        direction: 1,
        column: 'AT',
        info: 'Module: +CSQ: 21,0 OK',
        rest: '\r\n+CSQ: 21,0\r\n\r\nOK\r\n'
      },
      { dissector: 'data', direction: 0, column: 'AT data', info: 'Host: 2 bytes', rest: '\x00\x01' }
    ])
  })
})

/** Returns the tags of LINKTYPE_WIRESHARK_UPPER_PDU: four bytes and a value each, up to tag 0. */
function tagsOf(pdu: Buffer): Record<string, string | number> {
  const tags = new Map<number, Buffer>()
  let at = 0
  for (; pdu.readUInt16BE(at) !== 0; at += 4 + pdu.readUInt16BE(at + 2))
    tags.set(pdu.readUInt16BE(at), pdu.subarray(at + 4, at + 4 + pdu.readUInt16BE(at + 2)))
  const text = (tag: number): string => tags.get(tag)!.toString('latin1').replace(/\0+$/, '')
  return {
    dissector: text(12),
    direction: tags.get(35)!.readUInt32BE(),
    column: text(33),
    info: text(36),
    rest: pdu.subarray(at + 4).toString('latin1')
  }
}

describe('TCP streams as packets', () => {
  it('begin with SYN, SYN ACK, ACK, and end with FIN ACK of each side', () => {
    const file = fileOf(
      eventsOf(
        connecting,
        { kind: 'tcp', what: 'opened', sentence: '', connection: 0 },
        segment('out', Buffer.from('abc')),
        segment('in', Buffer.from('de'), 0, 3),
        segment('in', new Uint8Array(), 2, 3, 'fin'),
        segment('out', new Uint8Array(), 3, 2, 'fin')
      )
    )
    const seen = packetsOf(file)
      .map(tcpOf)
      .map(({ sequence, acknowledgement, flags }) => [sequence, acknowledgement, flags])
    expect(seen).toEqual([
      [0, 0, SYN],
      [0, 1, SYN | ACK],
      [1, 1, ACK],
      [1, 1, PSH | ACK],
      [1, 4, PSH | ACK],
      [3, 4, FIN | ACK],
      [4, 4, FIN | ACK],
      [4, 5, ACK]
    ])
  })

  it('a reset before the first byte of an open connection is none of a refused one', () => {
    const file = fileOf(
      eventsOf(
        connecting,
        { kind: 'tcp', what: 'opened', sentence: '', connection: 0 },
        segment('in', new Uint8Array(), 0, 0, 'rst')
      )
    )
    expect(packetsOf(file).map(tcpOf).at(-1)).toMatchObject({ sequence: 1, acknowledgement: 1, flags: RST | ACK })
  })

  it('a refused connection is a reset', () => {
    const file = fileOf(eventsOf(connecting, segment('in', new Uint8Array(), 0, 0, 'rst')))
    expect(
      packetsOf(file)
        .map(tcpOf)
        .map(({ sequence, acknowledgement, flags }) => [sequence, acknowledgement, flags])
    ).toEqual([
      [0, 0, SYN],
      [0, 1, RST | ACK]
    ])
  })

  it('carry every byte in its place, whatever the sizes, with checksums that add up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('out' as const, 'in' as const), fc.uint8Array({ maxLength: 5000 })), {
          maxLength: 12
        }),
        (writes) => {
          const sent = { out: 0, in: 0 }
          const facts = writes.map(([direction, bytes]) => {
            const fact = segment(direction, bytes, sent[direction], sent[direction === 'out' ? 'in' : 'out'])
            sent[direction] += bytes.length
            return fact
          })
          const streams = { out: Buffer.alloc(sent.out), in: Buffer.alloc(sent.in) }
          for (const packet of packetsOf(fileOf(eventsOf(connecting, ...facts))).slice(1)) {
            const { sequence, payload } = tcpOf(packet)
            expect(payload.length).toBeLessThanOrEqual(MAX_SEGMENT_BYTES)
            streams[packet.subarray(12, 16).equals(Buffer.from([10, 64, 18, 7])) ? 'out' : 'in'].set(
              payload,
              sequence - 1
            )
            expect(internetChecksum(packet.subarray(0, 20))).toBe(0)
            expect(tcpChecksum(packet)).toBe(0)
          }
          for (const direction of ['out', 'in'] as const) {
            expect(
              streams[direction].equals(
                Buffer.concat(writes.filter(([one]) => one === direction).map(([, bytes]) => bytes))
              )
            ).toBe(true)
          }
        }
      ),
      { numRuns: 50 }
    )
  })

  it('sequence numbers go round at 2^32', () => {
    const packet = Buffer.from(
      tcpPacket(
        { from: ends.local, to: ends.remote, sequence: 2 ** 32 + 5, acknowledgement: 2 ** 33 + 7 },
        new Uint8Array(),
        1
      )
    )
    expect([packet.readUInt32BE(24), packet.readUInt32BE(28)]).toEqual([5, 7])
  })

  it('a range in the middle of a connection keeps its place, and finds its addresses', () => {
    const all = eventsOf(connecting, segment('out', Buffer.from('hello')), segment('in', Buffer.from('world'), 0, 5))
    const [packet] = packetsOf(fileOf(all.slice(2), all)).map(tcpOf)
    expect(packet).toMatchObject({ sequence: 1, acknowledgement: 6 })
  })

  it('events of a connection whose beginning is gone are left out', () => {
    const all = eventsOf(connecting, segment('out', Buffer.from('hello')))
    expect(packetsOf(fileOf(all.slice(1), all.slice(1)))).toEqual([])
  })
})

describe('DNS messages', () => {
  it('carry the name and the address', () => {
    const answer = Buffer.from(dnsAnswer(7, 'a.example', '192.0.2.1')!)
    expect(answer.toString('latin1')).toContain('\x01a\x07example\0')
    expect([...answer.subarray(-4)]).toEqual([192, 0, 2, 1])
    expect(Buffer.from(dnsAnswer(7, 'a.example', null)!).readUInt16BE(2) & 15).toBe(3)
  })

  it.each(['', 'a..b', 'x'.repeat(64), `${'abcdefgh.'.repeat(30)}com`])(
    'are not made of %j, which is no name',
    (host) => {
      expect(dnsQuery(1, host)).toBeNull()
    }
  )
})

describe('the AT interface', () => {
  const bytes = (direction: 'tx' | 'rx', text: string, data = false): TimelineFact => ({
    kind: 'bytes',
    direction,
    bytes: Buffer.from(text),
    data
  })
  const texts = (...facts: readonly TimelineFact[]): string[] =>
    pcapngBlocks(fileOf(eventsOf(...facts)))
      .filter(({ type }) => type === blockTypes.packet)
      .map(({ bytes: block }) => block.subarray(28).toString('latin1'))

  it('gathers a line that is typed key by key, and keeps its echo apart', () => {
    const keys = [...'AT\r'].flatMap((key) => [bytes('tx', key), bytes('rx', key)])
    const packets = texts(
      ...keys.slice(0, -1),
      { kind: 'line', text: 'AT' },
      { kind: 'result', word: 'OK', failure: null },
      bytes('rx', '\r\r\nOK\r\n')
    )
    expect(packets).toHaveLength(4)
    expect(packets[0]).toContain('AT\r')
    expect(packets[0]).toContain('Command line: AT')
    expect(packets[1]).toContain('the echo of what was typed')
    expect(packets[3]).toContain('Result: OK.')
  })

  it('holds nothing back at the end', () => {
    expect(texts(bytes('tx', 'AT+CG')).join()).toContain('AT+CG')
    expect(texts(bytes('tx', 'data', true)).join()).toContain('online: data')
  })
})

function tcpChecksum(packet: Buffer): number {
  const content = packet.subarray(20)
  const pseudo = Buffer.concat([
    packet.subarray(12, 20),
    Buffer.from([0, 6, content.length >> 8, content.length & 255])
  ])
  return internetChecksum(Buffer.concat([pseudo, content]))
}

describe('datagrams and echoes as packets', () => {
  const local = { address: '10.64.18.8', port: 50_001 }
  const remote = { address: '192.0.2.9', port: 7 }
  const datagram = (direction: 'out' | 'in', bytes: Uint8Array): TimelineFact => ({
    kind: 'datagram',
    direction,
    socket: 0,
    local,
    remote,
    bytes,
    masked: false
  })

  it('carry their addresses, ports and payload in both directions, an empty datagram too', () => {
    const packets = packetsOf(
      fileOf(eventsOf(datagram('out', Buffer.from('ask')), datagram('in', Buffer.from('answer')), datagram('in', NONE)))
    )
    expect(
      packets.map((packet) => [
        packet[9],
        [...packet.subarray(12, 20)].join('.'),
        packet.readUInt16BE(20),
        packet.readUInt16BE(22),
        packet.subarray(28).toString()
      ])
    ).toEqual([
      [17, '10.64.18.8.192.0.2.9', 50_001, 7, 'ask'],
      [17, '192.0.2.9.10.64.18.8', 7, 50_001, 'answer'],
      [17, '192.0.2.9.10.64.18.8', 7, 50_001, '']
    ])
  })

  it('an echo request and its reply have the same identifier and payload, and the sum is right', () => {
    const ends = { local: local.address, remote: remote.address, lengthBytes: 32 }
    const [request, reply] = packetsOf(
      fileOf(
        eventsOf(
          { kind: 'ping', what: 'request', ...ends, timeToLive: 128 },
          { kind: 'ping', what: 'reply', request: 0, ...ends, timeToLive: 64, timeMs: 40 },
          { kind: 'ping', what: 'none', request: 0, sentence: 'No echo came.' }
        )
      )
    )
    expect([request![9], request![8], request![20], reply![8], reply![20]]).toEqual([1, 128, 8, 64, 0])
    expect(request!.subarray(24)).toEqual(reply!.subarray(24))
    expect(request!.length).toBe(20 + 8 + 32)
    for (const packet of [request!, reply!]) expect(internetChecksum(packet.subarray(20))).toBe(0)
  })
})

const NONE = new Uint8Array()
