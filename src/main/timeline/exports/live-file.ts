import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileReason } from '../../host/file-reason.ts'
import { makePrivate, OWNER_ONLY } from '../../host/private-file.ts'

/** A file of the command line cannot be written. The message is one sentence; the exit status is 3. */
export class RecordingError extends Error {}

/**
 * A file that grows while the simulator runs. Writing never waits: bytes that the disk has not taken are queued up to a
 * limit. When the disk fails or is too slow, writing ends with one sentence, and the simulator goes on.
 */
export class LiveFile {
  private readonly queue: Uint8Array[] = []
  private queuedBytes = 0
  private writtenBytes = 0
  private failure: string | null = null
  private writing: Promise<void> | null = null

  private constructor(
    readonly path: string,
    /** What the person calls it: `capture`, `key log`, …. */
    private readonly name: string,
    private readonly handle: FileHandle,
    private readonly onFault: (sentence: string) => void
  ) {}

  /**
   * Opens the file empty, readable by its owner only, since it contains the data of sessions. Rejects with a
   * RecordingError.
   */
  static async open(path: string, { name, onFault }: LiveFileOptions): Promise<LiveFile> {
    try {
      const handle = await open(path, OPEN_FLAGS, OWNER_ONLY)
      // The file may have existed, readable by others.
      makePrivate(handle.fd)
      return new LiveFile(path, name, handle, onFault)
    } catch (error) {
      throw new RecordingError(`The ${name} ${path} cannot be written: ${fileReason(error)}.`)
    }
  }

  /** Returns how many bytes are in the file. */
  get bytes(): number {
    return this.writtenBytes
  }

  get fault(): string | null {
    return this.failure
  }

  /** Queues bytes. The array must not change until it is written. */
  write(bytes: Uint8Array): void {
    if (this.failure !== null || bytes.length === 0) return
    if (this.queuedBytes + bytes.length > MAX_QUEUED_BYTES) {
      return this.fail(`the disk takes it too slowly, and ${MAX_QUEUED_BYTES / 2 ** 20} MiB wait`)
    }
    this.queue.push(bytes)
    this.queuedBytes += bytes.length
    this.writing ??= this.drain()
  }

  /** Writes what is queued and closes the file. Never rejects. */
  async close(): Promise<void> {
    let limit: NodeJS.Timeout | undefined
    const gaveUp = new Promise<void>((resolve) => {
      limit = setTimeout(() => {
        this.fail('the disk did not take the rest of it in time')
        resolve()
      }, CLOSE_LIMIT_MS)
    })
    await Promise.race([this.writing ?? Promise.resolve(), gaveUp])
    clearTimeout(limit)
    const closing = this.handle.close().catch((error: unknown) => this.fail(fileReason(error)))
    // A write that hangs would block closing for ever.
    if (this.writing === null) await closing
  }

  private async drain(): Promise<void> {
    try {
      while (this.queue.length > 0 && this.failure === null) {
        // In one call, because the timeline brings many small pieces.
        const bytes = Buffer.concat(this.queue.splice(0))
        await this.writeAll(bytes)
        this.queuedBytes -= bytes.length
      }
    } catch (error) {
      this.fail(fileReason(error))
    }
    this.writing = null
  }

  private async writeAll(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const bytesWritten = await this.writeSome(bytes, at)
      at += bytesWritten
      this.writtenBytes += bytesWritten
      if (bytesWritten > 0) continue
      // Writing may have been given up meanwhile.
      if (this.failure !== null) return
      await pause(FULL_PIPE_MS)
    }
  }

  /** Returns how many bytes were written; 0 when a pipe is full. */
  private async writeSome(bytes: Uint8Array, at: number): Promise<number> {
    try {
      return (await this.handle.write(bytes, at)).bytesWritten
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0
      throw error
    }
  }

  private fail(reason: string): void {
    if (this.failure !== null) return
    this.failure = `The ${this.name} ${this.path} ends after ${this.writtenBytes} bytes: ${reason}.`
    this.queue.length = 0
    this.onFault(this.failure)
  }
}

export interface LiveFileOptions {
  readonly name: string
  /** Called at most once, with the whole sentence. */
  onFault(sentence: string): void
}

/** A pipe must not block, neither before a reader opens it nor when the reader stops: the program could not end. */
const OPEN_FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NONBLOCK ?? 0)
/** Pause before a full pipe is tried again. */
const FULL_PIPE_MS = 20
/** Some seconds of the fastest data path, for a disk that stalls as long. */
const MAX_QUEUED_BYTES = 32 * 2 ** 20
/** How long the end of the program waits for a disk, or for a pipe without a reader. */
const CLOSE_LIMIT_MS = 5_000
