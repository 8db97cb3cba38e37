import { createHash } from 'node:crypto'

/**
 * The running hash over all handshake messages (RFC 2246 7.4.8 and 7.4.9), headers included, HelloRequests and records not.
 */
export class TranscriptHash {
  private readonly md5 = createHash('md5')
  private readonly sha1 = createHash('sha1')

  add(message: Uint8Array): void {
    this.md5.update(message)
    this.sha1.update(message)
  }

  /** MD5 and SHA-1 of everything added so far, 36 bytes one after the other. */
  current(): Buffer {
    return Buffer.concat([this.md5.copy().digest(), this.sha1.copy().digest()])
  }
}
