import { counted } from '../../shared/english/counted.ts'
import { X509Fault } from './fault.ts'

/** The tags of X.690 in certificates and keys. */
export const derTags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31
} as const

/** Returns the tag `[number]` in a SEQUENCE, constructed by default. */
export function contextTag(number: number, constructed = true): number {
  return 0x80 | (constructed ? 0x20 : 0) | number
}

export interface DerElement {
  readonly tag: number
  readonly content: Buffer
  /** Tag, length and content. */
  readonly raw: Buffer
}

/**
 * Reads DER (X.690) element by element, never past its end. Lengths must be definite and minimal, and tags one byte: a
 * signature covers bytes, so only one encoding may be valid. One exception in this whole folder: a default value may be
 * written out (X.690 11.5), as many authorities do.
 */
export class DerReader {
  private readonly bytes: Buffer
  private offset = 0

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get atEnd(): boolean {
    return this.offset === this.bytes.length
  }

  /** Returns the next element, which must have one of `tags`. `what` names it in a fault. */
  read(what: string, ...tags: readonly number[]): DerElement {
    const tag = this.bytes[this.offset]
    if (tag !== undefined && !tags.includes(tag)) {
      throw new X509Fault(`has no ${what} where one is due`, {
        expected: tags.map(tagText).join(' or '),
        got: tagText(tag)
      })
    }
    return this.any(what)
  }

  /** Returns the next element of any type. */
  any(what: string): DerElement {
    const start = this.offset
    const tag = this.byte(what)
    if ((tag & 0x1f) === 0x1f) throw new X509Fault(`has a tag of several bytes in ${what}`)
    if (isCutInPieces(tag))
      throw new X509Fault(`has its ${what} in pieces, which DER does not allow`, { got: tagText(tag) })
    const length = this.length(what)
    const end = this.offset + length
    if (end > this.bytes.length) {
      throw new X509Fault(`is cut short in ${what}`, {
        expected: counted(length, 'byte'),
        got: counted(this.bytes.length - this.offset, 'byte')
      })
    }
    const content = this.bytes.subarray(this.offset, end)
    this.offset = end
    return { tag, content, raw: this.bytes.subarray(start, end) }
  }

  /** Returns the next element if it has this tag, or `null`. */
  optional(what: string, tag: number): DerElement | null {
    return this.bytes[this.offset] === tag ? this.read(what, tag) : null
  }

  /** Returns a reader of the next element's content. */
  enter(what: string, ...tags: readonly number[]): DerReader {
    return new DerReader(this.read(what, ...tags).content)
  }

  end(what: string): void {
    if (!this.atEnd)
      throw new X509Fault(`has ${counted(this.bytes.length - this.offset, 'byte')} left over after ${what}`)
  }

  private length(what: string): number {
    const first = this.byte(what)
    if (first < 0x80) return first
    const count = first & 0x7f
    // Four bytes give more than the memory of a module.
    if (count === 0 || count > 4) throw new X509Fault(`has a length that DER does not allow in ${what}`)
    let length = 0
    for (let i = 0; i < count; i++) length = length * 256 + this.byte(what)
    if (length < 0x80 || length < 256 ** (count - 1))
      throw new X509Fault(`has a length that is not in DER's shortest form in ${what}`)
    return length
  }

  private byte(what: string): number {
    const byte = this.bytes[this.offset]
    if (byte === undefined) throw new X509Fault(`ends where ${what} is due`)
    this.offset++
    return byte
  }
}

/**
 * Longest OBJECT IDENTIFIER that is read. Those in use have some 10 bytes, one made of a UUID 20. The time grows with
 * the square of the length, and a hostile certificate may have 128 kB.
 */
const MAX_OID_BYTES = 64

/** Returns the dotted decimal form of an OBJECT IDENTIFIER's content. */
export function oidText(content: Buffer): string {
  if (content.length === 0 || content.at(-1)! >= 0x80)
    throw new X509Fault('has an object identifier that ends in the middle')
  if (content.length > MAX_OID_BYTES) {
    throw new X509Fault('has an object identifier that is too long', {
      expected: `at most ${MAX_OID_BYTES} bytes`,
      got: `${content.length} bytes`
    })
  }
  const arcs: bigint[] = []
  let arc = 0n
  for (const [index, byte] of content.entries()) {
    // Without this rule an identifier could be written in several ways, and an extension be hidden or occur twice
    // (X.690 8.19.2).
    if (byte === 0x80 && (index === 0 || content[index - 1]! < 0x80))
      throw new X509Fault('has an object identifier with a padded arc')
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    if (byte >= 0x80) continue
    arcs.push(arc)
    arc = 0n
  }
  const [first = 0n, ...rest] = arcs
  const top = first < 80n ? first / 40n : 2n
  return [top, first - top * 40n, ...rest].join('.')
}

/** Returns the bytes of a BIT STRING without unused bits. */
export function wholeBytes(bitString: DerElement, what: string): Buffer {
  if (bitString.content[0] !== 0) throw new X509Fault(`has a ${what} that is not made of whole bytes`)
  return bitString.content.subarray(1)
}

/** Returns a BOOLEAN, of which each value has only one encoding (X.690 11.1). */
export function readBoolean({ content }: DerElement, what: string): boolean {
  if (content.length === 1 && (content[0] === 0x00 || content[0] === 0xff)) return content[0] !== 0
  throw new X509Fault(`has a ${what} that is neither TRUE nor FALSE`, { expected: '00 or FF', got: hexOf(content) })
}

/**
 * Checks the encoding of an INTEGER (X.690 8.3.2). The fault does not quote it, since it may be part of a private key.
 */
export function requireInteger({ content }: DerElement, what: string): void {
  const [first, second] = content
  if (first === undefined)
    throw new X509Fault(`has a ${what} of no bytes`, { expected: 'an INTEGER of 1 byte or more', got: 'nothing' })
  if (second === undefined) return
  const isPadded = (first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80)
  if (isPadded) throw new X509Fault(`has a ${what} that is not in DER's shortest form`)
}

/** Returns the bytes of a non-negative INTEGER, without the leading zero byte (X.690 8.3). */
export function naturalNumber({ content }: DerElement, what: string): Buffer {
  const [first, second] = content
  if (first === undefined || first >= 0x80) {
    throw new X509Fault(`has a ${what} that is no natural number`, {
      expected: 'an INTEGER of 0 or more',
      got: hexOf(content)
    })
  }
  if (first !== 0 || second === undefined) return content
  if (second < 0x80) throw new X509Fault(`has a ${what} that is not in DER's shortest form`, { got: hexOf(content) })
  return content.subarray(1)
}

/** Checks the encoding of a BIT STRING: at most seven unused bits, all zero (X.690 8.6.2, 11.2.1). */
export function requireBits({ content }: DerElement, what: string): void {
  const unused = content[0]
  const last = content.length > 1 ? content.at(-1)! : 0
  if (
    unused === undefined ||
    unused > 7 ||
    (content.length === 1 && unused > 0) ||
    (last & ((1 << unused) - 1)) !== 0
  ) {
    throw new X509Fault(`has a ${what} that is no string of bits`, { got: hexOf(content) })
  }
}

/**
 * Returns the positions of the set bits of a BIT STRING with named bits; it must end with the last set bit (X.690
 * 11.2.2).
 */
export function setBits(bitString: DerElement, what: string): Set<number> {
  requireBits(bitString, what)
  const { content } = bitString
  const unused = content[0] ?? 0
  const bytes = [...content.subarray(1, 1 + MAX_NAMED_BYTES)]
  if (content.length > 1 && ((content.at(-1)! >> unused) & 1) === 0) {
    throw new X509Fault(`has a ${what} that is not in DER's shortest form`, { got: hexOf(content) })
  }
  return new Set(
    bytes.flatMap((byte, index) =>
      [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit)).map((bit) => 8 * index + bit)
    )
  )
}

/** Named bit lists have at most nine bits (RFC 2459 4.2.1.3), but a hostile certificate may have a million. */
const MAX_NAMED_BYTES = 8

/**
 * Returns whether a tag is constructed although its universal type is primitive: BER may split strings like that (X.690
 * 10.2).
 */
function isCutInPieces(tag: number): boolean {
  return (tag & 0xe0) === 0x20 && !CONSTRUCTED_TYPES.has(tag)
}

/** SEQUENCE, SET, EXTERNAL, EMBEDDED PDV and CHARACTER STRING. */
const CONSTRUCTED_TYPES: ReadonlySet<number> = new Set([0x30, 0x31, 0x28, 0x2b, 0x3d])

const MAX_SHOWN_BYTES = 16

function hexOf(content: Buffer): string {
  if (content.length === 0) return 'nothing'
  return content.toString('hex', 0, MAX_SHOWN_BYTES) + (content.length > MAX_SHOWN_BYTES ? '…' : '')
}

function tagText(tag: number): string {
  const name = Object.entries(derTags).find(([, value]) => value === tag)?.[0]
  return name?.toUpperCase() ?? `tag 0x${tag.toString(16).padStart(2, '0')}`
}
