import { describe, expect, it } from 'vitest'
import { Rc4 } from '../../../src/main/tls/rc4.ts'

describe('RC4', () => {
  // RFC 6229 2: key, offset in the key stream, and 16 bytes of it.
  it.each([
    ['0102030405', 0, 'b2396305f03dc027ccc3524a0a1118a8'],
    ['0102030405', 240, '28cb1132c96ce286421dcaadb8b69eae'],
    ['0102030405060708090a0b0c0d0e0f10', 0, '9ac7cc9a609d1ef7b2932899cde41b97'],
    ['0102030405060708090a0b0c0d0e0f10', 4096, 'a36a4c301ae8ac13610ccbc12256cacc']
  ])('gives the key stream of RFC 6229 for key %s at %i', (key, offset, expected) => {
    const stream = Buffer.alloc(offset + 16)
    new Rc4(Buffer.from(key, 'hex')).apply(stream, stream)
    expect(stream.subarray(offset).toString('hex')).toBe(expected)
  })

  it('goes on where it was, however the stream is cut', () => {
    const plain = Buffer.from('the key stream belongs to the connection, not to the record')
    const key = Buffer.from('0123456789abcdef')
    const whole = Buffer.alloc(plain.length)
    new Rc4(key).apply(plain, whole)
    const cut = Buffer.alloc(plain.length)
    const rc4 = new Rc4(key)
    for (let i = 0; i < plain.length; i++) rc4.apply(plain.subarray(i, i + 1), cut, i)
    expect(cut).toEqual(whole)
  })
})
