import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTlsServer } from '../../../src/main/tls/server.ts'
import type { ClientCertificatePolicy } from '../../../src/main/tls/server.ts'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import { readCertificate } from '../../../src/main/x509/certificate.ts'
import { checkServerPath } from '../../../src/main/x509/path.ts'
import { AES128_SHA, AES256_SHA, NULL_SHA, allSuites } from '../../../src/shared/tls/suites.ts'
import type { CipherSuite } from '../../../src/shared/tls/suites.ts'
import { havePeers } from '../../fixtures/peers.ts'
import type { PeerName } from '../../fixtures/peers.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'
import type { TestCertificate } from '../../fixtures/pki.ts'
import { serverOverTcp, systemRandom } from '../../fixtures/tls-endpoints.ts'
import type { Recorder } from '../../fixtures/tls-endpoints.ts'
import { fileFolder, gnutlsPriority, startProgram } from '../../fixtures/tls-programs.ts'

// The engine's server against external clients: five suites, with server authentication, client authentication and a
// resumed session. It answers HTTP requests, and sends everything else back.

const pki = testPki()
// curl refuses to load a certificate signed with SHA-1.
const [client, stranger] = [pki.ca, pki.otherCa].map((issuer) =>
  makeCertificate({ name: 'module', issuer, keyBits: 2048, key: 'client', hash: 'sha256' })
) as [TestCertificate, TestCertificate]
const files = fileFolder({
  'ca.crt': pki.ca.pem,
  'client.crt': client.pem,
  'client.key': client.keyPkcs8Pem,
  'stranger.crt': stranger.pem,
  'stranger.key': stranger.keyPkcs8Pem
})
afterAll(() => files.remove())

const never: ClientCertificatePolicy = { ask: 'never' }
const require: ClientCertificatePolicy = {
  ask: 'require',
  authorities: [],
  check: (chainDer) =>
    checkServerPath(
      chainDer,
      readCertificate(pki.ca.der),
      {
        checkNotBefore: true,
        checkExpiry: true,
        acceptSha256Signatures: true,
        maxCertificateBytes: 2047
      },
      Date.now()
    )
}

interface Session {
  readonly connections: Recorder[]
  /** Resolves when so many connections have ended, or one has failed in any other way. */
  ended(count: number): Promise<readonly Recorder[]>
  printed(pattern: RegExp): Promise<void>
}

interface Client {
  readonly name: string
  readonly needs: readonly PeerName[]
  readonly suites: readonly CipherSuite[]
  readonly lacks: string
  /** How it reports a suite that it does not have. */
  readonly says: RegExp
  /** The command line; `certificate` names the one to send. */
  command(suite: CipherSuite, port: number, certificate: 'client' | 'stranger' | null): readonly string[]
  /** Written to it once it runs; the server's response ends it. `null` when it needs no input. */
  readonly input: string | null
  /** The command line that connects again with the session of the first connection. */
  readonly again: (suite: CipherSuite, port: number) => readonly string[]
  readonly againConnections: number
}

const shown = (certificate: string | null, ...options: readonly [string, string]): string[] =>
  certificate === null
    ? []
    : [options[0], files.path(`${certificate}.crt`), options[1], files.path(`${certificate}.key`)]
const opensslSuites = [AES128_SHA, AES256_SHA, NULL_SHA]
const line = 'hello from outside\n'
const nssDatabase = (certificate: string | null): string => `sql:${files.path(`nss-${certificate}`)}`
const nssSuite = ({ wireId }: CipherSuite): string => `:${wireId.toString(16).padStart(4, '0')}`

const clients: readonly Client[] = [
  {
    name: 'gnutls-cli',
    needs: ['gnutls-cli'],
    suites: allSuites,
    lacks: '',
    says: /^$/,
    input: line,
    command: (suite, port, certificate) => [
      'gnutls-cli',
      '-p',
      `${port}`,
      '127.0.0.1',
      '--priority',
      gnutlsPriority(suite.shortName),
      '--x509cafile',
      files.path('ca.crt'),
      '--verify-hostname',
      'localhost',
      ...shown(certificate, '--x509certfile', '--x509keyfile')
    ],
    again: (suite, port) => [...clients[0]!.command(suite, port, null), '-r'],
    againConnections: 2
  },
  {
    name: 'openssl s_client',
    needs: ['openssl'],
    suites: opensslSuites,
    lacks: 'OpenSSL 3 has no RC4',
    says: /no cipher match/,
    input: line,
    command: (suite, port, certificate) => [
      'openssl',
      's_client',
      '-connect',
      `127.0.0.1:${port}`,
      '-tls1',
      '-cipher',
      `${suite.shortName}:@SECLEVEL=0`,
      '-CAfile',
      files.path('ca.crt'),
      '-verify_return_error',
      '-no_ticket',
      '-no_ign_eof',
      ...shown(certificate, '-cert', '-key')
    ],
    // One connection and five more.
    again: (suite, port) => [...clients[1]!.command(suite, port, null), '-reconnect'],
    againConnections: 6
  },
  {
    name: 'NSS tstclnt',
    needs: ['tstclnt', 'openssl'],
    suites: allSuites,
    lacks: '',
    says: /^$/,
    input: line,
    command: (suite, port, certificate) => [
      'tstclnt',
      '-h',
      '127.0.0.1',
      '-p',
      `${port}`,
      '-a',
      'localhost',
      '-d',
      nssDatabase(certificate),
      '-V',
      'tls1.0:tls1.0',
      '-c',
      nssSuite(suite),
      ...(certificate === null ? [] : ['-n', certificate])
    ],
    // tstclnt connects once. Its stress-test variant resumes the session of its first connection in the others.
    again: (suite, port) => [
      'strsclnt',
      '-p',
      `${port}`,
      '-a',
      'localhost',
      '-d',
      nssDatabase(null),
      '-V',
      'tls1.0:tls1.0',
      '-C',
      nssSuite(suite),
      '-c',
      '3',
      '-t',
      '1',
      '127.0.0.1'
    ],
    againConnections: 3
  },
  {
    name: 'curl',
    needs: ['curl'],
    suites: opensslSuites,
    lacks: 'it is built with OpenSSL 3, which has no RC4',
    says: /failed setting cipher list/,
    input: null,
    command: (suite, port, certificate) => [
      'curl',
      '-sS',
      '--tlsv1.0',
      '--tls-max',
      '1.0',
      '--ciphers',
      `${suite.shortName}:@SECLEVEL=0`,
      '--cacert',
      files.path('ca.crt'),
      '--connect-to',
      `localhost:443:127.0.0.1:${port}`,
      'https://localhost/hello%20from%20outside',
      ...shown(certificate, '--cert', '--key')
    ],
    again: (suite, port) => [...clients[3]!.command(suite, port, null), 'https://localhost/again'],
    againConnections: 2
  }
]

beforeAll(() => {
  if (!havePeers('tstclnt', 'openssl')) return
  const quiet = { stdio: 'ignore' } as const
  // A database for each, since NSS sends any certificate that it has.
  for (const certificate of [null, 'client', 'stranger']) {
    const database = nssDatabase(certificate)
    mkdirSync(database.slice('sql:'.length))
    execFileSync('certutil', ['-N', '-d', database, '--empty-password'], quiet)
    execFileSync('certutil', ['-A', '-d', database, '-n', 'ca', '-t', 'CT,C,C', '-i', files.path('ca.crt')], quiet)
    if (certificate === null) continue
    const store = files.path(`${certificate}.p12`)
    execFileSync(
      'openssl',
      [
        'pkcs12',
        '-export',
        '-in',
        files.path(`${certificate}.crt`),
        '-inkey',
        files.path(`${certificate}.key`),
        '-name',
        certificate,
        '-passout',
        'pass:',
        '-out',
        store
      ],
      quiet
    )
    execFileSync('pk12util', ['-d', database, '-i', store, '-W', ''], quiet)
  }
})

async function serve<T>(
  clientCertificates: ClientCertificatePolicy,
  command: (port: number) => readonly string[],
  input: string | null,
  body: (session: Session) => Promise<T>
): Promise<T> {
  const connections: Recorder[] = []
  let woken: () => void = () => undefined
  const sessions = memorySessionStore()
  const server = await serverOverTcp(
    (events) =>
      createTlsServer(
        {
          suites: allSuites,
          random: systemRandom,
          clockMs: () => Date.now(),
          clientCertificates,
          sessions,
          identity: { chainDer: [pki.server.der], privateKey: pki.server.privateKey }
        },
        events
      ),
    (recorder, endpoint, hangUp) => {
      connections.push(recorder)
      recorder.onData = () => {
        const { text } = recorder
        // NSS sends the first byte in a record of its own (1/n-1 split).
        if (!text.endsWith(text.startsWith('GET ') ? '\r\n\r\n' : '\n')) return
        const page = text.startsWith('GET ') ? decodeURIComponent(text.split(' ')[1]!).slice(1) : null
        const head = 'HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n'
        endpoint.send(page === null ? Buffer.from(text, 'latin1') : Buffer.from(`${head}${page}\n`))
        // Some clients wait for the end of the connection in any case.
        endpoint.close()
        hangUp()
        finish(recorder)
      }
      const finish = (one: Recorder): void => {
        finished.add(one)
        woken()
      }
      void recorder.ended().then(() => finish(recorder))
    }
  )
  const finished = new Set<Recorder>()
  const [name, ...args] = command(server.port)
  const program = startProgram(name!, args)
  const ended = async (count: number): Promise<readonly Recorder[]> => {
    const hasFailed = (): boolean =>
      connections.some(({ failure }) => failure !== null && failure.blame !== 'transport')
    while (finished.size < count && !hasFailed()) await new Promise<void>((resolve) => (woken = resolve))
    return connections
  }
  try {
    if (input !== null) {
      program.write(input)
      void program.printed(/hello from outside/).then(
        () => program.endInput(),
        () => undefined
      )
    }
    return await body({ connections, ended, printed: program.printed })
  } finally {
    await program.stop()
    await server.close()
  }
}

const resumed = (recorder: Recorder | undefined): unknown =>
  recorder?.traces.find((event) => event.kind === 'suite')?.resumed

describe.each(clients.map((client) => ({ client, name: client.name })))('$name', ({ client }) => {
  describe.skipIf(!havePeers(...client.needs))('is there', () => {
    describe.each(client.suites.map((suite) => ({ suite, name: suite.shortName })))('$name', ({ suite }) => {
      const exchanges = (policy: ClientCertificatePolicy, certificate: 'client' | null): Promise<void> =>
        serve(
          policy,
          (port) => client.command(suite, port, certificate),
          client.input,
          async ({ ended, printed }) => {
            const [recorder] = await ended(1)
            expect(recorder?.failure).toBeNull()
            expect(recorder?.suite).toBe(suite)
            await printed(/hello from outside/)
          }
        )
      const refusedWith = (certificate: 'stranger' | null, alert: string): Promise<void> =>
        serve(
          require,
          (port) => client.command(suite, port, certificate),
          client.input,
          async ({ ended }) => {
            const [recorder] = await ended(1)
            expect(recorder?.failure).toMatchObject({ alert, inTransfer: false })
          }
        )

      it('server authentication', () => exchanges(never, null))

      it('client authentication', () => exchanges(require, 'client'))

      it('client authentication refused without a certificate', () => refusedWith(null, 'handshake_failure'))

      it('client authentication refused with a certificate of another authority', () =>
        refusedWith('stranger', 'unknown_ca'))

      it('resumption', () =>
        serve(
          never,
          (port) => client.again(suite, port),
          client.input,
          async ({ ended }) => {
            const all = await ended(client.againConnections)
            expect(all.map(resumed)).toEqual([false, ...all.slice(1).map(() => true)])
            expect(
              all.map(({ failure }) => failure).filter((failure) => failure?.blame !== 'transport' && failure !== null)
            ).toEqual([])
            expect(all).toHaveLength(client.againConnections)
          }
        ))
    })

    const lacking = allSuites.filter((suite) => !client.suites.includes(suite))
    it.each(lacking.map((suite) => ({ suite, name: suite.shortName })))(
      `does not know $name: ${client.lacks}`,
      ({ suite }) =>
        serve(
          never,
          (port) => client.command(suite, port, null),
          null,
          async ({ printed, connections }) => {
            await printed(client.says)
            expect(connections.filter((recorder) => recorder.suite !== null)).toEqual([])
          }
        )
    )
  })
})

describe.skipIf(!havePeers('openssl'))('a later client', () => {
  it('is negotiated down from TLS 1.2', () =>
    serve(
      never,
      (port) => [
        'openssl',
        's_client',
        '-connect',
        `127.0.0.1:${port}`,
        '-min_protocol',
        'TLSv1',
        '-cipher',
        'AES128-SHA:@SECLEVEL=0',
        '-quiet',
        '-no_ign_eof',
        '-CAfile',
        files.path('ca.crt'),
        '-verify_return_error',
        '-servername',
        'www.example.lab'
      ],
      line,
      async ({ ended }) => {
        const [recorder] = await ended(1)
        expect(recorder?.failure).toBeNull()
        expect(recorder?.text).toBe(line)
        const hello = recorder?.messages('in')[0]
        expect(hello?.summary).toContain('for www.example.lab')
        expect(hello?.summary).toMatch(/^TLS 1\.2, /)
      }
    ))
})
