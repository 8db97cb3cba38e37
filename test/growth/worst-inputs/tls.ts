import { createTlsClient } from '../../../src/main/tls/client.ts'
import { MAX_CIPHERTEXT_BYTES } from '../../../src/main/tls/limits.ts'
import { encodeHandshake, type HandshakeMessage } from '../../../src/main/tls/messages.ts'
import { RecordReader } from '../../../src/main/tls/record-reader.ts'
import { createTlsServer } from '../../../src/main/tls/server.ts'
import type { TlsEndpoint, TlsEvents } from '../../../src/shared/contracts/tls.ts'
import { describeMessage } from '../../../src/shared/tls/fields.ts'
import { AES128_SHA } from '../../../src/shared/tls/suites.ts'
import { clientOptions, serverOptions } from '../../fixtures/tls-script.ts'
import { eachByte, ofBytes, type PreparedInput, type WorstInput, type WorstInputs } from './worst-input.ts'

const HANDSHAKE = 22
const APPLICATION_DATA = 23
const TLS_1_0 = 0x0301
const random = Buffer.alloc(32, 7)

function record(type: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type, 3, 1, content.length >> 8, content.length & 255]), content])
}

/** Splits content in the worst way: every byte in its own record. */
function cutToBytes(content: Uint8Array): Buffer {
  const all = Buffer.alloc(content.length * 6)
  for (const [at, byte] of content.entries()) all.set([HANDSHAKE, 3, 1, 0, 1, byte], at * 6)
  return all
}

/** Splits content into records of the largest size. */
function cutToRecords(content: Uint8Array): Buffer {
  const records: Buffer[] = []
  for (let at = 0; at < content.length; at += 2 ** 14)
    records.push(record(HANDSHAKE, content.subarray(at, at + 2 ** 14)))
  return Buffer.concat(records)
}

const ignore = (): void => {}
/** Takes the trace like a window, with all fields. */
const events: TlsEvents = {
  output: ignore,
  opened: ignore,
  data: ignore,
  closedByPeer: ignore,
  failed: ignore,
  trace: (event) => void (event.kind === 'message' && describeMessage(event))
}
const server = (): TlsEndpoint => createTlsServer({ ...serverOptions(), suites: [AES128_SHA] }, events)
function client(): TlsEndpoint {
  const made = createTlsClient(clientOptions, events)
  made.start()
  return made
}

const clientHello = (more: Partial<Extract<HandshakeMessage, { name: 'ClientHello' }>>): HandshakeMessage => ({
  name: 'ClientHello',
  version: TLS_1_0,
  random,
  sessionId: Buffer.alloc(0),
  suiteIds: [0x2f],
  compressionMethods: [0],
  extensions: null,
  ...more
})
const serverHello: HandshakeMessage = {
  name: 'ServerHello',
  version: TLS_1_0,
  random,
  sessionId: Buffer.alloc(0),
  suiteId: 0x2f,
  compressionMethod: 0,
  extensions: null
}
const certificates = (n: number): HandshakeMessage => ({
  name: 'Certificate',
  chainDer: Array.from({ length: n }, () => Buffer.from([0x30]))
})
const extensions = (n: number) => Array.from({ length: n }, (_, at) => ({ type: 1000 + at, data: Buffer.alloc(0) }))
/** Only few messages may be so long, so they are sent repeatedly to measure the time. */
const TIMES = 8

function toEnd(make: () => TlsEndpoint, bytes: Buffer): PreparedInput {
  return {
    bytes: bytes.length * TIMES,
    run: () => {
      for (let at = 0; at < TIMES; at += 1) make().receive(bytes)
    }
  }
}

function toEndByBytes(make: () => TlsEndpoint, bytes: Buffer): PreparedInput {
  return {
    bytes: bytes.length,
    run: () => {
      const end = make()
      eachByte(bytes, (byte) => end.receive(byte))
    }
  }
}

const readerInputs: readonly WorstInput[] = [
  {
    shape: 'records of one byte',
    n: 20_000,
    make: (n) =>
      ofBytes(Buffer.concat(Array.from({ length: n }, () => record(APPLICATION_DATA, Buffer.of(1)))), (all) =>
        readAll([all])
      )
  },
  {
    shape: 'empty records',
    n: 50_000,
    make: (n) =>
      ofBytes(Buffer.concat(Array.from({ length: n }, () => record(APPLICATION_DATA, Buffer.alloc(0)))), (all) =>
        readAll([all])
      )
  },
  {
    shape: 'large records that come byte by byte',
    n: 4,
    make: (n) =>
      ofBytes(
        Buffer.concat(Array.from({ length: n }, () => record(APPLICATION_DATA, Buffer.alloc(2 ** 14)))),
        (all) => {
          const reader = new RecordReader(MAX_CIPHERTEXT_BYTES)
          eachByte(all, (byte) => {
            reader.feed(Buffer.from(byte.buffer, byte.byteOffset, 1))
            while (reader.next()) ignore()
          })
        }
      )
  }
]

function readAll(pieces: readonly Uint8Array[]): void {
  const reader = new RecordReader(MAX_CIPHERTEXT_BYTES)
  for (const piece of pieces) {
    reader.feed(Buffer.from(piece.buffer, piece.byteOffset, piece.length))
    while (reader.next()) ignore()
  }
}

export const tls: WorstInputs = {
  parser: 'TLS records and handshake messages',
  inputs: [
    ...readerInputs,
    {
      shape: 'a ClientHello of many suites',
      isLimited: true,
      n: 4000,
      make: (n) =>
        toEnd(
          server,
          cutToRecords(encodeHandshake(clientHello({ suiteIds: Array.from({ length: n }, (_, at) => at + 256) })))
        )
    },
    {
      shape: 'a ClientHello of many extensions',
      isLimited: true,
      n: 2000,
      make: (n) => toEnd(server, cutToRecords(encodeHandshake(clientHello({ extensions: extensions(n) }))))
    },
    {
      shape: 'a ClientHello in records of one byte',
      isLimited: true,
      n: 2000,
      make: (n) => toEnd(server, cutToBytes(encodeHandshake(clientHello({ extensions: extensions(n) }))))
    },
    {
      shape: 'a ClientHello in records of one byte that come byte by byte',
      isLimited: true,
      n: 1000,
      make: (n) => toEndByBytes(server, cutToBytes(encodeHandshake(clientHello({ extensions: extensions(n) }))))
    },
    {
      shape: 'a ServerHello of many extensions',
      isLimited: true,
      n: 2000,
      make: (n) => toEnd(client, cutToRecords(encodeHandshake({ ...serverHello, extensions: extensions(n) })))
    },
    {
      shape: 'a chain of many certificates',
      isLimited: true,
      n: 4000,
      make: (n) =>
        toEnd(client, cutToRecords(Buffer.concat([encodeHandshake(serverHello), encodeHandshake(certificates(n))])))
    },
    {
      shape: 'a chain of many certificates in records of one byte',
      isLimited: true,
      n: 1000,
      make: (n) =>
        toEnd(client, cutToBytes(Buffer.concat([encodeHandshake(serverHello), encodeHandshake(certificates(n))])))
    }
  ]
}
