import { ReadStream } from 'node:tty'

/**
 * The mode that a pty has when this is made, to be given back whenever a client has left it otherwise. The program stty could do that each
 * time, but to start a program the system write-protects all memory of this process, and each page then costs a fault when it is next
 * written. Uploads took half as much processor time again.
 */
export class KeptMode {
  /** Never read: of a tty stream only `setRawMode` is needed, which notes the mode that it changes, and gives that back afterwards. */
  readonly #tty: ReadStream

  /** Takes the descriptor over: `close` closes it. The mode must be one that the stream's own raw mode leaves as it is (`RAW_MODE`). */
  constructor(master: number) {
    this.#tty = new ReadStream(master)
    // The next client has taken the terminal for itself, or the pair is about to end.
    this.#tty.on('error', () => {})
    this.#tty.setRawMode(true)
  }

  restore(): void {
    this.#tty.setRawMode(false)
    // Notes the same mode for the next time.
    this.#tty.setRawMode(true)
  }

  /** The descriptor is closed when this returns. */
  close(): void {
    this.#tty.destroy()
  }
}
