import { createHash } from 'node:crypto'

/**
 * The running hash over all handshake messages with their headers (RFC 2246 7.4.8 and 7.4.9), without HelloRequests and
 * record headers.
 */
export class TranscriptHash {
  private readonly md5 = createHash('md5')
  private readonly sha1 = createHash('sha1')

  add(message: Uint8Array): void {
    this.md5.update(message)
    this.sha1.update(message)
  }

  /** Returns MD5 and SHA-1 of everything so far, joined (36 bytes). */
  current(): Buffer {
    return Buffer.concat([this.md5.copy().digest(), this.sha1.copy().digest()])
  }
}
