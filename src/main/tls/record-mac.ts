import { hash } from 'node:crypto'
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
    draft.writeUInt32BE(Math.floor(this.sequence / 2 ** 32), BLOCK_BYTES)
    draft.writeUInt32BE(this.sequence % 2 ** 32, BLOCK_BYTES + 4)
    draft[BLOCK_BYTES + 8] = contentType
    draft.writeUInt16BE(content.length, BLOCK_BYTES + 11)
    draft.set(content, CONTENT_OFFSET)
    this.sequence++
    // As text: Node makes a short one faster than a Buffer.
    this.outer.write(hash(this.hashName, draft.subarray(0, macOffset), 'binary'), BLOCK_BYTES, 'binary')
    draft.write(hash(this.hashName, this.outer, 'binary'), macOffset, 'binary')
    return draft.subarray(CONTENT_OFFSET, end)
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
/** A packet of the usual 1500 bytes; most connections never need more. */
const FIRST_DRAFT_BYTES = 2048
