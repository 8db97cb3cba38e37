import { joinBytes } from '../join-bytes.ts'

/**
 * Collects bytes of online mode into packets (G-3.4-2, G-4.2-1). Full packets are sent at once; the rest waits for more
 * or for txTo.
 */
export class Packetiser {
  private waiting: Uint8Array[] = []
  private waitingLength = 0
  /** The events that brought what waits. */
  private waitingCauses: number[] = []

  constructor(
    readonly packetBytes: number,
    /** `causes`: the events that brought the bytes of the packet, and what sent it, the last. */
    private readonly send: (packet: Uint8Array, causes: readonly number[]) => void
  ) {}

  get waitingBytes(): number {
    return this.waitingLength
  }

  /** Adds bytes that `causes` brought; sends every packet that is full. */
  add(bytes: Uint8Array, causes: readonly number[]): void {
    let at = 0
    if (this.waitingLength > 0) {
      at = Math.min(bytes.length, this.packetBytes - this.waitingLength)
      this.keep(bytes.subarray(0, at), causes)
      if (this.waitingLength < this.packetBytes) return
      this.flush(null)
    }
    for (; bytes.length - at >= this.packetBytes; at += this.packetBytes)
      this.send(bytes.subarray(at, at + this.packetBytes), causes)
    if (at < bytes.length) this.keep(bytes.subarray(at), causes)
  }

  /** Sends what waits, if anything does. `cause`: the event that asks for it; `null`: the last bytes. */
  flush(cause: number | null): void {
    if (this.waitingLength === 0) return
    const packet = this.waiting.length === 1 ? this.waiting[0]! : joinBytes(this.waiting)
    const causes = cause === null ? this.waitingCauses : [...this.waitingCauses, cause]
    this.discard()
    this.send(packet, causes)
  }

  discard(): void {
    this.waiting = []
    this.waitingLength = 0
    this.waitingCauses = []
  }

  private keep(bytes: Uint8Array, causes: readonly number[]): void {
    this.waitingCauses.push(...causes)
    this.waiting.push(bytes)
    this.waitingLength += bytes.length
  }
}
