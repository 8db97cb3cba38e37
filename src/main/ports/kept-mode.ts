import { ReadStream } from 'node:tty'

/**
 * Restores the mode that a pty had when this was made, after a client has changed it. Running stty each time would be
 * slow: to start a program the system write-protects the memory of this process, and each page then causes a fault at
 * its next write. Uploads took 50 % more processor time.
 */
export class KeptMode {
  /**
   * Never read. Only `setRawMode` of a tty stream is used: it saves the mode that it changes, and restores it later.
   */
  readonly #tty: ReadStream

  /**
   * Takes over the descriptor: `close` closes it. The present mode must be one that `setRawMode` does not change
   * (`RAW_MODE`).
   */
  constructor(master: number) {
    this.#tty = new ReadStream(master)
    // The next client has the terminal exclusively, or the pair is about to be closed.
    this.#tty.on('error', () => {})
    this.#tty.setRawMode(true)
  }

  restore(): void {
    this.#tty.setRawMode(false)
    // Saves the same mode for the next time.
    this.#tty.setRawMode(true)
  }

  /** Closes the descriptor at once. */
  close(): void {
    this.#tty.destroy()
  }
}
