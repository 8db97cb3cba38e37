import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AES128_SHA, AES256_SHA, NULL_SHA, allSuites } from '../../../src/shared/suites.ts'
import type { CipherSuite } from '../../../src/shared/suites.ts'
import type { StoredData } from '../../../src/shared/security.ts'
import { secureTransport } from '../../../src/main/secure-transport.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { testPki } from '../../fixtures/pki.ts'
import { clientOverTcp, systemRandom } from '../../fixtures/tls-endpoints.ts'
import type { Recorder } from '../../fixtures/tls-endpoints.ts'
import { fileFolder, freePort, gnutlsAllSuites, startServer } from '../../fixtures/tls-programs.ts'
import type { Program } from '../../fixtures/tls-programs.ts'

/** The module's client against outside servers: what the guide's suites and auth modes come to on a real connection. */

const pki = testPki()
const files = fileFolder({ 'server.crt': pki.server.pem, 'server.key': pki.server.keyPkcs8Pem, 'ca.crt': pki.ca.pem })
afterAll(() => files.remove())

const transport = secureTransport({ random: systemRandom })
const nothing: StoredData = { authMode: 0, clientCertificate: null, caCertificate: null, privateKey: null }
const text = (pem: string): Uint8Array => Buffer.from(pem)
const serverOnly = (ca: string): StoredData => ({ ...nothing, authMode: 1, caCertificate: text(ca) })
const both: StoredData = {
  authMode: 2, caCertificate: text(pki.ca.pem), clientCertificate: text(pki.client.pem), privateKey: text(pki.client.keyPkcs1Pem)
}
const stranger: StoredData = { ...both, clientCertificate: text(pki.otherClient.pem), privateKey: text(pki.otherClient.keyPkcs1Pem) }

function dial(port: number, suites: readonly CipherSuite[], stored: StoredData): ReturnType<typeof clientOverTcp> {
  return clientOverTcp(port, (events) => transport.createClient({
    suites, stored, farEnd: `127.0.0.1:${port}`,
    storedPolicy: { pemLineEnds: 'any', keyFormats: ['pkcs1', 'pkcs8'] },
    serverPolicy: { checkNotBefore: true, checkExpiry: true, acceptSha256Signatures: true, maxCertificateBytes: 2047 },
    clockChipMs: () => Date.UTC(2026, 0, 1)
  }, events))
}

async function exchange(port: number, suite: CipherSuite, stored: StoredData, answer: (line: string) => string): Promise<Recorder> {
  const { recorder, endpoint, socket } = dial(port, [suite], stored)
  await recorder.settled()
  expect(recorder.failure).toBeNull()
  expect(recorder.suite).toBe(suite)
  endpoint.send(Buffer.from('hello from the module\n'))
  const expected = answer('hello from the module')
  await recorder.until(() => recorder.text.length >= expected.length || recorder.failure !== null)
  expect(recorder.text).toBe(expected)
  endpoint.close()
  socket.end()
  return recorder
}

/** Each server refuses a client certificate in its own words, or with none: only that it does is asked for. */
async function refusedByServer(port: number, suite: CipherSuite, stored: StoredData): Promise<void> {
  const { recorder, socket } = dial(port, [suite], stored)
  await recorder.ended()
  expect(['alert-received', 'transport']).toContain(recorder.failure?.blame)
  socket.destroy()
}

describe.skipIf(!havePeers('gnutls-serv'))('client against gnutls-serv', () => {
  const echoed = (line: string): string => `${line}\n`
  let open: Program
  let closed: Program
  let openPort = 0
  let closedPort = 0
  beforeAll(async () => {
    const common = [
      '-q', '--echo', '--priority', gnutlsAllSuites, '--x509certfile', files.path('server.crt'), '--x509keyfile', files.path('server.key'),
      '--x509cafile', files.path('ca.crt')
    ]
    openPort = await freePort()
    open = await startServer('gnutls-serv', [...common, '-p', `${openPort}`, '--disable-client-cert'], openPort)
    closedPort = await freePort()
    const asking = ['-p', `${closedPort}`, '--require-client-cert', '--verify-client-cert']
    closed = await startServer('gnutls-serv', [...common, ...asking], closedPort)
  })
  afterAll(() => Promise.all([open.stop(), closed.stop()]))

  describe.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))('$name', ({ suite }) => {
    it('verifies nothing and exchanges data', async () => {
      const recorder = await exchange(openPort, suite, nothing, echoed)
      expect(recorder.session?.sessionId.length).toBeGreaterThan(0)
      expect(recorder.secrets).toHaveLength(1)
    })
    it('verifies the server with the right authority', () => exchange(openPort, suite, serverOnly(pki.ca.pem), echoed))
    it('refuses a server of an authority that is not stored', async () => {
      const { recorder } = dial(openPort, [suite], serverOnly(pki.otherCa.pem))
      await recorder.ended()
      expect(recorder.failure).toMatchObject({ blame: 'certificate', alert: 'unknown_ca', rule: 'G-3.3-9', inTransfer: false })
    })
    it('is let in with its certificate', () => exchange(closedPort, suite, both, echoed))
    it('is not let in without one', () => refusedByServer(closedPort, suite, serverOnly(pki.ca.pem)))
    it('is not let in with one of another authority', () => refusedByServer(closedPort, suite, stranger))
  })
})

describe.skipIf(!havePeers('openssl'))('client against openssl s_server', () => {
  const reversed = (line: string): string => `${[...line].reverse().join('')}\n`
  let open: Program
  let closed: Program
  let openPort = 0
  let closedPort = 0
  beforeAll(async () => {
    // RC4 is not in OpenSSL 3 at all: those two suites are GnuTLS's to prove.
    const common = [
      's_server', '-tls1', '-cipher', 'AES128-SHA:AES256-SHA:NULL-SHA:@SECLEVEL=0', '-no_ticket', '-rev',
      '-cert', files.path('server.crt'), '-key', files.path('server.key'), '-CAfile', files.path('ca.crt')
    ]
    openPort = await freePort()
    open = await startServer('openssl', [...common, '-accept', `127.0.0.1:${openPort}`], openPort)
    closedPort = await freePort()
    const asking = ['-accept', `127.0.0.1:${closedPort}`, '-Verify', '3', '-verify_return_error']
    closed = await startServer('openssl', [...common, ...asking], closedPort)
  })
  afterAll(() => Promise.all([open.stop(), closed.stop()]))

  describe.each([AES128_SHA, AES256_SHA, NULL_SHA].map((suite) => ({ suite, name: suite.shortName })))('$name', ({ suite }) => {
    it('verifies the server and exchanges data', () => exchange(openPort, suite, serverOnly(pki.ca.pem), reversed))
    it('is let in with its certificate', () => exchange(closedPort, suite, both, reversed))
    it('is not let in without one', () => refusedByServer(closedPort, suite, nothing))
  })

  it('says what the server refused when there is no common suite', async () => {
    const { recorder } = dial(openPort, allSuites.filter(({ bulk }) => bulk === 'rc4'), nothing)
    await recorder.ended()
    expect(recorder.failure).toMatchObject({ blame: 'alert-received', alert: 'handshake_failure' })
    expect(recorder.failure?.sentence).toContain('none of the suites proposed (RC4-MD5, RC4-SHA)')
  })
})
