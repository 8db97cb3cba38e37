import * as v from 'valibot'
import type { HandshakeSnapshot } from './handshakes.ts'

/**
 * Calls of the API that look into a capture file. The file comes from whoever has it, a part at a time; it is only read, the module knows
 * nothing of it, and it is forgotten when it is ended.
 */
export interface CaptureCalls {
  /** Begins to take in a capture; refuses one that is too large. The oldest of more than two ends. */
  beginCapture(file: CaptureFileFacts): Promise<CaptureId>
  /** The next bytes of the capture, or of a key log beside it, in order. */
  addToCapture(part: CapturePart): Promise<void>
  /** Forgets the key log that was added, so that another one can be. */
  forgetKeyLog(which: CaptureId): Promise<void>
  /** Reads what was taken in. Refuses with a sentence what is no capture, and one that nothing can be read of. */
  readCapture(which: CaptureId): Promise<CaptureReading>
  /** The bytes of a message of a handshake, by its `seq`; refuses with a sentence where they are not known. */
  captureMessage(which: CaptureMessageOf): Promise<CaptureMessage>
  /** Lines of the AT interfaces, or what a connection carried, oldest first. */
  captureLines(query: CaptureLineQuery): Promise<readonly CapturedLine[]>
  /** Forgets the capture; harmless when it has ended. */
  endCapture(which: CaptureId): Promise<void>
}

/** What can be looked into; a day of a module that dials once a minute is a third of it. */
export const MAX_CAPTURE_BYTES = 32 * 1024 * 1024
/** Five thousand sessions. */
export const MAX_KEY_LOG_BYTES = 1024 * 1024
/** Of one call: within a message of the WebSocket, which base64 makes a third longer. */
export const MAX_PART_BYTES = 65_536

const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
const captureNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER))

export const captureFileFacts = v.strictObject({
  /** For people, without its folder. */
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
  /** The AT interfaces, or a connection by its number. */
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

/** What a capture holds, without the bytes of its messages and its lines. */
export interface CaptureReading {
  readonly format: 'pcapng' | 'pcap'
  /** The program that wrote it, where it says so. */
  readonly application: string | null
  /** Whether it was this program: then the nearer end of its connections is the module. */
  readonly isOwn: boolean
  readonly packets: number
  /** Wall time of the first packet, milliseconds since 1970 UTC; null: there is none, or it tells no time. */
  readonly beganMs: number | null
  /** Of the file as a whole. */
  readonly comments: readonly string[]
  /** Sessions whose secrets are known, from the capture itself and from a key log beside it. */
  readonly secrets: { readonly inCapture: number; readonly beside: number }
  readonly streams: readonly CapturedStream[]
  /** Lines of the AT interfaces. */
  readonly lines: number
  /** What was left out, and why; a sentence each. */
  readonly notes: readonly string[]
}

/** One TCP connection. Its nearer end is the one that began TLS, or the one that opened it. */
export interface CapturedStream {
  /** Counted from 1. */
  readonly number: number
  readonly near: string
  readonly far: string
  readonly beganMs: number
  readonly packets: number
  /** Bytes that TCP carried, from the nearer end and to it. */
  readonly sentBytes: number
  readonly receivedBytes: number
  /** Null: no handshake of TLS in it. `seq` of its messages is for `captureMessage`; times are wall time. */
  readonly handshake: HandshakeSnapshot | null
  /** Whether what is encrypted in it could be read; null where nothing is. */
  readonly decrypted: boolean | null
  /** What of it cannot be shown, and why; a sentence each. */
  readonly notes: readonly string[]
  /** Comments on its packets. */
  readonly comments: readonly { readonly atMs: number; readonly text: string }[]
  /** Pieces of data, for `captureLines`. */
  readonly lines: number
}

export interface CaptureMessage {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A piece of what went over a serial line or a connection. */
export interface CapturedLine {
  readonly atMs: number
  /** `tx`: from the host, or from the nearer end. */
  readonly direction: 'tx' | 'rx'
  /** `AT0`; empty for a connection. */
  readonly interfaceName: string
  readonly kind: 'command' | 'echo' | 'data' | 'encrypted' | 'missing'
  readonly byteCount: number
  /** Its first bytes; none of what is encrypted or missing. */
  readonly bytes: Uint8Array
  readonly comments: readonly string[]
}

/** Said of a capture or key log, or of the file that it is in. */
export function tooLarge(what: string, bytes: number, maxBytes: number): string {
  return `${what} has ${bytes} bytes; ${maxBytes / 2 ** 20} MiB is the most that can be looked into.`
}
