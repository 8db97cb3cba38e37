import { describe, it, vi } from 'vitest'
import { HandshakeJoiner } from '../../src/main/tls/handshake-joiner.ts'
import { connectionKeys } from '../../src/main/tls/key-schedule.ts'
import { defaultLimits } from '../../src/main/tls/limits.ts'
import { decodeHandshake, encodeHandshake } from '../../src/main/tls/messages.ts'
import { recordOpener, recordSealer } from '../../src/main/tls/record-cipher.ts'
import { RecordLayer } from '../../src/main/tls/record-layer.ts'
import type { TlsEndpoint } from '../../src/shared/contracts/tls.ts'
import { TlsFailure } from '../../src/shared/tls/failure.ts'
import { describeMessage } from '../../src/shared/tls/fields.ts'
import { handshakeTypeCodes } from '../../src/shared/tls/names.ts'
import { allSuites } from '../../src/shared/tls/suites.ts'
import type { CipherSuite } from '../../src/shared/tls/suites.ts'
import { Recorder } from '../fixtures/tls-endpoints.ts'
import { goldenClient, goldenServer, goldenSession } from '../fixtures/tls-golden.ts'
import { corpusOf, fuzz } from './fuzzer.ts'
import type { FuzzRandom } from './fuzzer.ts'

// Randomly changed records, handshake messages and whole handshakes: a valid TlsFailure or nothing, never another
// exception or an endless wait. Together with the certificates (`x509.test.ts`) more than 260,000 cases.

// For a busy machine. The fuzzer itself finds what hangs.

vi.setConfig({ testTimeout: 120_000 })

const SEED = 20260823

describe('records', () => {
  it.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))(
    'protected with $name: 10,000 cases',
    ({ suite }) => {
      const keys = connectionKeys(suite, Buffer.alloc(48, 1), {
        clientRandom: Buffer.alloc(32, 2),
        serverRandom: Buffer.alloc(32, 3)
      })
      const streamOf = (...contents: readonly string[]): Buffer => {
        const layer = new RecordLayer(defaultLimits, () => undefined)
        layer.protectWriting(recordSealer(suite, keys.client))
        for (const content of contents) layer.writeRecord('application_data', Buffer.from(content))
        return layer.takeOutput()!
      }
      fuzz({
        name: suite.shortName,
        seed: SEED,
        cases: 10_000,
        corpus: [
          streamOf('one', 'two', 'three'),
          streamOf('', 'x'.repeat(300)),
          streamOf('x'.repeat(15), 'y'.repeat(16))
        ],
        judge: (bytes, random) => {
          const layer = new RecordLayer(defaultLimits, () => undefined)
          layer.protectReading(recordOpener(suite, keys.client))
          onlyFailures(() =>
            inPieces(bytes, random, (piece) => {
              layer.feed(piece)
              while (layer.next());
            })
          )
        }
      })
    }
  )

  it('in the clear: 30,000 cases', () => {
    const records = (hex: string): Buffer => Buffer.from(hex, 'hex')
    fuzz({
      name: 'plain records',
      seed: SEED,
      cases: 30_000,
      corpus: [
        records('1603010004000000001503010002015a140301000101'),
        records('170301000568656c6c6f1703010000'),
        records('80310103010018'),
        records('16030000040e000000'),
        Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
        ...goldenSession(allSuites[0]!).flights.map(({ bytes }) => bytes)
      ],
      judge: (bytes, random) => {
        const layer = new RecordLayer(defaultLimits, () => undefined)
        onlyFailures(() =>
          inPieces(bytes, random, (piece) => {
            layer.feed(piece)
            while (layer.next());
          })
        )
      }
    })
  })
})

describe('handshake messages', () => {
  const corpus = corpusOf('messages')

  it('are joined, decoded and written again: 50,000 cases', () => {
    fuzz({
      name: 'messages',
      seed: SEED,
      cases: 50_000,
      corpus,
      judge: (bytes, random) =>
        onlyFailures(() => {
          const joiner = new HandshakeJoiner(2 ** 14)
          inPieces(bytes, random, (piece) => {
            joiner.feed(piece)
            for (let raw = joiner.next(); raw; raw = joiner.next()) {
              const message = decodeHandshake(raw)
              if (!message || message.name === 'ServerKeyExchange') continue
              // Nothing is lost or added: the transcript hash covers exactly what was received.
              const again = encodeHandshake(message)
              if (!again.equals(raw.bytes)) throw new Error(`written again as ${again.toString('hex')}`)
            }
          })
        })
    })
  })

  it('are described for people: 20,000 cases', () => {
    const names = ['Alert', 'ChangeCipherSpec', ...Object.keys(handshakeTypeCodes)]
    fuzz({
      name: 'fields',
      seed: SEED,
      cases: 20_000,
      corpus,
      judge: (bytes, random) => {
        for (const { startByte, endByte } of describeMessage({ name: random.oneOf(names), raw: bytes })) {
          if (startByte < 0 || startByte > endByte || endByte > bytes.length)
            throw new Error(`a field from ${startByte} to ${endByte}`)
        }
      }
    })
  })
})

describe('whole handshakes', () => {
  interface Side {
    readonly name: string
    readonly cases: number
    readonly from: 'client' | 'server'
    readonly isResumed: boolean
    readonly make: typeof goldenClient
  }
  const sides: readonly Side[] = [
    { name: 'the client', cases: 500, from: 'server', isResumed: false, make: goldenClient },
    { name: 'the server', cases: 400, from: 'client', isResumed: false, make: goldenServer },
    { name: 'the client, resuming', cases: 2500, from: 'server', isResumed: true, make: goldenClient },
    { name: 'the server, resuming', cases: 2500, from: 'client', isResumed: true, make: goldenServer }
  ]
  const rows = sides.flatMap((side) =>
    allSuites.map((suite) => ({ side, suite, title: `${side.name} with ${suite.shortName}` }))
  )

  it.each(rows)('$title', ({ side, suite, title }) => {
    const kept = goldenSession(suite).kept
    const resume = side.isResumed ? kept : null
    const flights = goldenSession(suite, resume)
      .flights.filter(({ from }) => from === side.from)
      .map(({ bytes }) => bytes)
    fuzz({
      name: title,
      seed: SEED,
      cases: side.cases,
      corpus: flights,
      judge: (bytes, random) => {
        const recorder = new Recorder()
        const endpoint = side.make(suite, resume, recorder)
        endpoint.start()
        // The recorded flights come first; the changed one replaces one of them.
        const good = random.below(flights.length)
        for (const flight of flights.slice(0, good)) endpoint.receive(flight)
        inPieces(bytes, random, (piece) => endpoint.receive(piece))
        for (const flight of flights.slice(good + 1)) endpoint.receive(flight)
        wellBehaved(endpoint, recorder, suite)
      }
    })
  })
})

function inPieces(bytes: Buffer, random: FuzzRandom, take: (piece: Buffer) => void): void {
  const pieceBytes = random.oneOf([bytes.length, bytes.length, 1, 7, 100]) || 1
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) take(bytes.subarray(offset, offset + pieceBytes))
}

function onlyFailures(step: () => void): void {
  try {
    step()
  } catch (error) {
    if (!(error instanceof TlsFailure)) throw error
    wellFormed(error.reason.sentence, error.reason.alert)
  }
}

/** Checks without `expect`, which would take longer than the engine. */
function wellBehaved(endpoint: TlsEndpoint, recorder: Recorder, suite: CipherSuite): void {
  const { failure, order, closed } = recorder
  const failures = order.filter((name) => name === 'failed').length
  if (failures > (failure ? 1 : 0)) throw new Error(`failed ${failures} times`)
  if (recorder.suite && recorder.suite !== suite) throw new Error(`opened with ${recorder.suite.shortName}`)
  if (!failure && !closed) return
  if (!['failed', 'closedByPeer'].includes(order.at(-1)!)) throw new Error(`went on after its end: ${order.join(', ')}`)
  if (failure) {
    wellFormed(failure.sentence, failure.alert)
    const fatal = recorder.messages('out').filter((message) => message.fatal).length
    const due = failure.blame === 'alert-received' || failure.blame === 'transport' ? 0 : 1
    if (fatal !== due) throw new Error(`${fatal} fatal alerts sent where ${due} was due`)
  }
  recorder.takeOutput()
  endpoint.receive(Buffer.from('160301000400000000', 'hex'))
  if (recorder.outputs.length > 0) throw new Error('spoke after its end')
}

function wellFormed(sentence: string, alert: string | null): void {
  if (!/^[A-Z][^]*\.$/.test(sentence)) throw new Error(`no sentence: ${sentence}`)
  if (alert === 'internal_error') throw new Error(`not foreseen: ${sentence}`)
}
