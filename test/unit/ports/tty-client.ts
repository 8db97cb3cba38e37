import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** A host program reduced to open, read, write and close. It sets no terminal mode. */
export class TtyClient {
  #fd: number | null
  received = ''

  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  }

  /**
   * Writes all bytes. While the mode of the terminal is being set, for microseconds, the kernel returns EAGAIN to a
   * non-blocking descriptor.
   */
  write(text: string): void {
    let taken = 0
    for (let tries = 0; taken < text.length && tries < MOST_TRIES; tries += 1)
      taken += this.writeSome(text.slice(taken))
    if (taken < text.length) throw new Error(`The terminal took ${taken} of ${text.length} bytes.`)
  }

  /** Writes as many bytes as the kernel takes now. Returns how many. */
  writeSome(text: string): number {
    try {
      return writeSync(this.#fd!, text, null, 'latin1')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0
      throw error
    }
  }

  /** Returns what has arrived so far. */
  read(): string {
    const buffer = Buffer.alloc(65_536)
    try {
      for (;;) {
        const count = readSync(this.#fd!, buffer)
        if (count === 0) break
        this.received += buffer.toString('latin1', 0, count)
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
    return this.received
  }

  async readUntil(condition: (received: string) => boolean): Promise<string> {
    while (!condition(this.read())) await nextTurn()
    return this.received
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }
}

/** A system call each: some hundredths of a second. */
const MOST_TRIES = 20_000
