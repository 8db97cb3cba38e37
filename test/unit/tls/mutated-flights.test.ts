import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTlsClient } from '../../../src/main/tls/client.ts'
import { createTlsServer } from '../../../src/main/tls/server.ts'
import { readCertificate } from '../../../src/main/x509/certificate.ts'
import { checkServerPath, serverKeyUnchecked } from '../../../src/main/x509/path.ts'
import type { TlsEndpoint } from '../../../src/shared/contracts/tls.ts'
import { allSuites } from '../../../src/shared/tls/suites.ts'
import type { CipherSuite } from '../../../src/shared/tls/suites.ts'
import { cut } from '../../fixtures/cuts.ts'
import { testPki } from '../../fixtures/pki.ts'
import { Recorder } from '../../fixtures/tls-endpoints.ts'
import { clientOptions, serverOptions } from '../../fixtures/tls-script.ts'

// No input makes the engine throw: a connection opens, waits for more, or fails with a valid TlsFailure, and sends
// nothing afterwards.

const { ca, client, server } = testPki()
const policy = { checkNotBefore: true, checkExpiry: true, acceptSha256Signatures: true, maxCertificateBytes: 2047 }
const check = (chain: readonly Uint8Array[]): ReturnType<typeof checkServerPath> =>
  checkServerPath(chain, readCertificate(ca.der), policy, Date.UTC(2020, 0, 1))

/** One change to a byte stream. */
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(6000), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('flip' as const), at: fc.nat(6000), value: fc.nat(7) }),
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(6000), value: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(6000), value: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(6000), value: fc.nat(255) })
)
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never

const inputs = [
  fc.constantFrom(...allSuites),
  fc.record({ inFlight: fc.nat(3), mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }) }),
  fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 3 })
] as const

describe('mutated flights', () => {
  it('of the server do not upset the client', () => {
    fc.assert(
      fc.property(...inputs, (suite, { inFlight, mutations }, lengths) => {
        const change: Change = (from, flight, bytes) =>
          from === 'server' && flight === inFlight ? mutate(bytes, mutations) : bytes
        wellBehaved(run(suite, lengths, change).atClient)
      }),
      { numRuns: 400 }
    )
  })

  it('of the client do not upset the server', () => {
    fc.assert(
      fc.property(...inputs, (suite, { inFlight, mutations }, lengths) => {
        const change: Change = (from, flight, bytes) =>
          from === 'client' && flight === inFlight ? mutate(bytes, mutations) : bytes
        wellBehaved(run(suite, lengths, change).atServer)
      }),
      { numRuns: 400 }
    )
  })

  it('of pure noise do not either', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(20, 21, 22, 23), (noise, contentType) => {
        for (const bytes of [
          noise,
          Buffer.concat([Buffer.from([contentType, 3, 1, noise.length >> 8, noise.length & 255]), noise])
        ]) {
          const recorder = new Recorder()
          const endpoint = createTlsClient({ ...clientOptions, checkServerCertificates: serverKeyUnchecked }, recorder)
          endpoint.start()
          endpoint.receive(bytes)
          wellBehaved(recorder)
        }
      }),
      { numRuns: 1000 }
    )
  })
})

type Change = (from: 'client' | 'server', flight: number, bytes: Buffer) => Buffer

interface Verdict {
  readonly atClient: Recorder
  readonly atServer: Recorder
}

/** Runs a whole session with client authentication, in which `change` may change every flight. */
function run(suite: CipherSuite, lengths: readonly number[], change: Change): Verdict {
  const [atClient, atServer] = [new Recorder(), new Recorder()]
  const clientEnd = createTlsClient(
    {
      ...clientOptions,
      suites: [suite],
      checkServerCertificates: check,
      identity: { chainDer: [client.der], privateKey: client.privateKey }
    },
    atClient
  )
  const serverEnd = createTlsServer(
    {
      ...serverOptions(),
      suites: [suite],
      identity: { chainDer: [server.der, ca.der], privateKey: server.privateKey },
      clientCertificates: { ask: 'require', check, authorities: [] }
    },
    atServer
  )
  serverEnd.start()
  clientEnd.start()
  for (let flight = 0; flight < 4; flight++) {
    carry(atClient, serverEnd, lengths, (bytes) => change('client', flight, bytes))
    carry(atServer, clientEnd, lengths, (bytes) => change('server', flight, bytes))
    if (atClient.suite && flight === 1) clientEnd.send(Buffer.from('data'))
    if (atServer.suite && flight === 1) serverEnd.send(Buffer.from('data'))
  }
  return { atClient, atServer }
}

function carry(from: Recorder, to: TlsEndpoint, lengths: readonly number[], change: (bytes: Buffer) => Buffer): void {
  for (const piece of cut(change(from.takeOutput()), lengths)) to.receive(piece)
}

function mutate(bytes: Buffer, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce((changed, { kind, at, value }) => {
    if (changed.length === 0) return changed
    const i = at % changed.length
    const [before, after] = [changed.subarray(0, i), changed.subarray(i)]
    switch (kind) {
      case 'set':
        return Buffer.concat([before, Buffer.from([value]), after.subarray(1)])
      case 'flip':
        return Buffer.concat([before, Buffer.from([after[0]! ^ (1 << value)]), after.subarray(1)])
      case 'drop':
        return Buffer.concat([before, after.subarray(value)])
      case 'repeat':
        return Buffer.concat([before, after.subarray(0, value), after])
      case 'insert':
        return Buffer.concat([before, Buffer.from([value]), after])
    }
  }, bytes)
}

function wellBehaved({ failure, order, traces }: Recorder): void {
  if (failure === null) return
  expect(order.filter((name) => name === 'failed')).toHaveLength(1)
  expect(order.at(-1)).toBe('failed')
  expect(failure.sentence).toMatch(/^[A-Z].*\.$/)
  expect(failure.alert).not.toBe('internal_error')
  const fatal = traces.filter((event) => event.kind === 'message' && event.direction === 'out' && event.fatal)
  expect(fatal).toHaveLength(failure.blame === 'alert-received' || failure.blame === 'transport' ? 0 : 1)
}
