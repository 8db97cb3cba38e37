import { readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { systemErrorCode } from './port-error.ts'

/** Reads the master of a pty: by a tty stream, or by polling the descriptor. */
export interface MasterReader {
  /** True: a hang-up is an event and reading goes on. False: a hang-up ends reading, so the slave must be held open. */
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
  /** Gets bytes. Returns whether more is wanted; otherwise call `resume()` later. */
  received(bytes: Uint8Array): boolean
  /** The last client has closed the slave. */
  hungUp(): void
  /** The pair is about to end. Its path exists until this returns. */
  ends(): void
}

/** The poll of a descriptor, from the package that reads UARTs. It reports once and must then be started again. */
interface NativePoll {
  poll(events: number): void
  stop(): void
}

type NativePollClass = new (descriptor: number, callback: (error: Error | null, events: number) => void) => NativePoll

/**
 * Returns the constructor of native polls. `null` when it is not available: not on Linux, or serialport is incomplete.
 */
export function loadNativePoll(): NativePollClass | null {
  // Other systems were not tested: their masters may behave differently at a hang-up.
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
 * Reads a master by polling it, so that a hang-up is an event; a tty stream would close its descriptor. It sees at once
 * that a client has left.
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

  /** `owner` closes the master. `read` copies what is in the buffer for the listener. */
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
    // Before the master is closed, because then its path disappears and a link to it leads nowhere.
    this.#events.ends()
    this.#owner.close()
  }

  /** The master is closed synchronously, so the listener is called at once. */
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
 * Keeps every poll for ever. The destructor of a collected one removes its descriptor number from the event loop, when
 * the number may belong to something else. Each pair makes one, and pairs are rarely replaced.
 */
const endless: NativePoll[] = []

/** UV_READABLE. A hang-up is reported like this too. */
const READABLE = 1
