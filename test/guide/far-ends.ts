import type { KeyObject } from 'node:crypto'
import type { MemoryFarEnd } from '../../src/main/bearer/memory-network.ts'
import { createTlsServer, type TlsServerOptions } from '../../src/main/tls/server.ts'
import type { SessionStore } from '../../src/main/tls/session-store.ts'
import type { TlsEndpoint } from '../../src/shared/contracts/tls.ts'
import { allSuites, type CipherSuite } from '../../src/shared/tls/suites.ts'
import { seededRandom, type Bench } from '../fixtures/bench.ts'
import { testPki, type TestCertificate } from '../fixtures/pki.ts'

export const guideAddress = '123.124.125.126'

/** Options of a server for the guide's examples. */
export interface FarEndOptions {
  /** The certificates that it sends, its own first. */
  readonly chain?: readonly TestCertificate[]
  readonly suites?: readonly CipherSuite[]
  /** Asks for a client certificate, which this function checks. */
  readonly clients?: (chainDer: readonly Uint8Array[]) => KeyObject
  /** DER of the names of accepted client authorities; any by default. */
  readonly authorities?: readonly Uint8Array[]
  readonly sessions?: SessionStore
  /** Called for each connection once it is open. */
  readonly opened?: (connection: Connection) => void
  /** Called with received data. By default it is sent back. */
  readonly data?: (connection: Connection, text: string) => void
}

/** The server's side of one TLS connection. */
export class Connection {
  received = ''
  closedByPeer = false
  failure: string | null = null
  suite: CipherSuite | null = null
  /** The handshake messages in order. */
  readonly messages: string[] = []
  private readonly tls: TlsEndpoint
  private damaging = false

  constructor(
    private readonly tcp: MemoryFarEnd,
    options: FarEndOptions,
    seed: number
  ) {
    const chain = options.chain ?? [testPki().server]
    const clientCertificates: TlsServerOptions['clientCertificates'] = options.clients
      ? { ask: 'require', check: options.clients, authorities: options.authorities ?? [] }
      : { ask: 'never' }
    this.tls = createTlsServer(
      {
        suites: options.suites ?? allSuites,
        random: seededRandom(seed),
        clockMs: () => Date.UTC(2026, 10, 23, 12),
        identity: { chainDer: chain.map((one) => one.der), privateKey: chain[0]!.privateKey },
        clientCertificates,
        sessions: options.sessions ?? null
      },
      {
        output: (bytes) => tcp.write(this.damaging ? damaged(bytes) : bytes),
        opened: (suite) => {
          this.suite = suite
          options.opened?.(this)
        },
        data: (bytes) => {
          const text = Buffer.from(bytes).toString('latin1')
          this.received += text
          if (options.data) options.data(this, text)
          else this.send(text)
        },
        closedByPeer: () => {
          this.closedByPeer = true
        },
        failed: (failure) => {
          this.failure = failure.sentence
        },
        trace: (event) => {
          if (event.kind === 'message') this.messages.push(event.name)
        }
      }
    )
    this.tls.start()
    tcp.onData((bytes) => this.tls.receive(bytes))
    tcp.onEnd(() => this.tls.transportEnded())
  }

  send(what: string | Uint8Array): void {
    this.tls.send(typeof what === 'string' ? Buffer.from(what, 'latin1') : what)
  }

  /** Sends a record with a changed last byte, so that its MAC is wrong. */
  sendDamaged(text: string): void {
    this.damaging = true
    this.send(text)
    this.damaging = false
  }

  /** Sends close_notify, then ends TCP. */
  close(): void {
    this.tls.close()
    this.tcp.end()
  }
}

/** For seeds: no two connections have the same random bytes or session ids. */
let connectionCount = 0

function damaged(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes, (byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte))
}

/** Starts a server at the guide's address. Returns its connections, newest last. */
export function listen(bench: Bench, options: FarEndOptions = {}, port = 443): Connection[] {
  const connections: Connection[] = []
  bench.network.listen(guideAddress, port, (tcp) =>
    connections.push(new Connection(tcp, options, (connectionCount += 1)))
  )
  return connections
}

/** Returns the module's ClientHello, parsed, with a server that does not respond. */
export function listenForHello(
  bench: Bench
): { recordVersion: string; version: string; suites: number[]; compression: number[] }[] {
  const hellos: ReturnType<typeof listenForHello> = []
  bench.network.listen(guideAddress, 443, (tcp) =>
    tcp.onData((bytes) => {
      const record = Buffer.from(bytes)
      if (record[0] !== HANDSHAKE_RECORD) return
      const version = (at: number): string => `${record[at]}.${record[at + 1]}`
      // Record header 5, handshake header 4, version 2, random 32, then the session id.
      const suitesAt = 43 + 1 + record[43]!
      const suiteBytes = record.readUInt16BE(suitesAt)
      const suites = Array.from({ length: suiteBytes / 2 }, (_, index) => record.readUInt16BE(suitesAt + 2 + index * 2))
      const compressionAt = suitesAt + 2 + suiteBytes
      hellos.push({
        recordVersion: version(1),
        version: version(9),
        suites: suites.filter((suite) => suite !== RENEGOTIATION_SIGNAL),
        compression: [...record.subarray(compressionAt + 1, compressionAt + 1 + record[compressionAt]!)]
      })
    })
  )
  return hellos
}

const HANDSHAKE_RECORD = 22
/** Not a suite, although it is listed like one (RFC 5746). */
const RENEGOTIATION_SIGNAL = 0x00ff
