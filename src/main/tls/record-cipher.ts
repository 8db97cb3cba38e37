import { createCipheriv, createDecipheriv, createHmac, createSecretKey } from 'node:crypto'
import type { Cipher, Decipher, KeyObject } from 'node:crypto'
import type { CipherSuite } from '../../shared/suites.ts'
import { misbehaved } from './failures.ts'
import type { DirectionKeys } from './key-schedule.ts'
import { Rc4 } from './rc4.ts'
import { TLS_1_0 } from './wire.ts'

/**
 * Record protection of one direction (RFC 2246 6.2.3): MAC, padding, encryption. In TLS 1.0 a CBC record's IV is the
 * last block of the record before, so one cipher object serves the whole connection and is never finished.
 */
export interface RecordSealer {
  readonly macBytes: number
  /** Length of the fragment that `contentBytes` of content become. */
  sealedBytes(contentBytes: number): number
  /** Appends the protected fragment to `pieces`; they may be views of `content`. Counts the record. */
  seal(contentType: number, content: Buffer, pieces: Buffer[]): void
}

export interface RecordOpener {
  readonly macBytes: number
  /** The content of a protected fragment, in memory of its own. Fails with bad_record_mac whatever is wrong with it. */
  open(contentType: number, fragment: Buffer): Buffer
}

export function recordSealer(suite: CipherSuite, keys: DirectionKeys): RecordSealer {
  const mac = new RecordMac(suite.mac, keys.macKey)
  if (suite.bulk === 'null') return new NullSealer(suite.macBytes, mac)
  if (suite.bulk === 'rc4') return new Rc4Sealer(suite.macBytes, mac, new Rc4(keys.key))
  return new CbcSealer(suite.macBytes, mac, createCipheriv(suite.bulk, keys.key, keys.iv).setAutoPadding(false))
}

export function recordOpener(suite: CipherSuite, keys: DirectionKeys): RecordOpener {
  const mac = new RecordMac(suite.mac, keys.macKey)
  if (suite.bulk === 'null') return new NullOpener(suite.macBytes, mac)
  if (suite.bulk === 'rc4') return new Rc4Opener(suite.macBytes, mac, new Rc4(keys.key))
  return new CbcOpener(suite.macBytes, mac, createDecipheriv(suite.bulk, keys.key, keys.iv).setAutoPadding(false))
}

/** Both suites' block ciphers are AES. */
const BLOCK_BYTES = 16

/** HMAC over sequence number, type, version, length and content (RFC 2246 6.2.3.1). */
class RecordMac {
  private sequence = 0
  private readonly header = Buffer.alloc(13)
  private readonly hash: 'md5' | 'sha1'
  private readonly key: KeyObject

  constructor(hash: 'md5' | 'sha1', key: Buffer) {
    this.hash = hash
    this.key = createSecretKey(key)
    this.header.writeUInt16BE(TLS_1_0, 9)
  }

  next(contentType: number, content: Buffer): Buffer {
    const header = this.header
    header.writeUInt32BE(Math.floor(this.sequence / 2 ** 32), 0)
    header.writeUInt32BE(this.sequence % 2 ** 32, 4)
    header[8] = contentType
    header.writeUInt16BE(content.length, 11)
    this.sequence++
    return createHmac(this.hash, this.key).update(header).update(content).digest()
  }

  /** The first `contentBytes` of `plain`, a view of it, if what follows them is their MAC; null if it is not. */
  authenticated(contentType: number, plain: Buffer, contentBytes: number): Buffer | null {
    const content = plain.subarray(0, contentBytes)
    const mac = this.next(contentType, content)
    // Every byte is looked at, however early one differs; `timingSafeEqual` would cost more than it does.
    let difference = 0
    for (let i = 0; i < mac.length; i++) difference |= mac[i]! ^ plain[contentBytes + i]!
    return difference === 0 ? content : null
  }
}

class NullSealer implements RecordSealer {
  readonly macBytes: number
  protected readonly mac: RecordMac

  constructor(macBytes: number, mac: RecordMac) {
    this.macBytes = macBytes
    this.mac = mac
  }

  sealedBytes(contentBytes: number): number {
    return contentBytes + this.macBytes
  }

  seal(contentType: number, content: Buffer, pieces: Buffer[]): void {
    pieces.push(content, this.mac.next(contentType, content))
  }
}

class Rc4Sealer extends NullSealer {
  private readonly rc4: Rc4

  constructor(macBytes: number, mac: RecordMac, rc4: Rc4) {
    super(macBytes, mac)
    this.rc4 = rc4
  }

  override seal(contentType: number, content: Buffer, pieces: Buffer[]): void {
    const sealed = Buffer.allocUnsafe(this.sealedBytes(content.length))
    this.rc4.apply(content, sealed)
    this.rc4.apply(this.mac.next(contentType, content), sealed, content.length)
    pieces.push(sealed)
  }
}

export class CbcSealer implements RecordSealer {
  readonly macBytes: number
  private readonly mac: RecordMac
  private readonly cipher: Cipher

  constructor(macBytes: number, mac: RecordMac, cipher: Cipher) {
    this.macBytes = macBytes
    this.mac = mac
    this.cipher = cipher
  }

  sealedBytes(contentBytes: number): number {
    // Padding is at least its own length byte, so a full block is added where the rest is already even.
    const unpaddedBytes = contentBytes + this.macBytes
    return unpaddedBytes + BLOCK_BYTES - (unpaddedBytes % BLOCK_BYTES)
  }

  seal(contentType: number, content: Buffer, pieces: Buffer[]): void {
    this.sealPadded(contentType, content, pieces, null)
  }

  /** The same with a padding that `spoil` has changed. */
  sealPadded(contentType: number, content: Buffer, pieces: Buffer[], spoil: ((padding: Buffer) => void) | null): void {
    const tail = Buffer.allocUnsafe(this.sealedBytes(content.length) - content.length)
    tail.fill(tail.length - this.macBytes - 1, this.macBytes)
    this.mac.next(contentType, content).copy(tail)
    spoil?.(tail.subarray(this.macBytes))
    pieces.push(this.cipher.update(content), this.cipher.update(tail))
  }
}

class NullOpener implements RecordOpener {
  readonly macBytes: number
  protected readonly mac: RecordMac

  constructor(macBytes: number, mac: RecordMac) {
    this.macBytes = macBytes
    this.mac = mac
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

  constructor(macBytes: number, mac: RecordMac, rc4: Rc4) {
    super(macBytes, mac)
    this.rc4 = rc4
  }

  override open(contentType: number, fragment: Buffer): Buffer {
    const plain = Buffer.allocUnsafe(fragment.length)
    this.rc4.apply(fragment, plain)
    return this.authenticated(contentType, plain)
  }
}

class CbcOpener implements RecordOpener {
  readonly macBytes: number
  private readonly mac: RecordMac
  private readonly decipher: Decipher

  constructor(macBytes: number, mac: RecordMac, decipher: Decipher) {
    this.macBytes = macBytes
    this.mac = mac
    this.decipher = decipher
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

/** Length of the padding with its length byte; every byte of it has to hold the same value (RFC 2246 6.2.3.2). */
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
 * One alert for padding and MAC: RFC 2246 has decryption_failed for the padding, but telling the two apart gives an attacker
 * an oracle, and RFC 4346 7.2.2 withdrew it.
 */
function badRecord(expected: string, got: string): Error {
  return misbehaved('bad_record_mac', `A record does not decrypt: expected ${expected}, got ${got}.`, {
    expected, got, rule: 'RFC 2246 6.2.3', finding: 'record-damaged'
  })
}
