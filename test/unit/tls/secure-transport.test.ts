import { expect, it } from 'vitest'
import { secureTransport } from '../../../src/main/simulator/secure-transport.ts'
import { createTlsServer } from '../../../src/main/tls/server.ts'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import type { SecureClientRequest } from '../../../src/shared/contracts/security.ts'
import type { TlsEndpoint } from '../../../src/shared/contracts/tls.ts'
import { AES128_SHA } from '../../../src/shared/tls/suites.ts'
import { Recorder, systemRandom } from '../../fixtures/tls-endpoints.ts'
import { serverOptions } from '../../fixtures/tls-script.ts'

// The options of the module reach the client of the engine.

const sessions = memorySessionStore()
const request: SecureClientRequest = {
  suites: [AES128_SHA],
  stored: { authMode: 0, clientCertificate: null, caCertificate: null, privateKey: null },
  storedPolicy: { pemLineEnds: 'any', keyFormats: ['pkcs1'] },
  farEnd: 'lab',
  clockChipMs: () => Date.UTC(2013, 8, 13),
  serverPolicy: { checkNotBefore: true, checkExpiry: true, acceptSha256Signatures: true, maxCertificateBytes: 2047 }
}

function dial(changes: Partial<SecureClientRequest>): {
  atClient: Recorder
  server: TlsEndpoint
  deliver(): void
} {
  const [atClient, atServer] = [new Recorder(), new Recorder()]
  const transport = secureTransport({ random: systemRandom, secrets: { begin: () => atClient.secretTaker } })
  const client = transport.createClient({ ...request, ...changes }, atClient)
  const server = createTlsServer({ ...serverOptions(), sessions }, atServer)
  const deliver = (): void => {
    for (let moved = true; moved;) {
      const [there, back] = [atClient.takeOutput(), atServer.takeOutput()]
      server.receive(there)
      client.receive(back)
      moved = there.length + back.length > 0
    }
  }
  server.start()
  client.start()
  deliver()
  return { atClient, server, deliver }
}

it('a kept session is offered and taken up again', () => {
  const first = dial({ resume: null })
  const second = dial({ resume: first.atClient.session })
  const suites = [first, second].map(({ atClient }) => atClient.traces.find((event) => event.kind === 'suite'))
  expect(suites.map((event) => event?.resumed)).toEqual([false, true])
})

it("the product's record limit holds (G-4.0-1)", () => {
  const { atClient, server, deliver } = dial({ maxReceivedPlaintextBytes: 15_800 })
  server.send(Buffer.alloc(16_000))
  deliver()
  expect(atClient.failure).toMatchObject({ alert: 'record_overflow', rule: 'G-4.0-1', inTransfer: true })
})

it('secrets come as a stream of their own', () => {
  const { atClient } = dial({})
  const secrets = atClient.namedSecrets
  expect(secrets.map(({ name }) => name).slice(0, 4)).toEqual([
    'client random',
    'server random',
    'premaster secret',
    'master secret'
  ])
  // The line of the key log consists of the first and the fourth of them.
  const hex = secrets.map(({ bytes }) => Buffer.from(bytes).toString('hex'))
  expect(atClient.secrets).toEqual([`CLIENT_RANDOM ${hex[0]} ${hex[3]}`])
})
