import { afterAll, describe, expect, it } from 'vitest'
import { AES128_SHA, AES256_SHA, NULL_SHA, allSuites } from '../../../src/shared/suites.ts'
import { createTlsServer } from '../../../src/main/tls/server.ts'
import type { ClientCertificatePolicy } from '../../../src/main/tls/server.ts'
import { readCertificate } from '../../../src/main/x509/certificate.ts'
import { checkServerPath } from '../../../src/main/x509/path.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { testPki } from '../../fixtures/pki.ts'
import { serverOverTcp, systemRandom } from '../../fixtures/tls-endpoints.ts'
import type { Recorder } from '../../fixtures/tls-endpoints.ts'
import { fileFolder, gnutlsPriority, startProgram } from '../../fixtures/tls-programs.ts'
import type { Program } from '../../fixtures/tls-programs.ts'

/** The engine's server against outside clients: it echoes what it gets. */

const pki = testPki()
const files = fileFolder({
  'ca.crt': pki.ca.pem, 'client.crt': pki.client.pem, 'client.key': pki.client.keyPkcs8Pem,
  'stranger.crt': pki.otherClient.pem, 'stranger.key': pki.otherClient.keyPkcs8Pem
})
afterAll(() => files.remove())

const never: ClientCertificatePolicy = { ask: 'never' }
const require: ClientCertificatePolicy = {
  ask: 'require', authorities: [],
  check: (chainDer) => checkServerPath(chainDer, readCertificate(pki.ca.der), {
    checkNotBefore: true, checkExpiry: true, acceptSha256Signatures: true, maxCertificateBytes: 2047
  }, Date.now())
}

interface Session {
  readonly port: number
  /** The one connection, once there is one. */
  accepted(): Promise<Recorder>
  close(): Promise<void>
}

async function echoServer(clientCertificates: ClientCertificatePolicy): Promise<Session> {
  let arrived: (recorder: Recorder) => void
  const first = new Promise<Recorder>((resolve) => (arrived = resolve))
  const server = await serverOverTcp(
    (events) => createTlsServer({
      suites: allSuites, random: systemRandom, clockMs: () => Date.now(), clientCertificates,
      identity: { chainDer: [pki.server.der], privateKey: pki.server.privateKey }
    }, events),
    (recorder, endpoint) => {
      recorder.onData = (bytes) => endpoint.send(bytes)
      arrived(recorder)
    }
  )
  return { port: server.port, accepted: () => first, close: server.close }
}

async function withServer(
  policy: ClientCertificatePolicy, start: (port: number) => Program, body: (session: Session, program: Program) => Promise<void>
): Promise<void> {
  const session = await echoServer(policy)
  const program = start(session.port)
  try {
    await body(session, program)
  } finally {
    await program.stop()
    await session.close()
  }
}

async function echoes(session: Session, program: Program): Promise<void> {
  const recorder = await session.accepted()
  await recorder.settled()
  expect(recorder.failure).toBeNull()
  program.write('hello from outside\n')
  await program.printed(/hello from outside/)
  program.endInput()
  await recorder.ended()
  expect(recorder.failure).toBeNull()
}

async function refuses(session: Session, alert: string): Promise<void> {
  const recorder = await session.accepted()
  await recorder.ended()
  expect(recorder.failure).toMatchObject({ alert, inTransfer: false })
}

describe.skipIf(!havePeers('gnutls-cli'))('server against gnutls-cli', () => {
  const client = (suite: string, port: number, ...more: string[]): Program => startProgram('gnutls-cli', [
    '-p', `${port}`, '127.0.0.1', '--no-ca-verification', '--priority', gnutlsPriority(suite), ...more
  ])

  it.each(allSuites.map((suite) => suite.shortName))('%s echoes', (suite) => withServer(
    never,
    (port) => client(suite, port),
    async (session, program) => {
      await echoes(session, program)
      expect((await session.accepted()).suite?.shortName).toBe(suite)
    }
  ))

  it('takes a client certificate of its authority', () => withServer(
    require,
    (port) => client('RC4-MD5', port, '--x509certfile', files.path('client.crt'), '--x509keyfile', files.path('client.key')),
    echoes
  ))

  it('refuses a client without a certificate', () => withServer(
    require, (port) => client('AES128-SHA', port), (session) => refuses(session, 'handshake_failure')
  ))

  it('refuses a client of another authority', () => withServer(
    require,
    (port) => client('AES128-SHA', port, '--x509certfile', files.path('stranger.crt'), '--x509keyfile', files.path('stranger.key')),
    (session) => refuses(session, 'unknown_ca')
  ))
})

describe.skipIf(!havePeers('openssl'))('server against openssl s_client', () => {
  const client = (cipher: string, port: number, ...more: string[]): Program => startProgram('openssl', [
    's_client', '-connect', `127.0.0.1:${port}`, '-tls1', '-cipher', `${cipher}:@SECLEVEL=0`, '-CAfile', files.path('ca.crt'),
    '-verify_return_error', '-quiet', '-no_ign_eof', ...more
  ])

  it.each([AES128_SHA, AES256_SHA, NULL_SHA].map((suite) => suite.shortName))('%s echoes', (suite) => withServer(
    never, (port) => client(suite, port), echoes
  ))

  it('takes a client certificate of its authority', () => withServer(
    require,
    (port) => client('AES256-SHA', port, '-cert', files.path('client.crt'), '-key', files.path('client.key')),
    echoes
  ))

  it('negotiates a TLS 1.2 client down', () => withServer(
    never,
    (port) => startProgram('openssl', [
      's_client', '-connect', `127.0.0.1:${port}`, '-min_protocol', 'TLSv1', '-cipher', 'AES128-SHA:@SECLEVEL=0', '-quiet', '-no_ign_eof',
      '-CAfile', files.path('ca.crt'), '-verify_return_error', '-servername', 'www.example.lab'
    ]),
    async (session, program) => {
      await echoes(session, program)
      const hello = (await session.accepted()).messages('in')[0]
      expect(hello?.summary).toContain('for www.example.lab')
      expect(hello?.summary).toMatch(/^TLS 1\.2, /)
    }
  ))
})
