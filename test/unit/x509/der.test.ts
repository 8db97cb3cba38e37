import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCertificate, readSubjectPublicKey } from '../../../src/main/x509/certificate.ts'
import { DerReader, derTags, naturalNumber, oidText, readBoolean, setBits } from '../../../src/main/x509/der.ts'
import { X509Fault } from '../../../src/main/x509/fault.ts'
import { keyFormatOfDer } from '../../../src/main/x509/private-key.ts'
import { testPki } from '../../fixtures/pki.ts'

describe('the DER reader', () => {
  it('reads elements one after the other', () => {
    const reader = new DerReader(Buffer.from('0201050c026869', 'hex'))
    expect(reader.read('number', derTags.integer).content).toEqual(Buffer.from([5]))
    expect(reader.optional('flag', derTags.boolean)).toBeNull()
    expect(reader.read('text', derTags.printableString, derTags.utf8String).content.toString()).toBe('hi')
    expect(reader.atEnd).toBe(true)
    reader.end('the text')
  })

  it.each([
    ['another tag', '0500', 'has no number where one is due', 'INTEGER', 'NULL'],
    ['an unknown tag', 'df00', 'has no number where one is due', 'INTEGER', 'tag 0xdf'],
    ['content that is cut short', '020501', 'is cut short in number', '5 bytes', '1 byte'],
    ['nothing', '', 'ends where number is due', null, null],
    ['a length that is cut short', '0282', 'ends where number is due', null, null],
    ['an indefinite length', '02800000', 'has a length that DER does not allow in number', null, null],
    ['a length of five bytes', '02850000000001', 'has a length that DER does not allow in number', null, null],
    [
      'a length in long form that fits the short',
      '02810105',
      "has a length that is not in DER's shortest form in number",
      null,
      null
    ],
    [
      'a length with a leading zero',
      '0282008005',
      "has a length that is not in DER's shortest form in number",
      null,
      null
    ]
  ])('refuses %s', (_, hex, sentence, expected, got) => {
    const fault = faultOf(() => new DerReader(Buffer.from(hex, 'hex')).read('number', derTags.integer))
    expect(fault).toMatchObject({ message: sentence, expected, got })
  })

  it('does not overlook bytes at the end', () => {
    expect(faultOf(() => new DerReader(Buffer.from('00', 'hex')).end('the text')).message).toBe(
      'has 1 byte left over after the text'
    )
  })

  it.each([
    ['2a864886f70d010105', '1.2.840.113549.1.1.5'],
    ['550403', '2.5.4.3'],
    ['00', '0.0'],
    ['883703', '2.999.3'],
    // An arc of 128 bits, as in UUIDs.
    ['6983a498f0d9dbc8b7faeacdbfc6a1ffe1c8df01', expect.stringMatching(/^2\.25\.\d{30,}/)]
  ])('writes the object identifier %s as %s', (hex, text) => {
    expect(oidText(Buffer.from(hex, 'hex'))).toEqual(text)
  })

  it('refuses an object identifier that ends in the middle', () => {
    expect(faultOf(() => oidText(Buffer.from('2a86', 'hex'))).message).toContain('ends in the middle')
    expect(faultOf(() => oidText(Buffer.alloc(0))).message).toContain('ends in the middle')
  })

  it.each(['80550403', '558013', '5580ff03'])(
    'refuses the object identifier %s, which could be written in a shorter way',
    (hex) => {
      expect(faultOf(() => oidText(Buffer.from(hex, 'hex'))).message).toContain('padded arc')
    }
  )

  it('reads whatever comes, but for a tag of several bytes', () => {
    expect(new DerReader(Buffer.from('df00', 'hex')).optional('x', 0x05)).toBeNull()
    expect(new DerReader(Buffer.from('1a0141', 'hex')).any('value')).toMatchObject({
      tag: derTags.visibleString,
      content: Buffer.from('A')
    })
    expect(faultOf(() => new DerReader(Buffer.from('1f8100', 'hex')).any('value')).message).toBe(
      'has a tag of several bytes in value'
    )
  })

  it('refuses an object identifier so long that it would take seconds to write', () => {
    const arcs = (length: number): Buffer => Buffer.from([...Array.from({ length: length - 1 }, () => 0xff), 1])
    expect(oidText(arcs(64))).toMatch(/^2\.\d+$/)
    expect(faultOf(() => oidText(arcs(65)))).toMatchObject({ expected: 'at most 64 bytes', got: '65 bytes' })
    expect(faultOf(() => oidText(arcs(131_000))).message).toContain('too long')
  })
})

describe('values have one form each (X.690 8.3, 11.1, 11.2)', () => {
  const element = (hex: string): ReturnType<DerReader['any']> => new DerReader(Buffer.from(hex, 'hex')).any('value')

  it('BOOLEAN', () => {
    expect(readBoolean(element('010100'), 'flag')).toBe(false)
    expect(readBoolean(element('0101ff'), 'flag')).toBe(true)
    for (const hex of ['0100', '010101', '01020001', '0102ffff']) {
      expect(faultOf(() => readBoolean(element(hex), 'flag')).message, hex).toBe(
        'has a flag that is neither TRUE nor FALSE'
      )
    }
  })

  it('INTEGER', () => {
    expect(naturalNumber(element('020100'), 'number')).toEqual(Buffer.of(0))
    expect(naturalNumber(element('02020080'), 'number')).toEqual(Buffer.of(0x80))
    for (const hex of ['0200', '020180'])
      expect(faultOf(() => naturalNumber(element(hex), 'number')).message, hex).toContain('no natural number')
    for (const hex of ['02020001', '02050000000000'])
      expect(faultOf(() => naturalNumber(element(hex), 'number')).message, hex).toContain('shortest form')
  })

  it('BIT STRING', () => {
    expect([...setBits(element('03020204'), 'usage')]).toEqual([5])
    expect([...setBits(element('0303078080'), 'usage')]).toEqual([0, 8])
    expect([...setBits(element('030100'), 'usage')]).toEqual([])
    for (const hex of ['0300', '030101', '03020784', '03020980']) {
      expect(faultOf(() => setBits(element(hex), 'usage')).message, hex).toBe('has a usage that is no string of bits')
    }
  })
})

describe('whatever bytes come', () => {
  const readers = [readCertificate, readSubjectPublicKey, keyFormatOfDer] as const

  it('noise gives a fault, never another error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        for (const read of readers) onlyFaults(() => read(noise))
      }),
      { numRuns: 1000 }
    )
  })

  it('a changed certificate is read or gives a fault', () => {
    const { der } = testPki().client
    const changes = fc.array(fc.record({ at: fc.nat(der.length - 1), value: fc.nat(255) }), {
      minLength: 1,
      maxLength: 3
    })
    fc.assert(
      fc.property(changes, fc.nat(der.length), (set, length) => {
        const changed = Buffer.from(der)
        for (const { at, value } of set) changed[at] = value
        for (const read of readers) {
          onlyFaults(() => read(changed))
          onlyFaults(() => read(der.subarray(0, length)))
        }
      }),
      { numRuns: 2000 }
    )
  })
})

function onlyFaults(action: () => unknown): void {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(X509Fault)
  }
}

function faultOf(action: () => unknown): X509Fault {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(X509Fault)
    return error as X509Fault
  }
  throw new Error('nothing was refused')
}
