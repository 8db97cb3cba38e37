import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { createTlsClient } from '../../../src/main/tls/client.ts'
import { createTlsServer } from '../../../src/main/tls/server.ts'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import type { SessionStore } from '../../../src/main/tls/session-store.ts'
import type { KeptSession } from '../../../src/shared/contracts/tls.ts'
import { allSuites } from '../../../src/shared/tls/suites.ts'
import type { CipherSuite } from '../../../src/shared/tls/suites.ts'
import type { TlsMessageEvent } from '../../../src/shared/tls/trace.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { Recorder } from '../../fixtures/tls-endpoints.ts'
import { fileFolder } from '../../fixtures/tls-programs.ts'
import { clientOptions, serverOptions } from '../../fixtures/tls-script.ts'

// The key log is right if Wireshark decrypts with it what the engine encrypted.

const folder = fileFolder({})
afterAll(() => folder.remove())

describe.skipIf(!havePeers('tshark'))('tshark decrypts with the key log', () => {
  const kinds = allSuites.flatMap((suite) =>
    [false, true].map((resumed) => ({ suite, resumed, name: suite.shortName }))
  )
  it.each(kinds)('a session of $name, taken up again: $resumed', ({ suite, resumed, name }) => {
    const sessions = memorySessionStore()
    const first = session(suite, sessions, null)
    const { packets, keyLog, finished } = resumed ? session(suite, sessions, first.kept) : first
    const [capture, keys] = [folder.path(`${name}-${resumed}.pcap`), folder.path(`${name}-${resumed}.keys`)]
    writeFileSync(capture, pcap(packets))
    writeFileSync(keys, keyLog)
    const tshark = (...more: string[]): string => {
      const options = ['-r', capture, '-d', `tcp.port==${SERVER_PORT},tls`, '-o', `tls.keylog_file:${keys}`, ...more]
      return execFileSync('tshark', options, { stdio: ['ignore', 'pipe', 'ignore'] }).toString()
    }
    const data = tshark('-q', '-z', 'follow,tls,ascii,0')
    expect(data).toContain('from the client')
    expect(data).toContain('from the server')
    // The Finished of each side, with the bytes in the engine's trace.
    const json = tshark('-T', 'json', '-x')
    const shown = [...json.matchAll(/"tls\.handshake\.verify_data_raw":\s*\[\s*"([0-9a-f]+)"/g)].map(
      ([, value]) => value
    )
    expect(shown).toEqual(finished)
  })
})

interface Packet {
  readonly fromClient: boolean
  readonly bytes: Buffer
}

interface Captured {
  readonly packets: readonly Packet[]
  readonly keyLog: string
  /** The content of both Finished messages, in order, in hexadecimal. */
  readonly finished: readonly string[]
  readonly kept: KeptSession | null
}

function session(suite: CipherSuite, sessions: SessionStore, resume: KeptSession | null): Captured {
  const [atClient, atServer] = [new Recorder(), new Recorder()]
  const client = createTlsClient({ ...clientOptions, suites: [suite], resume, secrets: atClient.secretTaker }, atClient)
  const server = createTlsServer({ ...serverOptions(), suites: [suite], sessions }, atServer)
  const packets: Packet[] = []
  const carry = (): void => {
    for (const [recorder, end, fromClient] of [
      [atClient, server, true],
      [atServer, client, false]
    ] as const) {
      const bytes = recorder.takeOutput()
      if (bytes.length > 0) packets.push({ fromClient, bytes })
      end.receive(bytes)
    }
  }
  server.start()
  client.start()
  carry()
  carry()
  client.send(Buffer.from('from the client'))
  server.send(Buffer.from('from the server'))
  carry()
  const messages = atClient.traces.filter(
    (event) => event.kind === 'message' && event.name === 'Finished'
  ) as TlsMessageEvent[]
  const finished = messages.map(({ raw }) => Buffer.from(raw!.subarray(4)).toString('hex'))
  return { packets, keyLog: `${atClient.secrets.join('\n')}\n`, finished, kept: atClient.session }
}

const [CLIENT_PORT, SERVER_PORT] = [40_000, 4433]
/** Link type of packets that begin with their IP header. */
const LINKTYPE_RAW = 101

/** Returns a capture of one TCP connection, with invented addresses, handshake and sequence numbers. */
function pcap(packets: readonly Packet[]): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(65535, 16)
  header.writeUInt32LE(LINKTYPE_RAW, 20)
  const next = { client: 1, server: 1 }
  return Buffer.concat([
    header,
    ...packets.map(({ fromClient, bytes }, index) => {
      const [own, other] = fromClient ? (['client', 'server'] as const) : (['server', 'client'] as const)
      const packet = tcpPacket(fromClient, next[own], next[other], bytes)
      next[own] += bytes.length
      const record = Buffer.alloc(16)
      record.writeUInt32LE(index, 4)
      record.writeUInt32LE(packet.length, 8)
      record.writeUInt32LE(packet.length, 12)
      return Buffer.concat([record, packet])
    })
  ])
}

function tcpPacket(fromClient: boolean, sequence: number, acknowledged: number, bytes: Buffer): Buffer {
  const packet = Buffer.alloc(40)
  packet[0] = 0x45
  packet.writeUInt16BE(40 + bytes.length, 2)
  packet[8] = 64
  packet[9] = 6
  packet.set(fromClient ? [10, 0, 0, 1, 10, 0, 0, 2] : [10, 0, 0, 2, 10, 0, 0, 1], 12)
  packet.writeUInt16BE(fromClient ? CLIENT_PORT : SERVER_PORT, 20)
  packet.writeUInt16BE(fromClient ? SERVER_PORT : CLIENT_PORT, 22)
  packet.writeUInt32BE(sequence, 24)
  packet.writeUInt32BE(acknowledged, 28)
  packet[32] = 0x50
  packet[33] = 0x18
  packet.writeUInt16BE(65535, 34)
  return Buffer.concat([packet, bytes])
}
