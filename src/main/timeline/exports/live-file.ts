import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileReason } from '../../host/file-reason.ts'
import { makePrivate, OWNER_ONLY } from '../../host/private-file.ts'

/** A file of the command line that cannot be written: one sentence, exit status 3. */
export class RecordingError extends Error {}

/**
 * A file that grows while the simulator runs. Writing never waits: what the disk has not taken is queued up to a limit. A file that
 * cannot be written any more, or too slowly, is left as it is with a sentence why; everything else goes on.
 */
export class LiveFile {
  private readonly queue: Uint8Array[] = []
  private queuedBytes = 0
  private writtenBytes = 0
  private failure: string | null = null
  private writing: Promise<void> | null = null

  private constructor(
    readonly path: string,
    /** `capture`, `key log`, …: what the person calls it. */
    private readonly name: string,
    private readonly handle: FileHandle,
    private readonly onFault: (sentence: string) => void
  ) {}

  /** Begins the file anew, for its owner alone: it holds what was said in sessions. Rejects with a RecordingError. */
  static async open(path: string, { name, onFault }: LiveFileOptions): Promise<LiveFile> {
    try {
      const handle = await open(path, OPEN_FLAGS, OWNER_ONLY)
      // The file may have been there, readable by others.
      makePrivate(handle.fd)
      return new LiveFile(path, name, handle, onFault)
    } catch (error) {
      throw new RecordingError(`The ${name} ${path} cannot be written: ${fileReason(error)}.`)
    }
  }

  /** Bytes that are in the file. */
  get bytes(): number {
    return this.writtenBytes
  }

  get fault(): string | null {
    return this.failure
  }

  /** The array is kept until it is written. */
  write(bytes: Uint8Array): void {
    if (this.failure !== null || bytes.length === 0) return
    if (this.queuedBytes + bytes.length > MAX_QUEUED_BYTES) {
      return this.fail(`the disk takes it too slowly, and ${MAX_QUEUED_BYTES / 2 ** 20} MiB wait`)
    }
    this.queue.push(bytes)
    this.queuedBytes += bytes.length
    this.writing ??= this.drain()
  }

  /** Writes what is queued and closes. Never rejects. */
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
    // A write that hangs would hold the handle for ever.
    if (this.writing === null) await closing
  }

  private async drain(): Promise<void> {
    try {
      while (this.queue.length > 0 && this.failure === null) {
        // In one call: many small pieces are what a timeline brings.
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
      // Given up in the meantime.
      if (this.failure !== null) return
      await pause(FULL_PIPE_MS)
    }
  }

  /** 0: a pipe is full. */
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
  /** Called once at most, with the whole sentence. */
  onFault(sentence: string): void
}

/** A pipe must not block: neither before somebody reads it nor when nobody goes on reading, for then the program could not end. */
const OPEN_FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NONBLOCK ?? 0)
/** How soon a full pipe is looked at again. */
const FULL_PIPE_MS = 20
/** Some seconds of the fastest data path to a disk that stands still for as long. */
const MAX_QUEUED_BYTES = 32 * 2 ** 20
/** A person who ends the program waits no longer for a disk, or a pipe that nobody reads. */
const CLOSE_LIMIT_MS = 5_000
