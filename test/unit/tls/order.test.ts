import { describe, expect, it } from 'vitest'
import type { HandshakeMessage } from '../../../src/main/tls/messages.ts'
import { encodeHandshake } from '../../../src/main/tls/messages.ts'
import { allSuites } from '../../../src/shared/tls/suites.ts'
import { testPki } from '../../fixtures/pki.ts'
import { scriptedClient, scriptedServer } from '../../fixtures/tls-script.ts'
import type { ClientScript, ServerScript } from '../../fixtures/tls-script.ts'

// Every message of RFC 2246 7.4 in every state: where it is allowed the handshake continues, elsewhere it fails with
// unexpected_message.

const opaque = (bytes: number): Buffer => Buffer.alloc(bytes, 7)
const messages: readonly HandshakeMessage[] = [
  { name: 'HelloRequest' },
  {
    name: 'ClientHello',
    version: 0x0301,
    random: opaque(32),
    sessionId: opaque(0),
    suiteIds: [0x2f],
    compressionMethods: [0],
    extensions: null
  },
  {
    name: 'ServerHello',
    version: 0x0301,
    random: opaque(32),
    sessionId: opaque(0),
    suiteId: 0x2f,
    compressionMethod: 0,
    extensions: null
  },
  { name: 'Certificate', chainDer: [testPki().server.der] },
  { name: 'ServerKeyExchange' },
  { name: 'CertificateRequest', certificateTypes: [1], authorities: [] },
  { name: 'ServerHelloDone' },
  { name: 'CertificateVerify', signature: opaque(256) },
  { name: 'ClientKeyExchange', encryptedPremaster: opaque(256) },
  { name: 'Finished', verifyData: opaque(12) }
]
const tries = [
  ...messages.map((message) => ({
    name: message.name as string,
    type: 'handshake' as const,
    content: encodeHandshake(message)
  })),
  { name: 'NewSessionTicket', type: 'handshake', content: Buffer.from([4, 0, 0, 1, 9]) },
  { name: 'ChangeCipherSpec', type: 'change_cipher_spec', content: Buffer.of(1) },
  { name: 'data', type: 'application_data', content: opaque(5) },
  { name: 'data of no bytes', type: 'application_data', content: opaque(0) }
] as const

/** Returns the result of each try other than unexpected_message, as `name alert`. */
function taken<S extends ClientScript | ServerScript>(
  begin: () => S,
  peerOf: (script: S) => ClientScript['server'] | ServerScript['client']
): string[] {
  return tries.flatMap(({ name, type, content }) => {
    const script = begin()
    script.deliver()
    peerOf(script).recordOf(type, content)
    script.deliver()
    const { failure, suite } = script.recorder
    expect(suite === null || begin.name === 'open', `${name} opened the connection`).toBe(true)
    if (failure?.alert === 'unexpected_message') return []
    return [failure ? `${name} ${failure.alert}` : name]
  })
}

describe('the client', () => {
  const at = (steps: (server: ClientScript['server'], deliver: () => void) => void): string[] =>
    taken(
      () => {
        const script = scriptedServer()
        steps(script.server, () => script.deliver())
        return script
      },
      ({ server }) => server
    )

  it.each<[string, string[], Parameters<typeof at>[0]]>([
    ['ServerHello', ['HelloRequest', 'ServerHello'], () => {}],
    ['Certificate', ['HelloRequest', 'Certificate'], (server) => server.hello()],
    [
      'CertificateRequest or ServerHelloDone',
      ['HelloRequest', 'CertificateRequest', 'ServerHelloDone'],
      (server) => [server.hello(), server.certificate()]
    ],
    [
      'ServerHelloDone',
      ['HelloRequest', 'ServerHelloDone'],
      (server) => [server.hello(), server.certificate(), server.request()]
    ],
    ['ChangeCipherSpec', ['HelloRequest', 'ChangeCipherSpec'], (server) => server.firstFlight()],
    [
      'Finished',
      ['HelloRequest', 'Finished decrypt_error'],
      (server, deliver) => [server.firstFlight(), deliver(), server.changeCipherSpec()]
    ]
  ])('waiting for %s', (_, allowed, steps) => {
    expect(at(steps)).toEqual(allowed)
  })

  it('open', () => {
    const open = (): ClientScript => {
      const script = scriptedServer()
      script.server.firstFlight()
      script.deliver()
      script.server.lastFlight()
      return script
    }
    expect(taken(open, ({ server }) => server)).toEqual(['HelloRequest', 'data', 'data of no bytes'])
  })
})

describe('the server', () => {
  const { client: own } = testPki()
  const asking = { clientCertificates: { ask: 'require', authorities: [], check: () => own.privateKey } } as const
  const at = (asks: boolean, steps: (client: ServerScript['client'], deliver: () => void) => void): string[] =>
    taken(
      () => {
        const script = scriptedClient(asks ? asking : {})
        steps(script.client, () => script.deliver())
        return script
      },
      ({ client }) => client
    )
  const certificate = { name: 'Certificate', chainDer: [own.der] } as const

  it.each<[string, boolean, string[], Parameters<typeof at>[1]]>([
    ['ClientHello', false, ['ClientHello'], () => {}],
    ['ClientKeyExchange', false, ['ClientKeyExchange'], (client) => client.hello()],
    [
      'ChangeCipherSpec',
      false,
      ['ChangeCipherSpec'],
      (client, deliver) => [client.hello(), deliver(), client.keyExchange()]
    ],
    [
      'Finished',
      false,
      ['Finished decrypt_error'],
      (client, deliver) => [client.hello(), deliver(), client.keyExchange(), client.changeCipherSpec()]
    ],
    ['Certificate', true, ['Certificate'], (client) => client.hello()],
    [
      'ClientKeyExchange after Certificate',
      true,
      ['ClientKeyExchange'],
      (client, deliver) => [client.hello(), deliver(), client.send(certificate)]
    ],
    [
      'CertificateVerify',
      true,
      ['CertificateVerify decrypt_error'],
      (client, deliver) => [client.hello(), deliver(), client.send(certificate), client.keyExchange()]
    ]
  ])('waiting for %s', (_, asks, allowed, steps) => {
    expect(at(asks, steps)).toEqual(allowed)
  })

  it('open', () => {
    const open = (): ServerScript => {
      const script = scriptedClient()
      script.client.hello()
      script.deliver()
      script.client.secondFlight()
      return script
    }
    expect(taken(open, ({ client }) => client)).toEqual(['ClientHello', 'data', 'data of no bytes'])
  })
})

describe('what a stranger says too much', () => {
  it('an extension twice is illegal_parameter, on both sides (RFC 3546 2.3)', () => {
    const extensions = [0, 1].map((content) => ({ type: 0xff01, data: Buffer.of(content) }))
    const { client, recorder, deliver } = scriptedClient()
    client.hello({ extensions })
    deliver()
    expect(recorder.failure).toMatchObject({
      alert: 'illegal_parameter',
      sentence: 'A hello holds the extension 65281 twice.'
    })
    const other = scriptedServer()
    other.server.hello({ extensions })
    other.deliver()
    expect(other.recorder.failure).toMatchObject({ alert: 'illegal_parameter', rule: 'RFC 3546 2.3' })
  })

  it('32,000 suites are not all listed in a sentence', () => {
    const { client, recorder, deliver } = scriptedClient({ suites: allSuites })
    client.hello({ suiteIds: Array.from({ length: 32_000 }, () => 0xc02f) })
    deliver()
    expect(recorder.failure).toMatchObject({
      alert: 'handshake_failure',
      got: expect.stringMatching(/^0xc02f, .*, and 31994 more$/)
    })
    expect(recorder.failure!.got!.length).toBeLessThan(100)
  })
})
