import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asCall, decode, encode } from '../../src/shared/carrier/wire.ts'

describe('wire', () => {
  it('carries byte arrays at any depth', () => {
    const value = {
      batch: { events: [{ what: { kind: 'bytes', bytes: Uint8Array.of(0, 13, 10, 26, 255) } }], output: [] }
    }
    expect(decode(encode(value))).toEqual(value)
    expect(JSON.parse(encode(Uint8Array.of(65, 84)))).toEqual({ $bytes: 'QVQ=' })
  })

  it('carries a byte array larger than an engine takes arguments', () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => at % 256)
    expect(decode(encode({ bytes }))).toEqual({ bytes })
  })

  it('encodes a Node Buffer as bytes', () => {
    expect(decode(encode([Buffer.from('AT\r')]))).toEqual([Uint8Array.of(65, 84, 13)])
  })

  it('says in one sentence what is wrong with a text', () => {
    expect(() => decode('{')).toThrow('The message is not JSON.')
    expect(() => decode('{"$bytes":"***"}')).toThrow('A byte array in the message is not base64.')
    expect(() => decode('['.repeat(60) + ']'.repeat(60))).toThrow('The message nests deeper than 40 levels.')
  })

  it('takes the base64 of who hands one in, and reads it the same', () => {
    const value = { bytes: Uint8Array.of(1, 2, 255), at: [{ also: Uint8Array.of(7) }] }
    const text = encode(value, (bytes) => Buffer.from(bytes).toString('base64'))
    expect([text, decode(text)]).toEqual([encode(value), value])
  })

  it('keeps a key of any name to itself', () => {
    const value = decode('{"__proto__":{"$bytes":"QQ=="}}') as object
    expect(Object.getOwnPropertyDescriptor(value, '__proto__')?.value).toEqual(Uint8Array.of(65))
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  it('treats a missing result as null', () => {
    expect(decode(encode(undefined))).toBeNull()
  })

  it('knows a call from anything else', () => {
    expect(asCall(decode('{"id":1,"call":"snapshot","args":[]}'))).toEqual({ id: 1, call: 'snapshot', args: [] })
    for (const text of [
      '1',
      'null',
      '[]',
      '{"id":"1","call":"snapshot","args":[]}',
      '{"id":1,"call":"snapshot"}',
      '{"id":1,"call":3,"args":[]}'
    ]) {
      expect(asCall(decode(text)), text).toBeNull()
    }
  })

  it('gives back any JSON value with bytes in it', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.uint8Array({ maxLength: 40 }))
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('node')),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('node'))
      )
    })).node
    fc.assert(
      fc.property(value, (one) => {
        expect(decode(encode(one))).toEqual(one)
      })
    )
  })
})
