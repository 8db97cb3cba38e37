import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HandshakeJoiner } from '../../../src/main/tls/handshake-joiner.ts'
import { defaultLimits } from '../../../src/main/tls/limits.ts'
import type { TlsLimits } from '../../../src/main/tls/limits.ts'
import { recordOpener, recordSealer } from '../../../src/main/tls/record-cipher.ts'
import { RecordLayer } from '../../../src/main/tls/record-layer.ts'
import type { TlsFailure } from '../../../src/shared/tls/failure.ts'
import { RC4_SHA } from '../../../src/shared/tls/suites.ts'
import { cut } from '../../fixtures/cuts.ts'

describe('the record layer', () => {
  it('reads the same records however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 40 })),
        fc.boolean(),
        (contents, cuts, isProtected) => {
          const [writer, reader] = [layer(), layer()]
          if (isProtected) protect(writer, reader)
          for (const content of contents) writer.write('application_data', Buffer.from(content))
          const read: number[][] = []
          for (const piece of cut(writer.takeOutput()!, cuts)) {
            reader.feed(piece)
            for (let record = reader.next(); record; record = reader.next()) read.push([...record.content])
          }
          expect(read).toEqual(contents.map((content) => [...content]))
        }
      )
    )
  })

  it('takes a megabyte in single bytes without copying it over and over', () => {
    const [writer, reader] = [layer(), layer()]
    writer.write('application_data', Buffer.alloc(2 ** 20, 1))
    const bytes = writer.takeOutput()!
    let contentBytes = 0
    for (let i = 0; i < bytes.length; i++) {
      reader.feed(bytes.subarray(i, i + 1))
      for (let record = reader.next(); record; record = reader.next()) contentBytes += record.content.length
    }
    expect(contentBytes).toBe(2 ** 20)
  })

  it('splits what is too long for a record', () => {
    const writer = layer({ maxSentPlaintextBytes: 1000 })
    writer.write('application_data', Buffer.alloc(2500))
    expect(recordLengths(writer.takeOutput()!)).toEqual([1000, 1000, 500])
    expect(writer.takeOutput()).toBeNull()
  })

  it.each<[string, string, Partial<TlsFailure['reason']>]>([
    ['an unknown content type', '1803010001', { alert: 'unexpected_message', blame: 'peer-misbehaved' }],
    [
      'plain HTTP',
      Buffer.from('HTTP/1.1 400 Bad Request\r\n').toString('hex'),
      {
        alert: 'unexpected_message',
        sentence: 'The peer does not speak TLS: it sent "HTTP/1.1 400 Bad Request" where a record was expected.'
      }
    ],
    [
      'the first bytes of another protocol',
      Buffer.from('SSH').toString('hex'),
      { alert: 'unexpected_message', got: '"SSH"' }
    ],
    ['an SSL 2.0 hello', '802e0100020015', { alert: 'protocol_version', got: 'an SSL 2.0 record' }],
    ['another major version', '1604010001', { alert: 'protocol_version', blame: 'peer-incompatible' }],
    ['a fragment longer than 2^14', '1603014001', { alert: 'record_overflow', got: '16385 bytes' }]
  ])('refuses %s on its header', (_, hex, reason) => {
    const reader = layer()
    reader.feed(Buffer.from(hex, 'hex'))
    expect(thrownBy(() => reader.next()).reason).toMatchObject(reason)
  })

  it('refuses another minor version once the version is settled', () => {
    const reader = layer()
    reader.feed(Buffer.from('160300000116', 'hex'))
    expect(reader.next()).not.toBeNull()
    reader.settleVersion()
    reader.feed(Buffer.from('160303000116', 'hex'))
    expect(thrownBy(() => reader.next()).reason).toMatchObject({ alert: 'protocol_version', got: 'TLS 1.2' })
  })

  it('holds a product to its own limit, before and after encryption', () => {
    const limits = { maxReceivedPlaintextBytes: 15800 }
    const plain = layer(limits)
    plain.feed(Buffer.from('1703013db9', 'hex'))
    expect(thrownBy(() => plain.next()).reason).toMatchObject({
      alert: 'record_overflow',
      expected: 'at most 15800 bytes',
      rule: 'G-4.0-1'
    })

    const [writer, reader] = [layer(), layer(limits)]
    protect(writer, reader)
    writer.write('application_data', Buffer.alloc(15800))
    writer.write('application_data', Buffer.alloc(15801))
    reader.feed(writer.takeOutput()!)
    expect(reader.next()?.content.length).toBe(15800)
    expect(thrownBy(() => reader.next()).reason).toMatchObject({
      alert: 'record_overflow',
      got: '15801 bytes',
      rule: 'G-4.0-1'
    })
  })

  it('lets protected fragments be 2048 bytes longer, and no more', () => {
    const [writer, reader] = [layer(), layer()]
    protect(writer, reader)
    reader.feed(Buffer.from('1703014800', 'hex'))
    expect(reader.next()).toBeNull()
    const other = layer()
    protect(layer(), other)
    other.feed(Buffer.from('1703014801', 'hex'))
    expect(thrownBy(() => other.next()).reason).toMatchObject({ alert: 'record_overflow' })
  })

  it('does not take empty records for ever', () => {
    const reader = layer()
    const empty = Buffer.from('1703010000', 'hex')
    for (let i = 0; i < defaultLimits.maxIdleRecords; i++) {
      reader.feed(empty)
      expect(reader.next()?.content.length).toBe(0)
    }
    reader.feed(empty)
    expect(thrownBy(() => reader.next()).reason).toMatchObject({
      alert: 'unexpected_message',
      blame: 'peer-misbehaved'
    })
  })
})

describe('the handshake joiner', () => {
  it('finds the same messages however they are spread over records', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 100 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 30 })),
        (bodies, cuts) => {
          const joiner = new HandshakeJoiner(2 ** 17)
          const messages = bodies.map((body, i) => Buffer.concat([Buffer.from([i, 0, 0, body.length]), body]))
          const found: string[] = []
          for (const piece of cut(Buffer.concat(messages), cuts)) {
            joiner.feed(piece)
            for (let message = joiner.next(); message; message = joiner.next())
              found.push(message.bytes.toString('hex'))
          }
          expect(found).toEqual(messages.map((message) => message.toString('hex')))
          expect(joiner.inMessage).toBe(false)
        }
      )
    )
  })

  it('refuses a message longer than the limit on its header', () => {
    const joiner = new HandshakeJoiner(1000)
    joiner.feed(Buffer.from('0b0003e9', 'hex'))
    expect(thrownBy(() => joiner.next()).reason).toMatchObject({ alert: 'decode_error', got: '1001 bytes' })
  })

  it('knows when it is in the middle of a message', () => {
    const joiner = new HandshakeJoiner(1000)
    joiner.feed(Buffer.from('0b00', 'hex'))
    expect(joiner.next()).toBeNull()
    expect(joiner.inMessage).toBe(true)
  })
})

function layer(limits: Partial<TlsLimits> = {}): RecordLayer {
  return new RecordLayer({ ...defaultLimits, ...limits }, () => undefined)
}

function protect(writer: RecordLayer, reader: RecordLayer): void {
  const keys = { macKey: Buffer.alloc(20, 1), key: Buffer.alloc(16, 2), iv: Buffer.alloc(0) }
  writer.protectWriting(recordSealer(RC4_SHA, keys))
  reader.protectReading(recordOpener(RC4_SHA, keys))
}

function recordLengths(bytes: Buffer): number[] {
  const lengths: number[] = []
  for (let offset = 0; offset < bytes.length; offset += 5 + lengths.at(-1)!)
    lengths.push(bytes.readUInt16BE(offset + 3))
  return lengths
}

function thrownBy(action: () => unknown): TlsFailure {
  try {
    action()
  } catch (error) {
    return error as TlsFailure
  }
  throw new Error('nothing was thrown')
}
