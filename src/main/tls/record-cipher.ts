import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Cipher, Decipher } from 'node:crypto'
import type { CipherSuite } from '../../shared/tls/suites.ts'
import { misbehaved } from './failures.ts'
import type { DirectionKeys } from './key-schedule.ts'
import { Rc4 } from './rc4.ts'
import { RecordMac } from './record-mac.ts'
import { RECORD_HEADER_BYTES } from './record-reader.ts'

/**
 * Encrypts the records of one direction (RFC 2246 6.2.3): MAC, padding, encryption. In TLS 1.0 the IV of a CBC record
 * is the last block of the record before, so one cipher object serves the whole connection.
 */
export interface RecordSealer {
  readonly macBytes: number
  /** Returns the fragment length for `contentBytes` of content. */
  sealedBytes(contentBytes: number): number
  /** Writes the encrypted fragment into `fragment`, whose length must be right. Counts the record. */
  seal(contentType: number, content: Buffer, fragment: Buffer): void
  /**
   * Returns the fragment with the record header in front, in new memory. Only for ciphers that need no extra copy for
   * it.
   */
  sealRecord?(contentType: number, content: Buffer): Buffer
}

export interface RecordOpener {
  readonly macBytes: number
  /** Decrypts a fragment into new memory. Any error gives bad_record_mac. */
  open(contentType: number, fragment: Buffer): Buffer
}

export function recordSealer(suite: CipherSuite, keys: DirectionKeys): RecordSealer {
  const mac = new RecordMac(suite.mac, keys.macKey, suite.macBytes)
  if (suite.bulk === 'null') return new NullSealer(mac)
  if (suite.bulk === 'rc4') return new Rc4Sealer(mac, new Rc4(keys.key))
  return new CbcSealer(mac, createCipheriv(suite.bulk, keys.key, keys.iv).setAutoPadding(false))
}

export function recordOpener(suite: CipherSuite, keys: DirectionKeys): RecordOpener {
  const mac = new RecordMac(suite.mac, keys.macKey, suite.macBytes)
  if (suite.bulk === 'null') return new NullOpener(mac)
  if (suite.bulk === 'rc4') return new Rc4Opener(mac, new Rc4(keys.key))
  return new CbcOpener(mac, createDecipheriv(suite.bulk, keys.key, keys.iv).setAutoPadding(false))
}

/** Block size of AES, the only block cipher of the suites. */
const BLOCK_BYTES = 16

class NullSealer implements RecordSealer {
  protected readonly mac: RecordMac

  constructor(mac: RecordMac) {
    this.mac = mac
  }

  get macBytes(): number {
    return this.mac.macBytes
  }

  sealedBytes(contentBytes: number): number {
    return contentBytes + this.macBytes
  }

  seal(contentType: number, content: Buffer, fragment: Buffer): void {
    fragment.set(this.mac.append(contentType, content))
  }

  sealRecord(contentType: number, content: Buffer): Buffer {
    return this.mac.record(contentType, content)
  }
}

class Rc4Sealer extends NullSealer {
  private readonly rc4: Rc4

  constructor(mac: RecordMac, rc4: Rc4) {
    super(mac)
    this.rc4 = rc4
  }

  override seal(contentType: number, content: Buffer, fragment: Buffer): void {
    this.rc4.apply(this.mac.append(contentType, content), fragment)
  }

  override sealRecord(contentType: number, content: Buffer): Buffer {
    const record = this.mac.record(contentType, content)
    const fragment = record.subarray(RECORD_HEADER_BYTES)
    this.rc4.apply(fragment, fragment)
    return record
  }
}

export class CbcSealer implements RecordSealer {
  private readonly mac: RecordMac
  private readonly cipher: Cipher

  constructor(mac: RecordMac, cipher: Cipher) {
    this.mac = mac
    this.cipher = cipher
  }

  get macBytes(): number {
    return this.mac.macBytes
  }

  sealedBytes(contentBytes: number): number {
    // Padding includes its length byte, so an exact multiple gets another block.
    const unpaddedBytes = contentBytes + this.macBytes
    return unpaddedBytes + BLOCK_BYTES - (unpaddedBytes % BLOCK_BYTES)
  }

  seal(contentType: number, content: Buffer, fragment: Buffer): void {
    this.sealPadded(contentType, content, fragment, null)
  }

  /** Like `seal`, with padding changed by `spoil`. */
  sealPadded(contentType: number, content: Buffer, fragment: Buffer, spoil: ((padding: Buffer) => void) | null): void {
    const paddingBytes = fragment.length - content.length - this.macBytes
    const plain = this.mac.append(contentType, content, paddingBytes)
    plain.fill(paddingBytes - 1, plain.length - paddingBytes)
    spoil?.(plain.subarray(plain.length - paddingBytes))
    // Node's ciphers always allocate their output.
    fragment.set(this.cipher.update(plain))
  }
}

class NullOpener implements RecordOpener {
  protected readonly mac: RecordMac

  constructor(mac: RecordMac) {
    this.mac = mac
  }

  get macBytes(): number {
    return this.mac.macBytes
  }

  open(contentType: number, fragment: Buffer): Buffer {
    return Buffer.from(this.authenticated(contentType, fragment))
  }

  protected authenticated(contentType: number, plain: Buffer): Buffer {
    const contentBytes = plain.length - this.macBytes
    if (contentBytes < 0) throw badRecord(`at least ${this.macBytes} bytes of MAC`, `${plain.length} bytes`)
    return this.mac.authenticated(contentType, plain, contentBytes) ?? wrongMac()
  }
}

class Rc4Opener extends NullOpener {
  private readonly rc4: Rc4

  constructor(mac: RecordMac, rc4: Rc4) {
    super(mac)
    this.rc4 = rc4
  }

  override open(contentType: number, fragment: Buffer): Buffer {
    const plain = Buffer.allocUnsafe(fragment.length)
    this.rc4.apply(fragment, plain)
    return this.authenticated(contentType, plain)
  }
}

class CbcOpener implements RecordOpener {
  private readonly mac: RecordMac
  private readonly decipher: Decipher

  constructor(mac: RecordMac, decipher: Decipher) {
    this.mac = mac
    this.decipher = decipher
  }

  get macBytes(): number {
    return this.mac.macBytes
  }

  open(contentType: number, fragment: Buffer): Buffer {
    if (fragment.length === 0 || fragment.length % BLOCK_BYTES !== 0) {
      throw badRecord(`a multiple of ${BLOCK_BYTES} bytes`, `${fragment.length} bytes`)
    }
    const plain = this.decipher.update(fragment)
    const contentBytes = plain.length - paddingBytes(plain) - this.macBytes
    if (contentBytes < 0) throw badRecord('padding and MAC that fit the record', `padding of ${plain.at(-1)} bytes`)
    return this.mac.authenticated(contentType, plain, contentBytes) ?? wrongMac()
  }
}

function wrongMac(): never {
  throw badRecord('the MAC of its content', 'another MAC')
}

/**
 * Returns the length of the padding with its length byte. All its bytes must have the same value (RFC 2246 6.2.3.2).
 */
function paddingBytes(plain: Buffer): number {
  const value = plain[plain.length - 1]!
  const start = plain.length - 1 - value
  if (start < 0) throw badRecord('padding that fits the record', `padding of ${value} bytes in ${plain.length}`)
  for (let i = start; i < plain.length; i++) {
    if (plain[i] !== value) throw badRecord(`padding bytes of ${value}`, `${plain[i]}`)
  }
  return value + 1
}

/**
 * One alert for wrong padding and wrong MAC. RFC 2246 has decryption_failed for padding, but the difference gives an
 * attacker an oracle; RFC 4346 7.2.2 withdrew it.
 */
function badRecord(expected: string, got: string): Error {
  return misbehaved('bad_record_mac', `A record does not decrypt: expected ${expected}, got ${got}.`, {
    expected,
    got,
    rule: 'RFC 2246 6.2.3',
    finding: 'record-damaged'
  })
}
