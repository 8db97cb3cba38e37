import { createRequire } from 'node:module'
import { readSync } from 'node:fs'
import { systemErrorCode } from './port-error.ts'

/** What a pty's master is read with: a tty stream, or a poll of the descriptor. */
export interface MasterReader {
  /** It tells of a hang-up and goes on; for any other a hang-up is the end, so the slave must be held open for it. */
  readonly survivesHangUp: boolean
  readonly destroyed: boolean
  readonly closed: boolean
  pause(): void
  resume(): void
  /** Closes the master. */
  destroy(): void
  once(event: 'close', listener: () => void): void
}

export interface MasterPollEvents {
  /** The master may have something to read. Returns whether more is wanted; if not, `resume()` asks for it. */
  received(bytes: Uint8Array): boolean
  /** The last client has closed the slave. */
  hungUp(): void
  /** The pair ends; until this returns, its path is still there. */
  ends(): void
}

/** The poll of one descriptor in the package that reads UARTs; it tells once and has to be asked again. */
interface NativePoll {
  poll(events: number): void
  stop(): void
}

type NativePollClass = new (descriptor: number, callback: (error: Error | null, events: number) => void) => NativePoll

/** Returns what makes native polls, or `null` where there is none: not on Linux, or the package serialport is not whole. */
export function loadNativePoll(): NativePollClass | null {
  // What the master of another system does at a hang-up was not tried.
  if (process.platform !== 'linux') return null
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('serialport'))
    const { binding } = require('@serialport/bindings-cpp/dist/serialport-bindings.js') as {
      binding?: { Poller?: NativePollClass }
    }
    return binding?.Poller ?? null
  } catch {
    return null
  }
}

/**
 * Reads a master by polling it, so that a hang-up is an event and not the end: a tty stream closes its descriptor then. It hears that a
 * client has left as soon as the event loop turns, without looking for it.
 */
export class MasterPoll implements MasterReader {
  readonly survivesHangUp = true
  readonly #owner: { close(): void }
  readonly #master: number
  readonly #events: MasterPollEvents
  readonly #read: (buffer: Uint8Array, count: number) => Uint8Array
  readonly #poll: NativePoll
  readonly #buffer: Uint8Array
  #reading = true
  #destroyed = false

  /** `owner` closes the master; `read` makes the array for the listener of what stands in the buffer. */
  constructor(
    native: NativePollClass,
    owner: { close(): void },
    master: number,
    readBytes: number,
    read: (buffer: Uint8Array, count: number) => Uint8Array,
    events: MasterPollEvents
  ) {
    this.#owner = owner
    this.#master = master
    this.#events = events
    this.#read = read
    this.#buffer = new Uint8Array(readBytes)
    this.#poll = new native(master, () => this.#look())
    endless.push(this.#poll)
    this.#ask()
  }

  get destroyed(): boolean {
    return this.#destroyed
  }

  get closed(): boolean {
    return this.#destroyed
  }

  pause(): void {
    this.#reading = false
    if (!this.#destroyed) this.#poll.stop()
  }

  resume(): void {
    this.#reading = true
    this.#ask()
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#poll.stop()
    // Before the master is closed: with it the path goes, and a link that points there leads nowhere.
    this.#events.ends()
    this.#owner.close()
  }

  /** Closing takes no time. */
  once(_: 'close', listener: () => void): void {
    listener()
  }

  #look(): void {
    if (this.#destroyed || !this.#reading) return
    try {
      const count = readSync(this.#master, this.#buffer)
      if (!this.#events.received(this.#read(this.#buffer, count))) this.#reading = false
    } catch (error) {
      const code = systemErrorCode(error)
      if (code === 'EIO') this.#events.hungUp()
      else if (code !== 'EAGAIN') this.destroy()
    }
    this.#ask()
  }

  #ask(): void {
    if (!this.#destroyed && this.#reading) this.#poll.poll(READABLE)
  }
}

/**
 * Every poll there has been. When one is collected, its destructor takes the descriptor's number out of the event loop, and by then that
 * may be the number of something else. One is made for each pair, and pairs are seldom made anew.
 */
const endless: NativePoll[] = []

/** UV_READABLE; a hang-up comes as that. */
const READABLE = 1
