import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VectorReader } from '../../../src/main/tls/vector-reader.ts'
import { uint16, vector16, vector24, vector8 } from '../../../src/main/tls/vector-writer.ts'
import { TlsFailure } from '../../../src/shared/tls/failure.ts'

describe('vectors of RFC 2246 4', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 255 }),
        fc.uint8Array({ maxLength: 600 }),
        fc.nat(0xffff),
        (short, long, number) => {
          const reader = new VectorReader(
            'test',
            Buffer.concat([vector8(short), vector16(long), vector24(long, short), uint16(number)])
          )
          expect([...reader.vector8('short')]).toEqual([...short])
          expect([...reader.vector16('long')]).toEqual([...long])
          expect([...reader.vector24('both')]).toEqual([...long, ...short])
          expect(reader.uint16('number')).toBe(number)
          reader.end()
        }
      )
    )
  })

  it.each<[string, (reader: VectorReader) => unknown, string]>([
    [
      'a number that is cut short',
      (reader) => reader.uint24('length'),
      'Test cannot be read: expected 3 bytes of length, got 2.'
    ],
    [
      'a vector longer than the message',
      (reader) => reader.vector8('id'),
      'Test cannot be read: expected 5 bytes of id, got 1.'
    ],
    [
      'a vector longer than allowed',
      (reader) => reader.vector8('id', 0, 4),
      'Test cannot be read: expected 0 to 4 bytes of id, got a length of 5.'
    ],
    [
      'a vector shorter than allowed',
      (reader) => reader.vector8('id', 6),
      'Test cannot be read: expected 6 to 255 bytes of id, got a length of 5.'
    ],
    ['bytes left over', (reader) => reader.end(), 'Test cannot be read: expected its end, got 2 more bytes.']
  ])('refuses %s', (_, read, sentence) => {
    const failure = thrownBy(() => read(new VectorReader('Test', Buffer.from([5, 1]))))
    expect(failure.reason).toMatchObject({ blame: 'peer-misbehaved', alert: 'decode_error', sentence })
  })

  it('does not write what does not fit', () => {
    expect(() => vector8(Buffer.alloc(256))).toThrow(RangeError)
  })
})

function thrownBy(action: () => unknown): TlsFailure {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(TlsFailure)
    return error as TlsFailure
  }
  throw new Error('nothing was thrown')
}
