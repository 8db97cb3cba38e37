import { hash } from 'node:crypto'
import { RECORD_HEADER_BYTES } from './record-reader.ts'
import { TLS_1_0 } from './wire.ts'

/**
 * HMAC over sequence number, type, version, length and content of each record of one direction (RFC 2246 6.2.3.1). It
 * implements RFC 2104 over the one-shot hash: a Node Hmac object per record takes longer than hashing 1500 bytes. The
 * input must therefore lie in one block of memory, and so does the cipher's.
 */
export class RecordMac {
  readonly macBytes: number
  private sequence = 0
  private readonly hashName: 'md5' | 'sha1'
  /** The inner block of the key and the header, then content, MAC and padding of the present record. */
  private draft: Buffer
  /** The outer block of the key and the inner digest. */
  private readonly outer: Buffer

  constructor(hashName: 'md5' | 'sha1', key: Buffer, macBytes: number) {
    this.hashName = hashName
    this.macBytes = macBytes
    this.draft = Buffer.alloc(CONTENT_OFFSET + FIRST_DRAFT_BYTES)
    this.outer = Buffer.alloc(BLOCK_BYTES + macBytes)
    // A MAC key is as long as the MAC, and so shorter than a block.
    for (let i = 0; i < BLOCK_BYTES; i++) {
      this.draft[i] = (key[i] ?? 0) ^ 0x36
      this.outer[i] = (key[i] ?? 0) ^ 0x5c
    }
    this.draft.writeUInt16BE(TLS_1_0, BLOCK_BYTES + 9)
  }

  /** Returns `content`, its MAC, and room for the padding. Valid until the next record. Counts the record. */
  append(contentType: number, content: Buffer, paddingBytes = 0): Buffer {
    const macOffset = CONTENT_OFFSET + content.length
    const end = macOffset + this.macBytes + paddingBytes
    const draft = this.draftOf(end)
    this.beginDraft(contentType, content.length)
    draft.set(content, CONTENT_OFFSET)
    this.writeMac(draft, macOffset)
    return draft.subarray(CONTENT_OFFSET, end)
  }

  /**
   * Returns a record of `content` and MAC in new memory, with its header. The hashed prefix ends with type, version and
   * length, like the header, so the content is copied only once.
   */
  record(contentType: number, content: Buffer): Buffer {
    const macOffset = CONTENT_OFFSET + content.length
    const memory = Buffer.allocUnsafe(macOffset + this.macBytes)
    this.beginDraft(contentType, content.length)
    memory.set(this.draft.subarray(0, CONTENT_OFFSET))
    memory.set(content, CONTENT_OFFSET)
    this.writeMac(memory, macOffset)
    memory.writeUInt16BE(content.length + this.macBytes, CONTENT_OFFSET - LENGTH_BYTES)
    return memory.subarray(CONTENT_OFFSET - RECORD_HEADER_BYTES)
  }

  /** Returns a view of the first `contentBytes` of `plain` when their MAC follows, or `null`. */
  authenticated(contentType: number, plain: Buffer, contentBytes: number): Buffer | null {
    const content = plain.subarray(0, contentBytes)
    const right = this.append(contentType, content)
    // Compares all bytes in constant time. `timingSafeEqual` takes longer.
    let difference = 0
    for (let i = contentBytes; i < right.length; i++) difference |= right[i]! ^ plain[i]!
    return difference === 0 ? content : null
  }

  /** Writes what is hashed before the content, behind the inner block. Counts the record. */
  private beginDraft(contentType: number, contentBytes: number): void {
    const { draft, sequence } = this
    draft.writeUInt32BE(Math.floor(sequence / 2 ** 32), BLOCK_BYTES)
    draft.writeUInt32BE(sequence % 2 ** 32, BLOCK_BYTES + 4)
    draft[BLOCK_BYTES + 8] = contentType
    draft.writeUInt16BE(contentBytes, BLOCK_BYTES + 11)
    this.sequence++
  }

  /**
   * Writes the MAC of everything before `macOffset` to that place. The digest is a string, which Node makes faster than
   * a Buffer.
   */
  private writeMac(memory: Buffer, macOffset: number): void {
    this.outer.write(hash(this.hashName, memory.subarray(0, macOffset), 'binary'), BLOCK_BYTES, 'binary')
    memory.write(hash(this.hashName, this.outer, 'binary'), macOffset, 'binary')
  }

  private draftOf(bytes: number): Buffer {
    if (bytes > this.draft.length) {
      const larger = Buffer.alloc(bytes)
      this.draft.copy(larger, 0, 0, CONTENT_OFFSET)
      this.draft = larger
    }
    return this.draft
  }
}

/** Block size of both hashes (RFC 2104 2). */
const BLOCK_BYTES = 64
const CONTENT_OFFSET = BLOCK_BYTES + 13
const LENGTH_BYTES = 2
/** Enough for a packet of 1500 bytes; most connections need no more. */
const FIRST_DRAFT_BYTES = 2048
