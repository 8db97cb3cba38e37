/**
 * Holds the host back while a far end takes no more of its data, or while the host does not read what the module prints: a UART with flow
 * control loses nothing either. What had left the port by then is kept until the output has room again.
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

  /** Whether commands wait for the host to read their answers. */
  get outputFull(): boolean {
    return this.#outputFull
  }

  farEndTakes(takes: boolean): void {
    this.#farEndFull = !takes
    this.#update()
  }

  /** The port takes no more of what the module prints. */
  outputFilled(): void {
    if (this.#outputFull) return
    this.#outputFull = true
    this.#update()
  }

  /** The port takes more again: hands over what the host had sent before it was held back, and lets it go on if there is room still. */
  outputDrained(receive: (bytes: Uint8Array) => void): void {
    this.#outputFull = false
    const kept = this.#keptBytes > 0 ? Buffer.concat(this.#kept) : null
    this.forget()
    if (kept) receive(kept)
    this.#update()
  }

  /** Keeps bytes that came all the same; returns how many are lost. */
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

/** Several times what a port hands over at once. */
const MAX_KEPT_BYTES = 262_144
