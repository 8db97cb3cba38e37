import { closeSync } from 'node:fs'
import { BITS_8N1, type LineRate, type SerialPortEvents } from '../../shared/contracts/serial-port.ts'
import { ClientSearch } from './client-search.ts'
import { PortLink } from './port-link.ts'
import { findTtyClient } from './pty-client.ts'
import type { PtyPort, PtyPortOptions } from './pty-contract.ts'
import { askMaster, borrowSlave, closePair, drain, openPair, tryHold, type PtyPair } from './pty-pair.ts'
import { PtySpeed } from './pty-speed.ts'
import { PublishedPair } from './published-pair.ts'
import { UnreadBytes } from './unread-bytes.ts'

/** Takes 0.2 ms each time. A client that writes is noticed at once, one that only listens within this time. */
const DEFAULT_PROBE_MS = 250
/**
 * More often while a client is there whose leaving is not reported: what it leaves unread would go to the next client.
 */
const PRESENT_PROBE_MS = 50

/**
 * Opens a pty as an AT port and publishes its link. Rejects with a `PortError`: no pty on this machine ('no-pty'), or
 * the link's path is not ours ('link-taken') or cannot be written ('link-failed').
 */
export async function openPtyPort(options: PtyPortOptions, events: SerialPortEvents): Promise<PtyPort> {
  const link = PortLink.claim(options.link, options.recordFolder)
  try {
    return new PtyPortEnd(link, options, events)
  } catch (error) {
    link.remove()
    throw error
  }
}

class PtyPortEnd implements PtyPort {
  readonly kind = 'pty'
  readonly #link: PortLink
  readonly #options: PtyPortOptions
  readonly #events: SerialPortEvents
  readonly #probe: NodeJS.Timeout
  readonly #published: PublishedPair
  #present = false
  readonly #search = new ClientSearch()
  /** Whether it was checked that the present client has the terminal exclusively. */
  #exclusiveLooked = false
  #reading = true
  #closed = false
  readonly #unread = new UnreadBytes()
  #undeliveredBytes = 0
  readonly #speed = new PtySpeed(
    () => (this.#pair && this.#present ? borrowSlave(this.#pair) : null),
    () => this.rate && this.#events.rate?.(this.rate)
  )

  constructor(link: PortLink, options: PtyPortOptions, events: SerialPortEvents) {
    this.#link = link
    this.#options = options
    this.#events = events
    this.#published = new PublishedPair(link, (ended) => this.#openPair(ended), {
      left: () => this.#setPresent(false),
      published: ({ stream }) => (this.#reading ? stream.resume() : stream.pause()),
      note: (sentence) => events.note(sentence)
    })
    const absentProbeMs = options.probeMs ?? DEFAULT_PROBE_MS
    const everyMs = Math.min(absentProbeMs, PRESENT_PROBE_MS)
    let quietMs = 0
    this.#probe = setInterval(() => {
      quietMs += everyMs
      if (!this.#present && quietMs < absentProbeMs) return
      quietMs = 0
      this.#lookForClient()
    }, everyMs)
  }

  get name(): string {
    return this.#link.path
  }

  get link(): string {
    return this.#link.path
  }

  get path(): string {
    return this.#published.path
  }

  get clientPresent(): boolean {
    return this.#present
  }

  get undeliveredBytes(): number {
    return this.#undeliveredBytes
  }

  get rate(): LineRate | null {
    const { baud } = this.#speed
    return baud === null || !this.#present ? null : { baud, bitsPerByte: BITS_8N1 }
  }

  followRate(wanted: boolean): void {
    this.#speed.follow(wanted)
  }

  write(bytes: Uint8Array): boolean {
    const pair = this.#pair
    if (!pair || !this.#present || pair.stream.destroyed) {
      // Otherwise the kernel would keep these bytes for the next client.
      this.#undeliveredBytes += bytes.length
      return true
    }
    return pair.writer.write(bytes)
  }

  setReading(reading: boolean): void {
    this.#reading = reading
    if (!reading) {
      this.#pair?.stream.pause()
      // Its leaving is not reported now: it must be polled, which needs the hold.
      if (this.#pair && this.#pair.held === null) this.#holdAgain(this.#pair)
      return
    }
    const unread = this.#unread.take()
    if (unread) this.#receive(unread)
    // The listener may have paused again.
    if (!this.#reading || !this.#pair) return
    this.#pair.stream.resume()
    this.#letGo(this.#pair)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#probe)
    this.#speed.stop()
    this.#link.remove()
    await this.#published.close()
  }

  get #pair(): PtyPair | null {
    return this.#published.current
  }

  #openPair(ended: (pair: PtyPair) => void): PtyPair {
    const pair = openPair(
      {
        drained: () => this.#events.drained(),
        overrun: (droppedBytes) => this.#events.overrun(droppedBytes),
        received: (bytes) => {
          this.#setPresent(true)
          this.#receive(bytes)
          this.#catchUp(pair)
          return this.#reading
        },
        hungUp: () => this.#hungUp(pair),
        ends: () => ended(pair)
      },
      this.#options.loadNodePty
    )
    if (!this.#reading) pair.stream.pause()
    return pair
  }

  /**
   * Releases the slave while a client is there: its leaving is then a hang-up, reported at once, before the next client
   * can continue an incomplete line.
   */
  #letGo(pair: PtyPair): void {
    if (!this.#present || !this.#reading || pair.held === null || !pair.stream.survivesHangUp) return
    closeSync(pair.held)
    pair.held = null
  }

  /** Reports, in order, what happened while the client's name was searched. */
  #catchUp(pair: PtyPair): void {
    if (!this.#search.hasNews) return
    const { bytes, isGone } = this.#search.takeMeanwhile()
    if (bytes) this.#receive(bytes)
    // Before the master is read again: later bytes are another client's.
    if (isGone) setImmediate(() => this.#hungUp(pair))
  }

  #hungUp(pair: PtyPair): void {
    if (pair.stream.destroyed || pair.held !== null) return
    this.#holdAgain(pair)
    // It was left exclusive, and nobody can open it any more.
    if (pair.held === null) pair.stream.destroy()
    else if (pair === this.#pair) this.#setPresent(false)
  }

  #receive(bytes: Uint8Array): void {
    if (this.#reading) this.#events.data(bytes)
    else this.#unread.add(bytes)
  }

  /**
   * Without a known client, or while the module does not read: releases the held slave for a moment and asks the
   * master. EIO means that nobody else has it open. All in one turn of the event loop, so that neither the stream nor a
   * client sees a hang-up.
   */
  #lookForClient(): void {
    const pair = this.#pair
    if (!pair || pair.stream.destroyed) return
    if (this.#present && this.#reading && pair.stream.survivesHangUp) return this.#lookWhetherExclusive(pair)
    if (pair.held === null) {
      this.#holdAgain(pair)
      // A paused stream does not notice its end, and until then nobody can open the link.
      if (pair.held === null && !this.#reading) this.#askStillPair(pair)
      return
    }
    if (this.#keepsEnough) return
    closeSync(pair.held)
    const seen = askMaster(pair.master)
    this.#holdAgain(pair)
    if (seen.bytes) {
      this.#setPresent(true)
      this.#receive(seen.bytes)
    } else {
      this.#setPresent(seen.someoneThere)
    }
    this.#catchUp(pair)
  }

  /** Once for each client. The pair that replaces that of an exclusive client is made before the client leaves. */
  #lookWhetherExclusive(pair: PtyPair): void {
    this.#letGo(pair)
    if (this.#exclusiveLooked) return
    this.#exclusiveLooked = true
    this.#holdAgain(pair)
    this.#letGo(pair)
  }

  get #keepsEnough(): boolean {
    return this.#unread.keepsEnough(() => findTtyClient(this.path) !== null)
  }

  /** Returns whether the exclusive client has left. Bytes that it left are read first and kept for the module. */
  #askStillPair(pair: PtyPair): void {
    if (this.#keepsEnough) return
    const seen = askMaster(pair.master)
    if (seen.bytes) {
      this.#setPresent(true)
      this.#receive(seen.bytes)
    } else if (!seen.someoneThere) {
      closePair(pair)
    }
  }

  /**
   * The slave cannot be held while a client has it exclusively. Its leaving will end the pair, so the next one is made
   * now.
   */
  #holdAgain(pair: PtyPair): void {
    pair.held = tryHold(pair.path)
    if (pair.held === null) this.#published.prepareNext()
  }

  #setPresent(present: boolean): void {
    if (present === this.#present) return
    this.#present = present
    this.#exclusiveLooked = false
    this.#speed.clientChanged()
    if (present) {
      if (this.#pair) this.#letGo(this.#pair)
      this.#events.presence(
        true,
        this.#search.nameOf(this.path, () => this.#pair)
      )
      return
    }
    if (this.#pair) this.#prepareForNextClient(this.#pair)
    this.#events.presence(false, null)
  }

  #prepareForNextClient(pair: PtyPair): void {
    this.#undeliveredBytes += pair.writer.clear()
    // It cannot be opened any more: the stream is about to end, and the pair to be replaced.
    if (pair.held === null) return
    this.#undeliveredBytes += drain(pair.held)
    try {
      pair.restoreMode()
    } catch {
      // The next client is already there, exclusively. Its leaving will end the pair.
    }
  }
}
