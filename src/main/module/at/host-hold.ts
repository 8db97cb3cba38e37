/**
 * Holds the host back while the peer takes no more of its data, or while the host does not read the module's output.
 * Nothing is lost, as on a UART with flow control: bytes already under way are kept.
 */
export class HostHold {
  readonly #setReading: (reading: boolean) => void
  #farEndFull = false
  #outputFull = false
  #kept: Uint8Array[] = []
  #keptBytes = 0

  constructor(setReading: (reading: boolean) => void) {
    this.#setReading = setReading
  }

  /** Whether commands wait until the host reads their responses. */
  get outputFull(): boolean {
    return this.#outputFull
  }

  farEndTakes(takes: boolean): void {
    this.#farEndFull = !takes
    this.#update()
  }

  /** The port takes no more output. */
  outputFilled(): void {
    if (this.#outputFull) return
    this.#outputFull = true
    this.#update()
  }

  /** The port takes output again. Passes on the bytes that were kept, and lets the host send if there is still room. */
  outputDrained(receive: (bytes: Uint8Array) => void): void {
    this.#outputFull = false
    const kept = this.#keptBytes > 0 ? Buffer.concat(this.#kept) : null
    this.forget()
    if (kept) receive(kept)
    this.#update()
  }

  /** Keeps bytes that arrive while the host is held back. Returns how many are lost. */
  keep(bytes: Uint8Array): number {
    const kept = bytes.subarray(0, MAX_KEPT_BYTES - this.#keptBytes)
    if (kept.length > 0) this.#kept.push(Uint8Array.from(kept))
    this.#keptBytes += kept.length
    return bytes.length - kept.length
  }

  forget(): void {
    this.#kept = []
    this.#keptBytes = 0
  }

  #update(): void {
    this.#setReading(!this.#farEndFull && !this.#outputFull)
  }
}

/** Several times what a port delivers at once. */
const MAX_KEPT_BYTES = 262_144
