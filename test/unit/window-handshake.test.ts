import { describe, expect, it } from 'vitest'
import { fieldAt, hasInner, outerOf, reveal, unfolded } from '../../src/renderer/panels/handshake/field-tree.ts'
import { isResumed, missingMessages } from '../../src/renderer/panels/handshake/steps.ts'
import type { HandshakeMessage } from '../../src/shared/api.ts'
import { describeMessage } from '../../src/shared/tls/fields.ts'
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

describe('a resumed handshake', () => {
  const message = (direction: 'in' | 'out', name: string): HandshakeMessage => ({
    seq: 0, atMs: 0, direction, name, bytes: 1, encrypted: false, summary: '', fatal: false
  })
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
