import { joinBytes } from '../join-bytes.ts'

/**
 * Collects bytes of online mode into packets (G-3.4-2, G-4.2-1). Full packets are sent at once; the rest waits for more
 * or for txTo.
 */
export class Packetiser {
  private waiting: Uint8Array[] = []
  private waitingLength = 0

  constructor(
    readonly packetBytes: number,
    private readonly send: (packet: Uint8Array) => void
  ) {}

  get waitingBytes(): number {
    return this.waitingLength
  }

  /** Adds bytes and sends all full packets. */
  add(bytes: Uint8Array): void {
    let at = 0
    if (this.waitingLength > 0) {
      at = Math.min(bytes.length, this.packetBytes - this.waitingLength)
      this.keep(bytes.subarray(0, at))
      if (this.waitingLength < this.packetBytes) return
      this.flush()
    }
    for (; bytes.length - at >= this.packetBytes; at += this.packetBytes)
      this.send(bytes.subarray(at, at + this.packetBytes))
    if (at < bytes.length) this.keep(bytes.subarray(at))
  }

  /** Sends what waits. */
  flush(): void {
    if (this.waitingLength === 0) return
    const packet = this.waiting.length === 1 ? this.waiting[0]! : joinBytes(this.waiting)
    this.discard()
    this.send(packet)
  }

  discard(): void {
    this.waiting = []
    this.waitingLength = 0
  }

  private keep(bytes: Uint8Array): void {
    this.waiting.push(bytes)
    this.waitingLength += bytes.length
  }
}
