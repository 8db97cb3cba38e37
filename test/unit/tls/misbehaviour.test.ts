import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../../src/main/clock/virtual-clock.ts'
import { secureTransport } from '../../../src/main/simulator/secure-transport.ts'
import { drip } from '../../../src/main/tls/drip.ts'
import type { TlsIdentity } from '../../../src/main/tls/endpoint.ts'
import { createMisbehavingServer } from '../../../src/main/tls/misbehaviour.ts'
import type { StoredData } from '../../../src/shared/contracts/security.ts'
import type { TlsEndpoint } from '../../../src/shared/contracts/tls.ts'
import type { MisfitIdentity, TlsMisbehaviour } from '../../../src/shared/tls/misbehaviour.ts'
import { tlsMisbehaviours } from '../../../src/shared/tls/misbehaviours.ts'
import { allSuites } from '../../../src/shared/tls/suites.ts'
import type { CipherSuite } from '../../../src/shared/tls/suites.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'
import { Recorder, systemRandom } from '../../fixtures/tls-endpoints.ts'
import { misbehaviourPage } from '../../fixtures/tls-misbehaviour-page.ts'
import { serverOptions } from '../../fixtures/tls-script.ts'

// Every misbehaviour in the table, against the module's client in authentication mode 1.

const { ca, otherCa, server, client } = testPki()
const now = Date.UTC(2013, 8, 13)

function identityOf(identity: MisfitIdentity): TlsIdentity {
  const { privateKey } = server
  const issued = (options: Omit<Parameters<typeof makeCertificate>[0], 'name' | 'key'>): TlsIdentity => ({
    chainDer: [makeCertificate({ name: 'localhost', key: 'server', keyBits: 2048, ...options }).der],
    privateKey
  })
  switch (identity) {
    case 'expired':
      return issued({ issuer: ca, notAfter: '2012-01-01T00:00:00Z' })
    case 'not-yet-valid':
      return issued({ issuer: ca, notBefore: '2014-01-01T00:00:00Z' })
    case 'other-authority':
      return issued({ issuer: otherCa })
    case 'self-signed':
      return issued({})
    case 'key-of-another':
      return { chainDer: [client.der], privateKey }
    case 'ec-key':
      return { chainDer: [makeCertificate({ name: 'ec server', keyType: 'ec', issuer: ca }).der], privateKey }
    case 'sha256-chain':
      return issued({ issuer: ca, hash: 'sha256' })
    case 'none':
      return { chainDer: [], privateKey }
  }
}

const stored: StoredData = {
  authMode: 1,
  caCertificate: Buffer.from(ca.pem),
  clientCertificate: null,
  privateKey: null
}

interface Play {
  readonly atClient: Recorder
  readonly atServer: Recorder
  readonly alertsSent: (string | undefined)[]
}

/** A dial, data in each direction, and the end of TCP if the fault wants it. */
function play({ fault }: TlsMisbehaviour, suite: CipherSuite): Play {
  const [atClient, atServer] = [new Recorder(), new Recorder()]
  const clock = new VirtualClock(now)
  const endpoint = secureTransport({ random: systemRandom }).createClient(
    {
      suites: [suite],
      stored,
      storedPolicy: { pemLineEnds: 'any', keyFormats: ['pkcs1'] },
      farEnd: 'lab',
      clockChipMs: () => now,
      serverPolicy: { checkNotBefore: true, checkExpiry: true, acceptSha256Signatures: true, maxCertificateBytes: 2047 }
    },
    atClient
  )
  let hungUp = false
  const identity = fault.kind === 'identity' ? identityOf(fault.identity) : serverOptions().identity
  const farEnd = createMisbehavingServer(
    { ...serverOptions(), suites: [suite], identity },
    fault,
    Object.assign(atServer, { hangUp: () => void (hungUp = true) })
  )
  const slowly =
    fault.kind === 'drip'
      ? drip(fault, clock, { write: (piece) => endpoint.receive(piece), drained: () => undefined })
      : { write: (bytes: Uint8Array) => endpoint.receive(bytes) }
  const settle = (): void => {
    for (let moved = true; moved;) {
      const [there, back] = [atClient.takeOutput(), atServer.takeOutput()]
      if (there.length > 0) farEnd.receive(there)
      if (back.length > 0) slowly.write(back)
      if (fault.kind === 'drip') clock.advance(3_600_000)
      moved = there.length + back.length > 0
      if (hungUp && !moved) endpoint.transportEnded()
    }
  }
  const sendIfOpen = (end: Pick<TlsEndpoint, 'send'>, at: Recorder, text: string): void => {
    if (at.suite && !at.failure) end.send(Buffer.from(text))
  }
  farEnd.start()
  endpoint.start()
  settle()
  sendIfOpen(endpoint, atClient, 'to the server')
  sendIfOpen(farEnd, atServer, 'to the client')
  settle()
  return {
    atClient,
    atServer,
    alertsSent: atClient
      .messages('out')
      .filter(({ name }) => name === 'Alert')
      .map(({ summary }) => summary)
  }
}

describe.each(tlsMisbehaviours.map((misbehaviour) => ({ misbehaviour, name: misbehaviour.name })))(
  '$name',
  ({ misbehaviour }) => {
    const { answer, fault } = misbehaviour
    // Only block ciphers have padding.
    const suites = fault.kind === 'bad-padding' ? allSuites.filter(({ ivBytes }) => ivBytes > 0) : allSuites

    it.each(suites.map((suite) => ({ suite, name: suite.shortName })))('against a client of $name', ({ suite }) => {
      const { atClient, atServer, alertsSent } = play(misbehaviour, suite)
      if (answer.kind === 'fails') {
        const { kind: _, ...facts } = answer
        expect(atClient.failure).toMatchObject(facts)
        const sends = answer.blame !== 'alert-received' && answer.alert !== null
        if (sends) expect(alertsSent).toEqual([expect.stringMatching(`^fatal ${answer.alert} `)])
        else expect(alertsSent.filter((summary) => summary?.startsWith('fatal'))).toEqual([])
        return
      }
      expect(atClient.failure).toBeNull()
      if (answer.kind === 'waits') {
        expect(atClient.text).toBe('')
        return
      }
      expect(alertsSent).toEqual(answer.warning === null ? [] : [expect.stringMatching(`^warning ${answer.warning} `)])
      expect([atServer.text, atClient.text]).toEqual(['to the server', 'to the client'])
    })
  }
)

it('the page of misbehaviours is the table', async () => {
  // To update the page: npx vitest run test/unit/tls/misbehaviour.test.ts -u
  await expect(misbehaviourPage()).toMatchFileSnapshot('../../../docs/tls-misbehaviour.md')
})

describe('a drip', () => {
  it('writes its pieces on the clock, asks to pause when full, and ends when it is empty', () => {
    const clock = new VirtualClock(now)
    const pieces: number[] = []
    let drained = 0
    let isDone = false
    const slow = drip({ pieceBytes: 10_000, intervalMs: 1000 }, clock, {
      write: (piece) => void pieces.push(piece.length),
      drained: () => void drained++
    })
    expect(slow.write(Buffer.alloc(60_000))).toBe(true)
    expect(slow.write(Buffer.alloc(10_000))).toBe(false)
    slow.end(() => (isDone = true))
    clock.advance(999)
    expect(pieces).toEqual([])
    clock.advance(1)
    expect([pieces, drained, isDone]).toEqual([[10_000], 1, false])
    clock.advance(6000)
    expect([pieces.length, drained, isDone]).toEqual([7, 1, true])
  })

  it('that is stopped drops what waits', () => {
    const clock = new VirtualClock(now)
    const pieces: Uint8Array[] = []
    const slow = drip({ pieceBytes: 1, intervalMs: 10 }, clock, {
      write: (piece) => void pieces.push(piece),
      drained: () => undefined
    })
    slow.write(Buffer.from('abc'))
    clock.advance(10)
    slow.stop()
    clock.advance(1000)
    expect(pieces).toHaveLength(1)
  })
})
