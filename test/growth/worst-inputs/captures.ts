import { readCapture } from '../../../src/main/capture/read-capture.ts'
import { CaptureRefused } from '../../../src/main/capture/refusal.ts'
import {
  enhancedPacket,
  interfaceDescription,
  sectionHeader
} from '../../../src/main/timeline/exports/pcapng/blocks.ts'
import { tcpPacket } from '../../../src/main/timeline/exports/pcapng/headers.ts'
import { farEnd, nearEnd, pcapOf } from '../../fixtures/captures.ts'
import { latin1, ofBytes, type PreparedInput, type WorstInput, type WorstInputs } from './worst-input.ts'

const RAW_IPV4 = 228
const UPPER_PDU = 252

function capture(bytes: Uint8Array, keyLog: string | null = null): PreparedInput {
  return ofBytes(bytes, () => {
    try {
      readCapture(bytes, keyLog)
    } catch (error) {
      if (!(error instanceof CaptureRefused)) throw error
    }
  })
}

/** Returns segments of one byte each, with the given sequence numbers. */
function segments(
  n: number,
  sequenceOf: (at: number) => number,
  payload: Uint8Array = Buffer.from('x'),
  port = (_at: number): number => nearEnd.port
): PreparedInput {
  return capture(
    pcapOf(
      Array.from({ length: n }, (_, at) =>
        Buffer.from(
          tcpPacket(
            { from: { ...nearEnd, port: port(at) }, to: farEnd, sequence: sequenceOf(at), acknowledgement: 1 },
            payload,
            1
          )
        )
      )
    )
  )
}

const tcpInputs: readonly WorstInput[] = [
  { shape: 'segments of one byte in order', n: 3000, make: (n) => segments(n, (at) => at) },
  { shape: 'segments of one byte in reverse', n: 3000, make: (n) => segments(n, (at) => (at === 0 ? 0 : 1 + n - at)) },
  { shape: 'every second byte missing', n: 3000, make: (n) => segments(n, (at) => 2 * at) },
  {
    shape: 'every second byte missing, and then the others',
    n: 1500,
    make: (n) => segments(2 * n, (at) => (at < n ? 2 * at : 2 * (at - n) + 1))
  },
  { shape: 'the same segment again and again', n: 3000, make: (n) => segments(n, () => 0) },
  {
    shape: 'the same segment again and again behind a gap',
    n: 3000,
    make: (n) => segments(n, (at) => (at === 0 ? 0 : 5))
  },
  {
    shape: 'segments that overlap by all but one byte',
    n: 3000,
    make: (n) => segments(n, (at) => at, Buffer.alloc(100, 65))
  },
  { shape: 'sequence numbers by chance', n: 3000, make: (n) => segments(n, (at) => (at * 2_654_435_761) % 2 ** 32) },
  {
    shape: 'connections of one packet',
    n: 3000,
    make: (n) =>
      segments(
        n,
        () => 0,
        Buffer.from('x'),
        (at) => 1024 + (at % 60_000)
      )
  },
  {
    shape: 'records of one byte, a segment each',
    n: 2000,
    make: (n) => segments(n, (at) => 7 * at, Buffer.from([22, 3, 1, 0, 2, 1, 0]))
  },
  { shape: 'bytes that may begin a ClientHello', n: 3000, make: (n) => segments(n, (at) => at, Buffer.from([22])) }
]

/** Returns a block of pcapng. */
function block(type: number, body: Uint8Array): Buffer {
  const whole = Buffer.alloc(12 + body.length)
  whole.writeUInt32LE(type, 0)
  whole.writeUInt32LE(whole.length, 4)
  whole.set(body, 8)
  whole.writeUInt32LE(whole.length, whole.length - 4)
  return whole
}

const section = Buffer.from(sectionHeader('x', 'y'))
const repeated = (one: Uint8Array, n: number): Buffer[] => Array.from({ length: n }, () => Buffer.from(one))
const blocks = (...pieces: readonly (Uint8Array | readonly Uint8Array[])[]): PreparedInput =>
  capture(Buffer.concat([section, ...pieces].flat()))

/** Returns tag, length and value as in LINKTYPE_WIRESHARK_UPPER_PDU. */
function tag(code: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(code, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value])
}

function atPackets(n: number, bytes: Uint8Array): PreparedInput {
  const packet = enhancedPacket({ interfaceId: 0, atMs: 0, bytes, outbound: true, comments: [] })
  return blocks(interfaceDescription(UPPER_PDU, 'AT0', ''), repeated(packet, n))
}

const zeros = (n: number): Buffer => Buffer.concat([Buffer.alloc(Math.min(n, 60_000)), Buffer.from('x')])
const dataLine = Buffer.concat([
  tag(12, latin1('data')),
  tag(35, Buffer.alloc(4)),
  tag(0, Buffer.alloc(0)),
  latin1('x')
])

const blockInputs: readonly WorstInput[] = [
  { shape: 'blocks that nobody knows', n: 20_000, make: (n) => blocks(repeated(block(99, Buffer.alloc(0)), n)) },
  { shape: 'sections', n: 5000, make: (n) => blocks(repeated(section, n)) },
  {
    shape: 'interfaces in sections',
    n: 3000,
    make: (n) => blocks(repeated(Buffer.concat([section, interfaceDescription(RAW_IPV4, 'x', '')]), n))
  },
  {
    shape: 'a packet of empty options',
    n: 20_000,
    make: (n) =>
      blocks(
        interfaceDescription(RAW_IPV4, '', ''),
        block(6, Buffer.concat([Buffer.alloc(20), ...repeated(Buffer.from([77, 0, 0, 0]), n)]))
      )
  },
  {
    shape: 'a packet of comments',
    n: 20_000,
    make: (n) =>
      blocks(
        interfaceDescription(RAW_IPV4, '', ''),
        block(6, Buffer.concat([Buffer.alloc(20), ...repeated(Buffer.from([1, 0, 1, 0, 65, 0, 0, 0]), n)]))
      )
  },
  {
    shape: 'comments of control characters',
    n: 500,
    make: (n) => blocks(repeated(sectionHeader('x', '\x01'.repeat(3000)), n))
  },
  {
    shape: 'empty packets',
    n: 5000,
    make: (n) =>
      blocks(
        interfaceDescription(RAW_IPV4, '', ''),
        repeated(enhancedPacket({ interfaceId: 0, atMs: 0, bytes: new Uint8Array(), outbound: true, comments: [] }), n)
      )
  },
  {
    shape: 'secrets blocks of nothing',
    n: 10_000,
    make: (n) => blocks(repeated(block(10, Buffer.concat([Buffer.from('KSLT'), Buffer.alloc(4)])), n))
  },
  { shape: 'empty packets of a pcap file', n: 10_000, make: (n) => capture(pcapOf(repeated(Buffer.alloc(0), n))) },
  { shape: 'AT lines of one byte', n: 3000, make: (n) => atPackets(n, dataLine) },
  {
    shape: 'an AT packet of empty tags',
    n: 20_000,
    make: (n) => atPackets(1, Buffer.concat(repeated(tag(99, Buffer.alloc(0)), n)))
  },
  {
    shape: 'AT packets whose names are zeros',
    isLimited: true,
    n: 7500,
    make: (n) => atPackets(40, Buffer.concat([tag(12, zeros(n)), tag(33, zeros(n))]))
  }
]

const emptyCapture = pcapOf([Buffer.alloc(0)])
/** Reads the key log of a capture. */
function keyLog(text: string): PreparedInput {
  return { bytes: text.length, run: () => void capture(emptyCapture, text).run() }
}
const line = (at: number): string => `CLIENT_RANDOM ${at.toString(16).padStart(64, '0')} ${'ab'.repeat(48)}\n`

export const captures: WorstInputs = {
  parser: 'captures and their TCP streams',
  inputs: [...tcpInputs, ...blockInputs]
}

export const keyLogs: WorstInputs = {
  parser: 'key logs',
  inputs: [
    { shape: 'empty lines', n: 200_000, make: (n) => keyLog('\n'.repeat(n)) },
    {
      shape: 'lines of sessions',
      n: 2000,
      make: (n) => keyLog(Array.from({ length: n }, (_, at) => line(at)).join(''))
    },
    { shape: 'a line that ends in spaces', n: 300_000, make: (n) => keyLog(`${line(1).trimEnd()}${' '.repeat(n)}x`) },
    {
      shape: 'lines that are almost those of a session',
      n: 1500,
      make: (n) => keyLog(`${line(1).trimEnd()}g\n`.repeat(n))
    },
    { shape: 'one long line', n: 1_000_000, make: (n) => keyLog('CLIENT_RANDOM '.padEnd(n, '0')) }
  ]
}
