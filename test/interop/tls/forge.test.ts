import { describe, expect, it } from 'vitest'
import { createTlsClient } from '../../../src/main/tls/client.ts'
import { createTlsServer } from '../../../src/main/tls/server.ts'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import { readCertificate } from '../../../src/main/x509/certificate.ts'
import { checkServerPath } from '../../../src/main/x509/path.ts'
import type { ServerCertificatePolicy } from '../../../src/shared/contracts/security.ts'
import type { KeptSession, TlsEndpoint } from '../../../src/shared/contracts/tls.ts'
import { AES128_SHA, AES256_SHA, allSuites } from '../../../src/shared/tls/suites.ts'
import { testPki } from '../../fixtures/pki.ts'
import type { TestCertificate } from '../../fixtures/pki.ts'
import { Recorder } from '../../fixtures/tls-endpoints.ts'
import { forgePeer } from '../../fixtures/tls-forge.ts'
import type { ForgePeer, ForgeSessions } from '../../fixtures/tls-forge.ts'
import { clientOptions, serverOptions } from '../../fixtures/tls-script.ts'

// node-forge as client and as server, in memory.

const { ca, otherCa, server, client, otherClient } = testPki()
const policy: ServerCertificatePolicy = {
  checkNotBefore: true,
  checkExpiry: true,
  acceptSha256Signatures: true,
  maxCertificateBytes: 2047
}
const against = (authority: TestCertificate) => (chain: readonly Uint8Array[]) =>
  checkServerPath(chain, readCertificate(authority.der), policy, Date.UTC(2020, 0, 1))
const suites = [AES128_SHA, AES256_SHA] as const
const forgeName = (suite: (typeof suites)[number]): 'AES128-SHA' | 'AES256-SHA' =>
  suite === AES128_SHA ? 'AES128-SHA' : 'AES256-SHA'
const resumed = (recorder: Recorder): unknown => recorder.traces.find((event) => event.kind === 'suite')?.resumed

function carry(own: TlsEndpoint, recorder: Recorder, forge: ForgePeer): void {
  for (let moved = true; moved;) {
    const [out, back] = [recorder.takeOutput(), forge.takeOutput()]
    if (out.length > 0) forge.receive(out)
    if (back.length > 0) own.receive(back)
    moved = out.length + back.length > 0
  }
}

function exchanges(own: TlsEndpoint, recorder: Recorder, forge: ForgePeer): void {
  expect(recorder.failure).toBeNull()
  expect(forge.state).toMatchObject({ error: null, isOpen: true })
  own.send(Buffer.alloc(20_000, 'x'))
  forge.send('from forge')
  carry(own, recorder, forge)
  expect([forge.state.text.length, recorder.text]).toEqual([20_000, 'from forge'])
}

describe.each(suites.map((suite) => ({ suite, name: suite.shortName })))(
  'the client against forge with $name',
  ({ suite }) => {
    interface Dial {
      readonly authority?: TestCertificate
      readonly identity?: TestCertificate | null
      readonly asksForCertificate?: boolean
      readonly sessions?: ForgeSessions
      readonly resume?: KeptSession | null
    }
    const dial = ({ authority = ca, identity = null, asksForCertificate = false, sessions, resume = null }: Dial) => {
      const recorder = new Recorder()
      const own = createTlsClient(
        {
          ...clientOptions,
          suites: [suite],
          checkServerCertificates: against(authority),
          resume,
          identity: identity && { chainDer: [identity.der], privateKey: identity.privateKey }
        },
        recorder
      )
      const forge = forgePeer({
        isServer: true,
        suite: forgeName(suite),
        authority: ca,
        identity: server,
        asksForCertificate,
        ...(sessions ? { sessions } : {})
      })
      forge.start()
      own.start()
      carry(own, recorder, forge)
      return { own, recorder, forge }
    }

    it('server authentication', () => {
      const { own, recorder, forge } = dial({})
      exchanges(own, recorder, forge)
      own.close()
      carry(own, recorder, forge)
      expect(forge.state).toMatchObject({ isClosed: true, error: null })
    })

    it('refused with an authority that is not stored', () => {
      const { recorder, forge } = dial({ authority: otherCa })
      expect(recorder.failure).toMatchObject({ alert: 'unknown_ca' })
      expect(forge.state.error).not.toBeNull()
    })

    it('client authentication', () => {
      const { own, recorder, forge } = dial({ asksForCertificate: true, identity: client })
      exchanges(own, recorder, forge)
    })

    it('client authentication refused with a certificate of another authority', () => {
      const { recorder } = dial({ asksForCertificate: true, identity: otherClient })
      expect(recorder.failure?.blame).toBe('alert-received')
    })

    it('resumption', () => {
      const sessions: ForgeSessions = new Map()
      const first = dial({ sessions })
      exchanges(first.own, first.recorder, first.forge)
      // forge keeps a session when it closes the connection.
      first.forge.close()
      const second = dial({ sessions, resume: first.recorder.session })
      expect([resumed(first.recorder), resumed(second.recorder)]).toEqual([false, true])
      exchanges(second.own, second.recorder, second.forge)
    })
  }
)

describe.each(suites.map((suite) => ({ suite, name: suite.shortName })))(
  'the server against forge with $name',
  ({ suite }) => {
    interface Call {
      readonly authority?: TestCertificate
      readonly identity?: TestCertificate | null
      readonly requires?: boolean
      readonly store?: ReturnType<typeof memorySessionStore>
      readonly sessions?: ForgeSessions
      readonly sessionId?: string
    }
    const call = ({ authority = ca, identity = null, requires = false, store, sessions, sessionId }: Call) => {
      const recorder = new Recorder()
      const own = createTlsServer(
        {
          ...serverOptions(),
          suites: [suite],
          sessions: store ?? null,
          clientCertificates: requires ? { ask: 'require', check: against(ca), authorities: [] } : { ask: 'never' }
        },
        recorder
      )
      const forge = forgePeer({
        isServer: false,
        suite: forgeName(suite),
        authority,
        identity,
        ...(sessions ? { sessions } : {})
      })
      own.start()
      forge.start(sessionId)
      carry(own, recorder, forge)
      return { own, recorder, forge }
    }

    it('server authentication', () => {
      const { own, recorder, forge } = call({})
      exchanges(own, recorder, forge)
      forge.close()
      carry(own, recorder, forge)
      expect(recorder.closed).toBe(true)
    })

    it('refused with an authority that it does not trust', () => {
      const { recorder, forge } = call({ authority: otherCa })
      expect(forge.state.error).not.toBeNull()
      expect(recorder.failure?.blame).toBe('alert-received')
    })

    it('client authentication', () => {
      const { own, recorder, forge } = call({ requires: true, identity: client })
      exchanges(own, recorder, forge)
    })

    it('client authentication refused without a certificate, and with one of another authority', () => {
      expect(call({ requires: true }).recorder.failure).toMatchObject({ alert: 'handshake_failure' })
      expect(call({ requires: true, identity: otherClient }).recorder.failure).toMatchObject({ alert: 'unknown_ca' })
    })

    it('resumption', () => {
      const [store, sessions]: [ReturnType<typeof memorySessionStore>, ForgeSessions] = [
        memorySessionStore(),
        new Map()
      ]
      const first = call({ store, sessions })
      exchanges(first.own, first.recorder, first.forge)
      const sessionId = first.forge.state.sessionId!
      first.forge.close()
      const second = call({ store, sessions, sessionId })
      expect([resumed(first.recorder), resumed(second.recorder)]).toEqual([false, true])
      exchanges(second.own, second.recorder, second.forge)
    })
  }
)

describe('what forge does not have', () => {
  const lacking = allSuites.filter((suite) => !suites.some((own) => own === suite))
  it.each(lacking.map((suite) => ({ suite, name: suite.shortName })))(
    '$name is refused: it knows neither RC4 nor NULL',
    ({ suite }) => {
      const recorder = new Recorder()
      const own = createTlsClient({ ...clientOptions, suites: [suite] }, recorder)
      const forge = forgePeer({ isServer: true, suite: 'AES128-SHA', authority: ca, identity: server })
      own.start()
      carry(own, recorder, forge)
      expect(recorder.failure).toMatchObject({ blame: 'alert-received', alert: 'handshake_failure' })
    }
  )
})
