import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, readSync } from 'node:fs'
import type { OnReadOpts, SocketConstructorOpts } from 'node:net'
import { ReadStream } from 'node:tty'
import { fileReason } from '../host/file-reason.ts'
import { BoundedWriter, type WriterEvents } from './bounded-writer.ts'
import { KeptMode } from './kept-mode.ts'
import { loadNativePoll, MasterPoll, type MasterPollEvents, type MasterReader } from './master-poll.ts'
import { openNativePty } from './native-pty.ts'
import { PortError, systemErrorCode } from './port-error.ts'

/** One open pseudo terminal pair. */
export interface PtyPair {
  readonly path: string
  readonly master: number
  readonly stream: MasterReader
  readonly writer: BoundedWriter
  /**
   * The slave, held open so that a client that closes it does not hang up the master. `null` while a client is present
   * whose leaving the master reports, and while a client has the terminal exclusively (TIOCEXCL) and it cannot be
   * opened.
   */
  held: number | null
  /** Restores raw mode, whatever the last client has set. Throws where that is not possible. */
  restoreMode(): void
}

/** The size of one read: one byte more than the kernel returns at once. */
const READ_BYTES = 4_096
/** The most that the kernel returns at once. Fewer bytes mean that there were no more. */
const FULL_READ_BYTES = 4_095
/** Bytes joined before the module gets them: as many as other streams read at once. */
const BURST_BYTES = 65_536
/** A limit on the drain loop: more rounds than the input buffer of a slave needs. */
const DRAIN_ROUNDS = 64

/** The rate assumed for a client that sets none, as most modules have it. The kernel's default is 38400. */
const START_BAUD = '115200'

/** `iexten` has no effect in raw mode. It is off, so that `setRawMode` finds its own mode (`KeptMode`). */
const RAW_MODE = ['raw', '-echo', '-iexten', 'clocal']

const holdFlags = constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK

/** Bytes in `received` have memory of their own. */
export interface PairEvents extends WriterEvents, MasterPollEvents {}

/** Makes a pair in raw mode and holds its slave open. Throws a `PortError` ('no-pty') when that is not possible. */
export function openPair(events: PairEvents, loadNodePty?: () => unknown): PtyPair {
  const native = openNativePty(loadNodePty)
  let held: number | null = null
  try {
    // Before the link is published: an earlier client would get its own bytes back as an echo.
    makeRaw(native.path)
    // Opened again by path, because child processes would inherit the native descriptor.
    held = openSync(native.path, holdFlags)
  } catch (error) {
    closeSync(native.master)
    throw error instanceof PortError
      ? error
      : new PortError('no-pty', `The pseudo terminal ${native.path} cannot be opened: ${fileReason(error)}.`, error)
  } finally {
    closeSync(native.slave)
  }
  const { path, master } = native
  const writer = new BoundedWriter(master, events)
  const nativePoll = loadNativePoll()
  if (!nativePoll)
    return { path, master, stream: new MasterStream(master, events), writer, held, restoreMode: () => makeRaw(path) }
  const mode = new KeptMode(master)
  const stream = new MasterPoll(
    nativePoll,
    mode,
    master,
    READ_BYTES,
    (buffer, count) => takenFrom(master, buffer, count),
    events
  )
  return { path, master, stream, writer, held, restoreMode: () => mode.restore() }
}

/**
 * A tty stream that reads into one reused buffer. A new buffer of 64 kB for each typed line, and the stream's own
 * queue, would cost more than handling the line.
 */
class MasterStream extends ReadStream implements MasterReader {
  readonly survivesHangUp = false

  constructor(
    master: number,
    private readonly events: PairEvents
  ) {
    const onread: OnReadOpts = {
      buffer: new Uint8Array(READ_BYTES),
      callback: (count, buffer) => events.received(takenFrom(master, buffer, count))
    }
    // An option of `net.Socket` that the types of tty streams do not have.
    const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = { onread }
    super(master, options)
    // EIO: nobody has the slave open.
    this.on('error', () => {})
    this.resume()
  }

  /** Before the master is closed, because then its path disappears and a link to it leads nowhere. */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.events.ends()
    super._destroy(error, callback)
  }
}

/** Safe to call twice. */
export function closePair(pair: PtyPair): void {
  pair.writer.stop()
  if (pair.held !== null) closeSync(pair.held)
  pair.held = null
  pair.stream.destroy()
}

/** Sets raw mode by stty: on a new pty `setRawMode` of a tty stream leaves CR LF translation on for the client. */
function makeRaw(path: string): void {
  const option = process.platform === 'darwin' ? '-f' : '-F'
  try {
    execFileSync('stty', [option, path, ...RAW_MODE, START_BAUD], { stdio: 'ignore' })
  } catch (error) {
    const code = systemErrorCode(error)
    const reason =
      code === 'ENOENT'
        ? 'the program stty is missing'
        : code === ''
          ? 'stty failed'
          : `stty cannot be started, ${fileReason(error)}`
    throw new PortError('no-pty', `The pseudo terminal ${path} cannot be set to raw mode: ${reason}.`, error)
  }
}

/** The slave for a moment, whether the pair holds it or not; `null` where a client has it exclusively. */
export function borrowSlave({ held, path }: PtyPair): { readonly descriptor: number; release(): void } | null {
  if (held !== null) return { descriptor: held, release: () => {} }
  const descriptor = tryHold(path)
  return descriptor === null ? null : { descriptor, release: () => closeSync(descriptor) }
}

/** Opens the slave without reading from it; null when a client has it exclusively. */
export function tryHold(path: string): number | null {
  try {
    return openSync(path, holdFlags)
  } catch {
    // EBUSY: a client has it exclusively. When that client leaves, the master gets EIO and the pair is replaced.
    return null
  }
}

/**
 * Reads the master while the slave is not held: returns what there is to read, or whether a client has the slave open.
 */
export function askMaster(master: number): { readonly bytes: Uint8Array | null; readonly someoneThere: boolean } {
  const buffer = Buffer.alloc(READ_BYTES)
  try {
    const count = readSync(master, buffer)
    return { bytes: count > 0 ? buffer.subarray(0, count) : null, someoneThere: count > 0 }
  } catch (error) {
    return { bytes: null, someoneThere: systemErrorCode(error) === 'EAGAIN' }
  }
}

/** Returns what was read, in memory of its own. */
function takenFrom(master: number, buffer: Uint8Array, count: number): Uint8Array {
  return count < FULL_READ_BYTES ? buffer.slice(0, count) : withMore(master, buffer.subarray(0, count))
}

/**
 * Joins a full read with what else can be read now, in memory of its own. The stream would need one turn of the event
 * loop for each 4 kB, and a streaming host would wait for them.
 */
function withMore(master: number, first: Uint8Array): Uint8Array {
  const joined = Buffer.allocUnsafeSlow(BURST_BYTES)
  joined.set(first)
  let length = first.length
  try {
    while (length + FULL_READ_BYTES <= BURST_BYTES) {
      const count = readSync(master, joined, length, BURST_BYTES - length, null)
      length += count
      if (count < FULL_READ_BYTES) break
    }
  } catch {
    // EAGAIN: nothing is left. EIO: the client has left; the stream sees that too.
  }
  return joined.subarray(0, length)
}

/** Reads and discards what the client left unread. Returns the number of bytes. */
export function drain(held: number): number {
  const buffer = Buffer.alloc(READ_BYTES)
  let drainedBytes = 0
  try {
    for (let round = 0; round < DRAIN_ROUNDS; round += 1) {
      const count = readSync(held, buffer)
      if (count === 0) break
      drainedBytes += count
    }
  } catch {
    // EAGAIN: nothing is left.
  }
  return drainedBytes
}
