import { hash } from 'node:crypto'
import { RECORD_HEADER_BYTES } from './record-reader.ts'
import { TLS_1_0 } from './wire.ts'

/**
 * HMAC over sequence number, type, version, length and content of each record of one direction (RFC 2246 6.2.3.1). Written
 * out after RFC 2104 over the one-shot hash: one of Node's Hmac objects for each record costs more than hashing a packet of
 * 1500 bytes does. For that everything hashed has to lie in one piece; so does what the cipher gets then.
 */
export class RecordMac {
  readonly macBytes: number
  private sequence = 0
  private readonly hashName: 'md5' | 'sha1'
  /** The key's inner block, the header, then content, MAC and padding of the present record. */
  private draft: Buffer
  /** The key's outer block and the inner digest. */
  private readonly outer: Buffer

  constructor(hashName: 'md5' | 'sha1', key: Buffer, macBytes: number) {
    this.hashName = hashName
    this.macBytes = macBytes
    this.draft = Buffer.alloc(CONTENT_OFFSET + FIRST_DRAFT_BYTES)
    this.outer = Buffer.alloc(BLOCK_BYTES + macBytes)
    // A MAC key is as long as its MAC, and so shorter than a block.
    for (let i = 0; i < BLOCK_BYTES; i++) {
      this.draft[i] = (key[i] ?? 0) ^ 0x36
      this.outer[i] = (key[i] ?? 0) ^ 0x5c
    }
    this.draft.writeUInt16BE(TLS_1_0, BLOCK_BYTES + 9)
  }

  /** `content`, its MAC, and room for as many bytes of padding: to be used before the next record. Counts the record. */
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
   * A whole record of `content` and its MAC in memory of its own, with a header in front. What is hashed before the content ends with type,
   * version and length, as the header does: so the content is copied once only.
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

  /** The first `contentBytes` of `plain`, a view of it, if what follows them is their MAC; null if it is not. */
  authenticated(contentType: number, plain: Buffer, contentBytes: number): Buffer | null {
    const content = plain.subarray(0, contentBytes)
    const right = this.append(contentType, content)
    // Every byte is looked at, however early one differs; `timingSafeEqual` would cost more than it does.
    let difference = 0
    for (let i = contentBytes; i < right.length; i++) difference |= right[i]! ^ plain[i]!
    return difference === 0 ? content : null
  }

  /** What is hashed before the content, behind the key's inner block. Counts the record. */
  private beginDraft(contentType: number, contentBytes: number): void {
    const { draft, sequence } = this
    draft.writeUInt32BE(Math.floor(sequence / 2 ** 32), BLOCK_BYTES)
    draft.writeUInt32BE(sequence % 2 ** 32, BLOCK_BYTES + 4)
    draft[BLOCK_BYTES + 8] = contentType
    draft.writeUInt16BE(contentBytes, BLOCK_BYTES + 11)
    this.sequence++
  }

  /** Writes the MAC of everything before `macOffset` there. As text: Node makes a short one faster than a Buffer. */
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

/** Of both hashes (RFC 2104 2). */
const BLOCK_BYTES = 64
const CONTENT_OFFSET = BLOCK_BYTES + 13
const LENGTH_BYTES = 2
/** A packet of the usual 1500 bytes; most connections never need more. */
const FIRST_DRAFT_BYTES = 2048
