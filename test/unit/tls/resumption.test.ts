import { describe, expect, it } from 'vitest'
import { createTlsClient } from '../../../src/main/tls/client.ts'
import { createTlsServer } from '../../../src/main/tls/server.ts'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import { readCertificate, rsaKey } from '../../../src/main/x509/certificate.ts'
import type { KeptSession } from '../../../src/shared/contracts/tls.ts'
import { AES128_SHA, AES256_SHA, RC4_MD5, allSuites } from '../../../src/shared/tls/suites.ts'
import { testPki } from '../../fixtures/pki.ts'
import { Recorder } from '../../fixtures/tls-endpoints.ts'
import { connected } from '../../fixtures/tls-pair.ts'
import type { Pair } from '../../fixtures/tls-pair.ts'
import { ScriptedServer, clientOptions, scriptedServer, serverOptions } from '../../fixtures/tls-script.ts'

// Resumed sessions (RFC 2246 7.3, figure 2), and what happens when a session cannot be resumed (D-24).

const names = (recorder: Recorder, direction: 'in' | 'out'): string[] =>
  recorder.messages(direction).map(({ name }) => name)
const resumed = (recorder: Recorder): unknown => recorder.traces.find((event) => event.kind === 'suite')?.resumed

function exchanges({ client, server, atClient, atServer, deliver }: Pair): void {
  client.send(Buffer.from('there'))
  server.send(Buffer.from('and back'))
  deliver()
  expect([atServer.text, atClient.text]).toEqual(['there', 'and back'])
}

describe.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))('$name', ({ suite }) => {
  it('is resumed without certificate and key exchange, the server finishing first', () => {
    const sessions = memorySessionStore()
    const first = connected({ suites: [suite] }, { suites: [suite], sessions })
    expect([resumed(first.atClient), resumed(first.atServer)]).toEqual([false, false])
    const { session } = first.atClient
    expect(session?.sessionId).toHaveLength(32)
    first.client.close()
    first.deliver()

    const second = connected({ suites: [suite], resume: session }, { suites: [suite], sessions })
    expect([resumed(second.atClient), resumed(second.atServer)]).toEqual([true, true])
    expect(names(second.atClient, 'out')).toEqual(['ClientHello', 'ChangeCipherSpec', 'Finished'])
    expect(names(second.atClient, 'in')).toEqual(['ServerHello', 'ChangeCipherSpec', 'Finished'])
    expect(second.atClient.session).toEqual(session)
    // The key log gets another line: a new random with the old master secret.
    expect(second.atClient.secrets).toEqual(second.atServer.secrets)
    expect(second.atClient.secrets[0]).not.toEqual(first.atClient.secrets[0])
    expect(second.atClient.secrets[0]?.split(' ')[2]).toEqual(first.atClient.secrets[0]?.split(' ')[2])
    exchanges(second)
  })
})

describe('a session', () => {
  it('can be shared by several connections, again and again', () => {
    const sessions = memorySessionStore()
    const { session } = connected({}, { sessions }).atClient
    const pairs = [1, 2, 3].map(() => connected({ resume: session }, { sessions }))
    expect(pairs.map(({ atServer }) => resumed(atServer))).toEqual([true, true, true])
    pairs.forEach(exchanges)
  })

  it('S-2: is kept in memory of its own, not in blocks that hundreds of short buffers share', () => {
    const sessions = memorySessionStore()
    const { session } = connected({}, { sessions }).atClient
    const kept = sessions.find(session!.sessionId)!
    expect([kept.sessionId, kept.masterSecret].map(({ buffer }) => buffer.byteLength)).toEqual([32, 48])
  })

  it('needs no certificate of the client the second time', () => {
    const sessions = memorySessionStore()
    const identity = { chainDer: [testPki().client.der], privateKey: testPki().client.privateKey }
    const server = {
      sessions,
      clientCertificates: {
        ask: 'require',
        check: ([leaf]: readonly Uint8Array[]) => rsaKey(readCertificate(leaf!).publicKey),
        authorities: []
      }
    } as const
    const { session } = connected({ identity }, server).atClient
    expect(resumed(connected({ resume: session }, server).atServer)).toBe(true)
  })

  it('is not offered where its suite is not proposed', () => {
    const sessions = memorySessionStore()
    const { session } = connected({ suites: [AES128_SHA] }, { sessions }).atClient
    const { server } = scriptedServer({ suites: [RC4_MD5], resume: session })
    expect(server.clientHello.sessionId).toHaveLength(0)
  })
})

describe('a full handshake follows', () => {
  it.each<[string, (session: KeptSession) => Partial<Parameters<typeof connected>[1]>]>([
    ['when the server keeps no sessions', () => ({ sessions: null })],
    ['when it does not know the session', () => ({ sessions: memorySessionStore() })],
    [
      'when it no longer takes the suite',
      (session) => {
        const sessions = memorySessionStore()
        sessions.put(session)
        return { sessions, suites: [AES256_SHA] }
      }
    ]
  ])('%s', (_, server) => {
    const { session } = connected({}, { sessions: memorySessionStore() }).atClient
    const pair = connected({ resume: session, suites: [AES128_SHA, AES256_SHA] }, server(session!))
    expect([resumed(pair.atClient), resumed(pair.atServer)]).toEqual([false, false])
    expect(names(pair.atClient, 'in')).toContain('Certificate')
    exchanges(pair)
  })

  it('when the session was pushed out by newer ones', () => {
    const sessions = memorySessionStore(2)
    const kept = [1, 2, 3].map(() => connected({}, { sessions }).atClient.session)
    expect(
      kept.map((session) => resumed(connected({ resume: session }, { sessions: snapshot(sessions, kept) }).atServer))
    ).toEqual([false, true, true])
  })

  it.each(['the server', 'the client'])(
    'when a connection of it ended with a fatal alert of %s (RFC 2246 7.2.2)',
    (whose) => {
      const sessions = memorySessionStore()
      const first = connected({}, { sessions })
      const [sender, receiver] = whose === 'the client' ? [first.server, first.client] : [first.client, first.server]
      const atSender = whose === 'the client' ? first.atServer : first.atClient
      // A changed record makes the other side send bad_record_mac.
      sender.send(Buffer.from('data'))
      const bytes = atSender.takeOutput()
      bytes[bytes.length - 1]! ^= 1
      receiver.receive(bytes)
      first.deliver()
      expect([first.atClient.failure?.alert, first.atServer.failure?.alert]).toEqual([
        'bad_record_mac',
        'bad_record_mac'
      ])
      expect(resumed(connected({ resume: first.atClient.session }, { sessions }).atServer)).toBe(false)
    }
  )

  it.each(['closed', 'reset'] as const)(
    'T-1: when TCP %s and neither side had said close_notify (D-24, RFC 2246 7.2.1)',
    (how) => {
      const sessions = memorySessionStore()
      const first = connected({}, { sessions })
      first.server.transportEnded(how)
      expect(resumed(connected({ resume: first.atClient.session }, { sessions }).atServer)).toBe(false)
    }
  )

  it.each(['client', 'server'] as const)(
    'T-1: but not when the %s had said close_notify before TCP ended (D-24)',
    (whose) => {
      const sessions = memorySessionStore()
      const first = connected({}, { sessions })
      first[whose].close()
      if (whose === 'client') first.deliver()
      first.server.transportEnded()
      expect(resumed(connected({ resume: first.atClient.session }, { sessions }).atServer)).toBe(true)
    }
  )

  it('T-1: nor when a handshake that offered it was cut off: the session itself was not in use', () => {
    const sessions = memorySessionStore()
    const first = connected({}, { sessions })
    first.client.close()
    first.deliver()
    const atServer = new Recorder()
    const server = createTlsServer({ ...serverOptions(), sessions }, atServer)
    const atClient = new Recorder()
    server.start()
    createTlsClient({ ...clientOptions, resume: first.atClient.session }, atClient).start()
    server.receive(atClient.takeOutput())
    server.transportEnded()
    expect(atServer.failure?.blame).toBe('transport')
    expect(resumed(connected({ resume: first.atClient.session }, { sessions }).atServer)).toBe(true)
  })
})

describe('the client that offers a session refuses', () => {
  const session: KeptSession = { sessionId: Buffer.alloc(32, 5), suite: AES128_SHA, masterSecret: Buffer.alloc(48, 6) }
  const offering = (): ReturnType<typeof scriptedServer> => {
    const script = scriptedServer({ suites: [RC4_MD5, AES128_SHA], resume: session })
    expect(script.server.clientHello.sessionId).toEqual(session.sessionId)
    script.server.masterSecret = Buffer.from(session.masterSecret)
    return script
  }
  const accept = { sessionId: Buffer.from(session.sessionId), suiteId: AES128_SHA.wireId }

  it('another suite than the session had', () => {
    const script = offering()
    script.server.hello({ ...accept, suiteId: RC4_MD5.wireId })
    script.deliver()
    expect(script.recorder.failure).toMatchObject({
      blame: 'peer-misbehaved',
      alert: 'illegal_parameter',
      got: 'RC4-MD5',
      rule: 'RFC 2246 7.4.1.3',
      sentence: 'The server takes the session up again with RC4-MD5.'
    })
  })

  it('a certificate in a resumed handshake', () => {
    const script = offering()
    script.server.hello(accept)
    script.server.certificate()
    script.deliver()
    expect(script.recorder.failure).toMatchObject({
      alert: 'unexpected_message',
      expected: 'ChangeCipherSpec',
      got: 'Certificate'
    })
  })

  it('a Finished made with another master secret', () => {
    const script = offering()
    script.server.hello(accept)
    script.server.changeCipherSpec()
    script.server.finished(Buffer.alloc(12))
    script.deliver()
    expect(script.recorder.failure).toMatchObject({ alert: 'decrypt_error' })
    // Its own Finished was not sent yet, so the alert is not encrypted.
    expect(script.server.alerts).toEqual(['fatal decrypt_error'])
  })

  it('but takes a scripted server that keeps to it', () => {
    const script = offering()
    script.server.hello(accept)
    script.server.changeCipherSpec()
    script.server.finished()
    script.deliver()
    expect(script.recorder.suite).toBe(AES128_SHA)
    expect(script.server.received.map(({ name }) => name)).toEqual(['ClientHello', 'Finished'])
  })

  it('or one that gives a new id, which is a full handshake', () => {
    const script = offering()
    script.server.hello({ suiteId: AES128_SHA.wireId })
    script.server.certificate()
    script.server.done()
    script.deliver()
    script.server.lastFlight()
    script.deliver()
    expect(script.recorder.session?.sessionId).toEqual(Buffer.alloc(32, 7))
  })
})

describe('the stream of secrets', () => {
  it('has every one by name, in the order of the key schedule', () => {
    const recorder = new Recorder()
    const client = createTlsClient({ ...clientOptions, secrets: recorder.secretTaker }, recorder)
    const server = new ScriptedServer()
    client.start()
    server.read(recorder.takeOutput())
    server.firstFlight()
    client.receive(server.takeOutput())
    server.read(recorder.takeOutput())
    expect(recorder.namedSecrets.map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ['client random', 32],
      ['server random', 32],
      ['premaster secret', 48],
      ['master secret', 48],
      ['key block', 104],
      ['client write MAC secret', 20],
      ['server write MAC secret', 20],
      ['client write key', 16],
      ['server write key', 16],
      ['client write IV', 16],
      ['server write IV', 16]
    ])
    expect(recorder.namedSecrets[3]?.bytes).toEqual(Uint8Array.from(server.masterSecret))
    expect(Buffer.concat(recorder.namedSecrets.slice(5).map(({ bytes }) => bytes))).toEqual(
      Buffer.from(recorder.namedSecrets[4]!.bytes)
    )
  })
})

/** Returns a copy of the store with what `sessions` still has of `kept`. */
function snapshot(
  sessions: ReturnType<typeof memorySessionStore>,
  kept: readonly (KeptSession | null)[]
): typeof sessions {
  const copy = memorySessionStore()
  for (const session of kept) {
    const found = session && sessions.find(session.sessionId)
    if (found) copy.put(found)
  }
  return copy
}
