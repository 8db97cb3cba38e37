import * as v from 'valibot'
import type { HandshakeSnapshot } from './handshakes.ts'

/**
 * API calls that read a capture file. The client sends the file in parts. It is only read, has no effect on the module,
 * and is forgotten when it is ended.
 */
export interface CaptureCalls {
  /** Begins a capture. Refuses one that is too large. With more than two, the oldest is ended. */
  beginCapture(file: CaptureFileFacts): Promise<CaptureId>
  /** Adds the next bytes of the capture, or of its key log, in order. */
  addToCapture(part: CapturePart): Promise<void>
  /** Forgets the key log, so that another one can be added. */
  forgetKeyLog(which: CaptureId): Promise<void>
  /** Reads what was added. Refuses a file that is not a capture or of which nothing can be read. */
  readCapture(which: CaptureId): Promise<CaptureReading>
  /** Returns the bytes of a handshake message by its `seq`. Refuses when they are not known. */
  captureMessage(which: CaptureMessageOf): Promise<CaptureMessage>
  /** Returns lines of the AT interfaces, or data of a connection, oldest first. */
  captureLines(query: CaptureLineQuery): Promise<readonly CapturedLine[]>
  /** Forgets the capture. No effect when it has ended. */
  endCapture(which: CaptureId): Promise<void>
}

/** Three times the capture of a day with one dial a minute. */
export const MAX_CAPTURE_BYTES = 32 * 1024 * 1024
/** The secrets of five thousand TLS sessions. */
export const MAX_KEY_LOG_BYTES = 1024 * 1024
/** Bytes in one call. As base64, which is a third longer, they fit a message of the WebSocket. */
export const MAX_PART_BYTES = 65_536

const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
const captureNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER))

export const captureFileFacts = v.strictObject({
  /** For display, without its folder. */
  fileName: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  bytes: whole
})
export const captureId = v.strictObject({ captureId: captureNumber })
export const capturePart = v.strictObject({
  captureId: captureNumber,
  of: v.picklist(['capture', 'key-log']),
  bytes: v.pipe(v.instance(Uint8Array), v.maxLength(MAX_PART_BYTES))
})
export const captureMessageOf = v.strictObject({ captureId: captureNumber, seq: whole })
export const captureLineQuery = v.strictObject({
  captureId: captureNumber,
  /** The AT interfaces, or the number of a connection. */
  of: v.union([v.literal('at'), captureNumber]),
  from: whole,
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500))
})

export type CaptureFileFacts = v.InferOutput<typeof captureFileFacts>
export type CaptureId = v.InferOutput<typeof captureId>
export type CapturePart = v.InferOutput<typeof capturePart>
export type CaptureMessageOf = v.InferOutput<typeof captureMessageOf>
export type CaptureLineQuery = v.InferOutput<typeof captureLineQuery>

export const captureApiCalls = {
  beginCapture: v.tuple([captureFileFacts]),
  addToCapture: v.tuple([capturePart]),
  forgetKeyLog: v.tuple([captureId]),
  readCapture: v.tuple([captureId]),
  captureMessage: v.tuple([captureMessageOf]),
  captureLines: v.tuple([captureLineQuery]),
  endCapture: v.tuple([captureId])
} as const

/** The content of a capture, without the bytes of messages and lines. */
export interface CaptureReading {
  readonly format: 'pcapng' | 'pcap'
  /** The program that wrote it, if it is named. */
  readonly application: string | null
  /** Whether this program wrote it. Then the module is the near end of its connections. */
  readonly isOwn: boolean
  readonly packets: number
  /** Wall time of the first packet in milliseconds since 1970 UTC; `null` when there is none or it has no time. */
  readonly beganMs: number | null
  /** Comments of the file as a whole. */
  readonly comments: readonly string[]
  /** Number of TLS sessions with known secrets, from the capture itself and from the key log. */
  readonly secrets: { readonly inCapture: number; readonly beside: number }
  readonly streams: readonly CapturedStream[]
  /** Number of lines of the AT interfaces. */
  readonly lines: number
  /** What was left out and why, one sentence each. */
  readonly notes: readonly string[]
}

/** One TCP connection. Its near end is the one that started TLS, or else the one that opened it. */
export interface CapturedStream {
  /** Counts from 1. */
  readonly number: number
  readonly near: string
  readonly far: string
  readonly beganMs: number
  readonly packets: number
  /** Bytes carried by TCP, from the near end and to it. */
  readonly sentBytes: number
  readonly receivedBytes: number
  /** `null` when there is no TLS handshake. The `seq` of its messages is for `captureMessage`. Times are wall time. */
  readonly handshake: HandshakeSnapshot | null
  /** Whether the encrypted data could be decrypted; `null` when there is none. */
  readonly decrypted: boolean | null
  /** What cannot be shown and why, one sentence each. */
  readonly notes: readonly string[]
  /** Comments of its packets. */
  readonly comments: readonly { readonly atMs: number; readonly text: string }[]
  /** Number of pieces of data, for `captureLines`. */
  readonly lines: number
}

export interface CaptureMessage {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A piece of data on a serial line or a connection. */
export interface CapturedLine {
  readonly atMs: number
  /** `tx`: from the host, or from the near end. */
  readonly direction: 'tx' | 'rx'
  /** Such as `AT0`; empty for a connection. */
  readonly interfaceName: string
  readonly kind: 'command' | 'echo' | 'data' | 'encrypted' | 'missing'
  readonly byteCount: number
  /** Its first bytes; none of encrypted or missing data. */
  readonly bytes: Uint8Array
  readonly comments: readonly string[]
}

/** Returns the refusal of a capture or key log that is too large. */
export function tooLarge(what: string, bytes: number, maxBytes: number): string {
  return `${what} has ${bytes} bytes; ${maxBytes / 2 ** 20} MiB is the most that can be looked into.`
}
