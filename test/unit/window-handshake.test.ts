import { describe, expect, it } from 'vitest'
import { fieldAt, hasInner, outerOf, reveal, unfolded } from '../../src/renderer/panels/handshake/field-tree.ts'
import {
  brokenAt,
  endOfHandshake,
  isResumed,
  missingMessages,
  rungsOf,
  savedMessages
} from '../../src/renderer/panels/handshake/steps.ts'
import type { HandshakeMessage } from '../../src/shared/calls/handshakes.ts'
import { farEndParts, ftpFarEnd } from '../../src/shared/lab/far-end-name.ts'
import { describeMessage } from '../../src/shared/tls/fields.ts'
import { helloFacts } from '../../src/shared/tls/hello-facts.ts'
import { keyBlockOf, masterSecret, originsOf, sourceSecrets } from '../../src/shared/tls/key-derivation.ts'
import { purposeOf } from '../../src/shared/tls/purposes.ts'
import { allSuites } from '../../src/shared/tls/suites.ts'
import { scene } from '../fixtures/window-states.ts'

const hello = scene('online').events.flatMap(({ what }) =>
  what.kind === 'tls' && what.trace.kind === 'message' && what.trace.name === 'ClientHello' ? [what.trace] : []
)[0]!
const fields = describeMessage(hello)
const named = (name: string): number => fields.findIndex((field) => field.name === name)

describe('fields of a message', () => {
  it('are found by their bytes, the innermost first', () => {
    expect(fieldAt(fields, 0)).toBe(named('message type'))
    expect(fieldAt(fields, 6)).toBe(named('gmt_unix_time'))
    const suites = named('cipher suites')
    // The two bytes of the length belong to the list itself.
    expect(fieldAt(fields, fields[suites]!.startByte)).toBe(suites)
    expect(fields[fieldAt(fields, fields[suites]!.startByte + 2)]).toMatchObject({ name: 'suite', value: '0x002f' })
    expect(fieldAt(fields, hello.raw!.length)).toBe(-1)
  })

  it('every byte has one', () => {
    for (let byte = 0; byte < hello.raw!.length; byte++) expect(fieldAt(fields, byte)).toBeGreaterThanOrEqual(0)
  })

  it('fold away what lies in them', () => {
    const suites = named('cipher suites')
    expect(hasInner(fields, suites)).toBe(true)
    expect(outerOf(fields, suites + 1)).toBe(suites)
    expect(outerOf(fields, suites)).toBe(-1)
    const seen = unfolded(fields, new Set([suites]))
    expect(seen).toContain(suites)
    expect(seen).not.toContain(suites + 1)
    expect(seen).toContain(named('compression methods'))
    expect(unfolded(fields, new Set())).toHaveLength(fields.length)
    expect([...reveal(fields, new Set([suites]), suites + 2)]).toEqual([])
    expect([...reveal(fields, new Set([suites]), 0)]).toEqual([suites])
  })
})

const message = (direction: 'in' | 'out', name: string): HandshakeMessage => ({
  seq: 0,
  atMs: 0,
  direction,
  name,
  bytes: 1,
  encrypted: false,
  summary: '',
  fatal: name === 'Alert',
  record: null
})

describe('a resumed handshake', () => {
  const short = [message('out', 'ClientHello'), message('in', 'ServerHello'), message('in', 'ChangeCipherSpec')]

  it('is told by what the far end left out', () => {
    expect(isResumed({ messages: short })).toBe(true)
    expect(isResumed({ messages: short.slice(0, 2) })).toBe(false)
    expect(isResumed(scene('online').snapshot.handshake!)).toBe(false)
    expect(isResumed(scene('failed').snapshot.handshake!)).toBe(false)
  })

  it('lacks, when it fails, only what it would have had', () => {
    expect(missingMessages({ outcome: 'failed', messages: short }).map(({ name }) => name)).toEqual([
      'Finished',
      'ChangeCipherSpec',
      'Finished'
    ])
  })
})

const data = { sentRecords: 0, sentBytes: 0, receivedRecords: 0, receivedBytes: 0 }
const path = (text: string): HandshakeMessage[] =>
  text.split(' ').map((one) =>
    message(
      one.startsWith('>') ? 'out' : 'in',
      {
        CH: 'ClientHello',
        SH: 'ServerHello',
        C: 'Certificate',
        CR: 'CertificateRequest',
        D: 'ServerHelloDone',
        K: 'ClientKeyExchange',
        V: 'CertificateVerify',
        CCS: 'ChangeCipherSpec',
        F: 'Finished',
        A: 'Alert'
      }[one.slice(1)]!
    )
  )
const drawn = (
  outcome: 'running' | 'open' | 'failed',
  messages: readonly HandshakeMessage[],
  carried = data
): string[] =>
  rungsOf({ outcome, messages, data: carried }).map((rung) =>
    rung.kind === 'data'
      ? 'data'
      : rung.kind === 'message'
        ? rung.message.name
        : `${rung.kind} ${rung.missing.name}${rung.missing.unread ? ' unread' : ''}`
  )

describe('the rungs of a ladder', () => {
  const both = path('>CH <SH <C <CR <D >C >K >V >CCS >F <CCS <F')

  it('put what never came where it would have stood: the rest of the far end’s flight before the module’s alert', () => {
    const failed = path('>CH <SH <C >A')
    expect(brokenAt({ outcome: 'failed', messages: failed })).toBe(2)
    expect(drawn('failed', failed)).toEqual([
      'ClientHello',
      'ServerHello',
      'Certificate',
      'missing ServerHelloDone unread',
      'Alert',
      'missing ClientKeyExchange',
      'missing ChangeCipherSpec',
      'missing Finished',
      'missing ChangeCipherSpec',
      'missing Finished'
    ])
  })

  it('put it behind an alert of the far end', () => {
    const refused = path('>CH <A')
    expect(brokenAt({ outcome: 'failed', messages: refused })).toBe(0)
    expect(drawn('failed', refused).slice(0, 3)).toEqual(['ClientHello', 'Alert', 'missing ServerHello'])
    expect(brokenAt({ outcome: 'failed', messages: path('>CH') })).toBe(-1)
  })

  it('know client authentication once it is asked for', () => {
    expect(drawn('open', both)).toHaveLength(12)
    expect(missingMessages({ outcome: 'failed', messages: both.slice(0, 5) }).map(({ name }) => name)).toEqual([
      'Certificate',
      'ClientKeyExchange',
      'CertificateVerify',
      'ChangeCipherSpec',
      'Finished',
      'ChangeCipherSpec',
      'Finished'
    ])
  })

  it('wait for the next message while the handshake runs', () => {
    expect(drawn('running', both.slice(0, 2))).toEqual(['ClientHello', 'ServerHello', 'awaited Certificate'])
    expect(drawn('running', [])).toEqual([])
  })

  it('mark the data between the handshake and what came later', () => {
    const closed = [...both, ...path('>A')].map((one) => ({ ...one, fatal: false }))
    expect(endOfHandshake(closed)).toBe(12)
    expect(drawn('open', closed, { ...data, sentRecords: 1 }).slice(11)).toEqual(['Finished', 'data', 'Alert'])
  })

  it('tell what a resumed handshake does without', () => {
    expect(savedMessages({ messages: both }).map((at) => both[at]!.name)).toEqual([
      'Certificate',
      'CertificateRequest',
      'ServerHelloDone',
      'Certificate',
      'ClientKeyExchange',
      'CertificateVerify'
    ])
  })
})

it('tells the address of a far end from the FTP connection that it is', () => {
  for (const ftp of ['control connection', 'data connection'] as const)
    expect(farEndParts(ftpFarEnd('127.0.0.1:43417', ftp))).toEqual({ ftp, address: '127.0.0.1:43417' })
  expect(farEndParts('echo.lab.test:443')).toEqual({ ftp: null, address: 'echo.lab.test:443' })
})

describe('what a message is for', () => {
  it('is known for every message of both kinds of handshake', () => {
    for (const [messages, resumed] of [
      [path('>CH <SH <C <CR <D >C >K >V >CCS >F <CCS <F'), false],
      [path('>CH <SH <CCS <F >CCS >F'), true]
    ] as const)
      for (const one of messages)
        expect(purposeOf(one, resumed), `${one.direction} ${one.name}`).not.toContain('no part of')
  })

  it('differs for a resumed handshake', () => {
    const [hello] = path('>CH')
    expect(purposeOf(hello!, true)).not.toBe(purposeOf(hello!, false))
  })
})

describe('where the keys come from', () => {
  it('cuts the key block without a rest, for every suite', () => {
    for (const suite of allSuites) {
      const { block, pieces } = keyBlockOf(suite)
      expect(pieces.reduce((sum, piece) => sum + piece.bytes, 0)).toBe(block.bytes)
    }
  })

  it('goes back to what the handshake brought', () => {
    const { block, pieces } = keyBlockOf(allSuites[2]!)
    const full = [...sourceSecrets(false), masterSecret(false), block, ...pieces]
    expect([...originsOf('server write key', full)].toSorted()).toEqual([
      'client random',
      'key block',
      'master secret',
      'premaster secret',
      'server random',
      'server write key'
    ])
    expect([
      ...originsOf('client write IV', [...sourceSecrets(true), masterSecret(true), block, ...pieces])
    ]).not.toContain('premaster secret')
  })

  it('reads the randoms and the suite out of the hellos', () => {
    const facts = helloFacts(hello.raw!)!
    expect(facts.random).toHaveLength(32)
    expect(facts.sessionId).toHaveLength(0)
    const answer = scene('online').events.flatMap(({ what }) =>
      what.kind === 'tls' && what.trace.kind === 'message' && what.trace.name === 'ServerHello' ? [what.trace.raw!] : []
    )[0]!
    expect(helloFacts(answer)).toMatchObject({ suiteWireId: 0x2f })
    expect(helloFacts(answer)!.sessionId).toHaveLength(32)
    for (let length = 0; length < 41; length++) expect(helloFacts(answer.subarray(0, length))).toBeNull()
  })
})
