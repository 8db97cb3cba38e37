import {
  MAX_CAPTURE_BYTES,
  MAX_KEY_LOG_BYTES,
  tooLarge,
  type CaptureCalls,
  type CapturedLine,
  type CaptureFileFacts,
  type CaptureId,
  type CaptureLineQuery,
  type CaptureMessage,
  type CaptureMessageOf,
  type CapturePart,
  type CaptureReading
} from '../../../shared/calls/capture.ts'
import { builtCaptureWorker, readInThread } from '../../capture/in-thread.ts'
import { readCapture, type ReadCapture } from '../../capture/read-capture.ts'

/** Reads a capture. Rejects with one sentence. */
export type ReadsCaptures = (bytes: Uint8Array, keyLog: string | null) => Promise<ReadCapture>

/** The API calls that read captures. A capture is kept in memory until it is ended, and nothing is written. */
export function captureApi(reads: ReadsCaptures = defaultReader()): CaptureCalls {
  const desk = new CaptureDesk(reads)
  return {
    beginCapture: async (file) => desk.begin(file),
    addToCapture: async (part) => desk.add(part),
    forgetKeyLog: async (which) => desk.forgetKeyLog(which),
    readCapture: (which) => desk.read(which),
    captureMessage: async (which) => desk.message(which),
    captureLines: async (query) => desk.lines(query),
    endCapture: async (which) => desk.end(which)
  }
}

interface OpenCapture {
  readonly fileName: string
  /** As announced by `beginCapture`. */
  readonly bytes: number
  readonly capture: Gathered
  readonly keyLog: Gathered
  read: ReadCapture | null
}

class CaptureDesk {
  private readonly open = new Map<number, OpenCapture>()
  private lastId = 0
  /** Readings that run or wait. */
  private readings = 0
  private lastReading: Promise<unknown> = Promise.resolve()

  constructor(private readonly reads: ReadsCaptures) {}

  begin({ fileName, bytes }: CaptureFileFacts): CaptureId {
    if (bytes > MAX_CAPTURE_BYTES) throw new Error(tooLarge(fileName, bytes, MAX_CAPTURE_BYTES))
    const oldest = this.open.keys().next()
    if (this.open.size >= MAX_OPEN && !oldest.done) this.open.delete(oldest.value)
    const captureId = ++this.lastId
    this.open.set(captureId, { fileName, bytes, capture: new Gathered(), keyLog: new Gathered(), read: null })
    return { captureId }
  }

  add({ captureId, of, bytes }: CapturePart): void {
    const { fileName, bytes: announced, capture, keyLog } = this.known(captureId)
    const isCapture = of === 'capture'
    const to = isCapture ? capture : keyLog
    if (isCapture && to.bytes + bytes.length > announced)
      throw new Error(`${fileName} was announced with ${announced} bytes, and more came.`)
    if (!isCapture && to.bytes + bytes.length > MAX_KEY_LOG_BYTES)
      throw new Error(tooLarge('The key log', to.bytes + bytes.length, MAX_KEY_LOG_BYTES))
    to.add(bytes)
  }

  forgetKeyLog({ captureId }: CaptureId): void {
    this.known(captureId).keyLog.clear()
  }

  async read({ captureId }: CaptureId): Promise<CaptureReading> {
    const one = this.known(captureId)
    if (one.capture.bytes < one.bytes)
      throw new Error(`${one.fileName} has ${one.bytes} bytes, and only ${one.capture.bytes} came.`)
    const keyLog = one.keyLog.bytes > 0 ? Buffer.from(one.keyLog.all()).toString('latin1') : null
    one.read = await this.oneAtATime(() => this.reads(one.capture.all(), keyLog))
    return one.read.reading
  }

  message({ captureId, seq }: CaptureMessageOf): CaptureMessage {
    const message = this.readOne(captureId).messages[seq]
    if (!message) throw new Error(`The capture has no message ${seq}.`)
    if (!message.bytes) throw new Error('It is encrypted, and stays so without the secrets of its session.')
    return { name: message.name, bytes: message.bytes }
  }

  lines({ captureId, of, from, limit }: CaptureLineQuery): readonly CapturedLine[] {
    const { atLines, streamLines } = this.readOne(captureId)
    const lines = of === 'at' ? atLines : streamLines[of - 1]
    if (!lines) throw new Error(`The capture has no connection ${of}.`)
    return lines.slice(from, from + limit)
  }

  end({ captureId }: CaptureId): void {
    this.open.delete(captureId)
  }

  /** Runs one reading at a time: a thread for each could use up the memory of the machine. */
  private async oneAtATime<Result>(reading: () => Promise<Result>): Promise<Result> {
    if (this.readings >= MAX_READINGS) throw new Error(`${MAX_READINGS} captures are being read already.`)
    this.readings += 1
    const mine = this.lastReading.then(reading)
    this.lastReading = mine.catch(() => undefined)
    try {
      return await mine
    } finally {
      this.readings -= 1
    }
  }

  private readOne(captureId: number): ReadCapture {
    const { read, fileName } = this.known(captureId)
    if (!read) throw new Error(`${fileName} has not been read yet.`)
    return read
  }

  private known(captureId: number): OpenCapture {
    const one = this.open.get(captureId)
    if (one) return one
    throw new Error(
      `Capture ${captureId} ${captureId <= this.lastId ? `was closed; ${MAX_OPEN} can be open at a time` : 'was never begun'}.`
    )
  }
}

/** Bytes that arrive in parts. */
class Gathered {
  bytes = 0
  private parts: Uint8Array[] = []

  add(part: Uint8Array): void {
    // An empty part would only take a place in the list.
    if (part.length === 0) return
    this.parts.push(part)
    this.bytes += part.length
  }

  /** Returns all bytes in one piece, and keeps them so. */
  all(): Uint8Array {
    if (this.parts.length !== 1) this.parts = [Buffer.concat(this.parts)]
    return this.parts[0]!
  }

  clear(): void {
    this.parts = []
    this.bytes = 0
  }
}

/** Returns the reader: a thread in the built program, this thread when running from sources. */
function defaultReader(): ReadsCaptures {
  const worker = builtCaptureWorker()
  return worker === null
    ? async (bytes, keyLog) => readCapture(bytes, keyLog)
    : (bytes, keyLog) => readInThread(worker, bytes, keyLog)
}

/** A window, and perhaps a browser beside it. */
const MAX_OPEN = 2
const MAX_READINGS = 4
