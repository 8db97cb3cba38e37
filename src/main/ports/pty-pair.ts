import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, readSync } from 'node:fs'
import type { OnReadOpts, SocketConstructorOpts } from 'node:net'
import { ReadStream } from 'node:tty'
import { BoundedWriter, type WriterEvents } from './bounded-writer.ts'
import { fileReason } from '../host/file-reason.ts'
import { KeptMode } from './kept-mode.ts'
import { loadNativePoll, MasterPoll, type MasterPollEvents, type MasterReader } from './master-poll.ts'
import { openNativePty } from './native-pty.ts'
import { PortError, systemErrorCode } from './port-error.ts'

/** One pseudo terminal pair while it lives. */
export interface PtyPair {
  readonly path: string
  readonly master: number
  readonly stream: MasterReader
  readonly writer: BoundedWriter
  /**
   * The slave, held open so that its being closed is no hang-up for the master. `null` while a client is there whose leaving the master
   * will tell, and while a client has the terminal exclusively (TIOCEXCL) and the hold cannot be had back.
   */
  held: number | null
  /** Gives the line its raw mode back, whatever the last client has set. Throws where that cannot be. */
  restoreMode(): void
}

/** The size of one read, and one more than the kernel hands over at once. */
const READ_BYTES = 4_096
/** What the kernel hands over at once at most: less says that there was no more. */
const FULL_READ_BYTES = 4_095
/** Joined before the module gets it: as much as a stream reads at once anywhere else. */
const BURST_BYTES = 65_536
/** More than a slave's input buffer holds; a limit on the drain loop. */
const DRAIN_ROUNDS = 64

/** What a client that sets no speed is taken to have: what most modules are set to. The kernel would say 38400. */
const START_BAUD = '115200'

/** In raw mode `iexten` means nothing; off, it is as `setRawMode` of a tty stream has it (`KeptMode`). */
const RAW_MODE = ['raw', '-echo', '-iexten', 'clocal']

const holdFlags = constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK

/** What was read is in memory of its own. */
export interface PairEvents extends WriterEvents, MasterPollEvents {}

/** Makes a pair in raw mode with its slave held. Throws a `PortError` ('no-pty') when a pair cannot be had. */
export function openPair(events: PairEvents, loadNodePty?: () => unknown): PtyPair {
  const native = openNativePty(loadNodePty)
  let held: number | null = null
  try {
    // Before the link is published: a client that comes in earlier would get its own bytes back as an echo.
    makeRaw(native.path)
    // Opened again by path, because the native one would be inherited by every child process.
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
 * A tty stream that reads into one buffer again and again: a fresh one of 64 kB for each line typed, and the way through the
 * stream's own queue, cost more than the line does.
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
    // An option of every socket (`net.Socket`), which the types do not know.
    const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = { onread }
    super(master, options)
    // EIO: nobody has the slave open, not even the port itself.
    this.on('error', () => {})
    this.resume()
  }

  /** Before the master is closed: with it the path goes, and a link that points there leads nowhere. */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.events.ends()
    super._destroy(error, callback)
  }
}

/** Harmless when called twice. */
export function closePair(pair: PtyPair): void {
  pair.writer.stop()
  if (pair.held !== null) closeSync(pair.held)
  pair.held = null
  pair.stream.destroy()
}

/** Raw mode by stty: what `setRawMode` of a tty stream does to a fresh pty leaves CR LF translation on for the client. */
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

/** Opens the slave without reading from it; null when a client has it exclusively. */
export function tryHold(path: string): number | null {
  try {
    return openSync(path, holdFlags)
  } catch {
    // EBUSY: a client has it exclusively. When that client leaves, the master gets EIO and the pair is made anew.
    return null
  }
}

/** With the hold let go: what is there to read, or whether anybody else has the slave open. */
export function askMaster(master: number): { readonly bytes: Uint8Array | null; readonly someoneThere: boolean } {
  const buffer = Buffer.alloc(READ_BYTES)
  try {
    const count = readSync(master, buffer)
    return { bytes: count > 0 ? buffer.subarray(0, count) : null, someoneThere: count > 0 }
  } catch (error) {
    return { bytes: null, someoneThere: systemErrorCode(error) === 'EAGAIN' }
  }
}

/** What a read has brought, in memory of its own. */
function takenFrom(master: number, buffer: Uint8Array, count: number): Uint8Array {
  return count < FULL_READ_BYTES ? buffer.slice(0, count) : withMore(master, buffer.subarray(0, count))
}

/**
 * After a full read: that piece and what else is there now, joined in memory of its own. The stream would turn the event loop once for each
 * 4 kB, and everything behind it with it; a host that streams then waits for the loop and not for the module.
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
    // EAGAIN: nothing is left. EIO: the client has gone; the stream learns it too.
  }
  return joined.subarray(0, length)
}

/** Reads away what the client left unread; answers how many bytes that were. */
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
