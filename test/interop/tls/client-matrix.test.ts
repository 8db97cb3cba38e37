import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secureTransport } from '../../../src/main/simulator/secure-transport.ts'
import type { StoredData } from '../../../src/shared/contracts/security.ts'
import type { KeptSession } from '../../../src/shared/contracts/tls.ts'
import { allSuites } from '../../../src/shared/tls/suites.ts'
import type { CipherSuite } from '../../../src/shared/tls/suites.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { testPki } from '../../fixtures/pki.ts'
import { clientOverTcp, systemRandom } from '../../fixtures/tls-endpoints.ts'
import type { Recorder } from '../../fixtures/tls-endpoints.ts'
import { peerServers } from '../../fixtures/tls-peer-servers.ts'
import type { PeerServer, PeerServerKind } from '../../fixtures/tls-peer-servers.ts'

// The module's client against every server: five suites, each without authentication, with server authentication, with
// client authentication, and with a resumed session. Where a server's build lacks a suite, the test checks that it
// refuses it.

const pki = testPki()
const nothing: StoredData = { authMode: 0, clientCertificate: null, caCertificate: null, privateKey: null }
const text = (pem: string): Uint8Array => Buffer.from(pem)
const serverOnly = (ca: string): StoredData => ({ ...nothing, authMode: 1, caCertificate: text(ca) })
const both: StoredData = {
  authMode: 2,
  caCertificate: text(pki.ca.pem),
  clientCertificate: text(pki.client.pem),
  privateKey: text(pki.client.keyPkcs1Pem)
}
const stranger: StoredData = {
  ...both,
  clientCertificate: text(pki.otherClient.pem),
  privateKey: text(pki.otherClient.keyPkcs1Pem)
}

function dial(
  port: number,
  suites: readonly CipherSuite[],
  stored: StoredData,
  resume: KeptSession | null = null
): ReturnType<typeof clientOverTcp> {
  return clientOverTcp(port, (recorder) =>
    secureTransport({ random: systemRandom, secrets: { begin: () => recorder.secretTaker } }).createClient(
      {
        suites,
        stored,
        resume,
        farEnd: `127.0.0.1:${port}`,
        storedPolicy: { pemLineEnds: 'any', keyFormats: ['pkcs1', 'pkcs8'] },
        serverPolicy: {
          checkNotBefore: true,
          checkExpiry: true,
          acceptSha256Signatures: true,
          maxCertificateBytes: 2047
        },
        clockChipMs: () => Date.UTC(2026, 0, 1)
      },
      recorder
    )
  )
}

async function exchanges(
  kind: PeerServerKind,
  port: number,
  suite: CipherSuite,
  stored: StoredData,
  resume: KeptSession | null = null
): Promise<Recorder> {
  const { recorder, endpoint, socket } = dial(port, [suite], stored, resume)
  await recorder.settled()
  expect(recorder.failure).toBeNull()
  expect(recorder.suite).toBe(suite)
  endpoint.send(text(kind.request))
  expect(recorder.secrets).toHaveLength(1)
  await recorder.until(() => kind.answer.test(recorder.text) || recorder.failure !== null || recorder.closed)
  expect(recorder.text).toMatch(kind.answer)
  endpoint.close()
  socket.end()
  return recorder
}

/** Each server refuses a client certificate in its own way: only the refusal is checked. */
async function refused(port: number, suite: CipherSuite, stored: StoredData): Promise<void> {
  const { recorder, socket } = dial(port, [suite], stored)
  await recorder.ended()
  expect(['alert-received', 'transport']).toContain(recorder.failure?.blame)
  socket.destroy()
}

const resumed = (recorder: Recorder): unknown => recorder.traces.find((event) => event.kind === 'suite')?.resumed

describe.each(peerServers.map((kind) => ({ kind, name: kind.name })))('$name', ({ kind }) => {
  describe.skipIf(!havePeers(...kind.needs))('is there', () => {
    let open: PeerServer
    let closed: PeerServer
    beforeAll(async () => {
      ;[open, closed] = await Promise.all([kind.start('any'), kind.start('with certificate')])
    })
    afterAll(() => Promise.all([open?.stop(), closed?.stop()]))

    describe.each(kind.suites.map((suite) => ({ suite, name: suite.shortName })))('$name', ({ suite }) => {
      it('no authentication', () => exchanges(kind, open.port, suite, nothing))

      it('server authentication with the right authority', () =>
        exchanges(kind, open.port, suite, serverOnly(pki.ca.pem)))

      it('server authentication refused with an authority that is not stored', async () => {
        const { recorder } = dial(open.port, [suite], serverOnly(pki.otherCa.pem))
        await recorder.ended()
        expect(recorder.failure).toMatchObject({
          blame: 'certificate',
          alert: 'unknown_ca',
          rule: 'G-3.3-9',
          inTransfer: false
        })
      })

      it('client authentication', () => exchanges(kind, closed.port, suite, both))

      it('client authentication refused without a certificate', () =>
        refused(closed.port, suite, serverOnly(pki.ca.pem)))

      it('client authentication refused with a certificate of another authority', () =>
        refused(closed.port, suite, stranger))

      it('resumption', async () => {
        const first = await exchanges(kind, open.port, suite, nothing)
        expect(first.session?.sessionId.length).toBeGreaterThan(0)
        const second = await exchanges(kind, open.port, suite, nothing, first.session)
        expect([resumed(first), resumed(second)]).toEqual([false, true])
        expect(
          second
            .messages('in')
            .map(({ name }) => name)
            .slice(0, 3)
        ).toEqual(['ServerHello', 'ChangeCipherSpec', 'Finished'])
      })

      it('resumption of a session that the server does not have: a full handshake', async () => {
        const unknown = { sessionId: Buffer.alloc(32, 0x55), suite, masterSecret: Buffer.alloc(48) }
        expect(resumed(await exchanges(kind, open.port, suite, nothing, unknown))).toBe(false)
      })
    })

    const lacking = allSuites.filter((suite) => !kind.suites.includes(suite))
    it.each(lacking.map((suite) => ({ suite, name: suite.shortName })))(
      `$name is refused: ${kind.lacks}`,
      async ({ suite }) => {
        const { recorder } = dial(open.port, [suite], nothing)
        await recorder.ended()
        expect(recorder.failure).toMatchObject({ blame: 'alert-received', alert: 'handshake_failure' })
        expect(recorder.failure?.sentence).toContain(`none of the suites proposed (${suite.shortName})`)
      }
    )
  })
})
