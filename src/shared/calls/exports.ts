import * as v from 'valibot'
import { eventFilter } from '../timeline/filter.ts'

/**
 * Calls of the API that let the timeline out of the program, a page at a time. The receiver keeps the bytes wherever it likes; the
 * simulator itself writes files only where its command line says so.
 */
export interface ExportCalls {
  /**
   * Begins an export; refuses with a sentence when it asks for secrets while the key log is off, and a filter as `findEvents` does. The
   * oldest of more than four ends.
   */
  beginExport(request: ExportRequest): Promise<ExportBegun>
  /** The next part of the file, in order. Refuses when the export has ended. */
  readExport(which: ExportId): Promise<ExportPage>
  /** Forgets an export, finished or not; harmless when it has ended. */
  endExport(which: ExportId): Promise<void>
  /** Switches the key log; off forgets what it held. A note in the timeline says so. */
  setKeyLog(change: KeyLogChange): Promise<void>
  /**
   * The named secrets of the TLS session to which an event belongs: its connection, or a message of its handshake. Refuses with a
   * sentence while the key log is off, and where nothing is known.
   */
  sessionSecrets(which: SessionOf): Promise<SessionSecrets>
}

const seq = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))

export const exportFormats = ['pcapng', 'nss-keylog', 'transcript', 'jsonl', 'text', 'hex'] as const
export type ExportFormat = (typeof exportFormats)[number]

export const exportRequest = v.strictObject({
  format: v.picklist(exportFormats),
  fromSeq: seq,
  /** Without this one; null: up to what is there at the beginning of the export. */
  toSeq: v.nullable(seq),
  /** Captures and transcripts have the whole range whatever the filter says: with holes they cannot be read. */
  filter: v.optional(eventFilter),
  /** Whether a capture holds the key log, so that it opens decrypted. */
  secrets: v.boolean()
})
export const exportId = v.strictObject({ exportId: v.pipe(v.number(), v.integer(), v.minValue(1)) })
export const keyLogChange = v.strictObject({ on: v.boolean() })
export const sessionOf = v.strictObject({ seq })

export type ExportRequest = v.InferOutput<typeof exportRequest>
export type ExportId = v.InferOutput<typeof exportId>
export type KeyLogChange = v.InferOutput<typeof keyLogChange>
export type SessionOf = v.InferOutput<typeof sessionOf>

export const exportApiCalls = {
  beginExport: v.tuple([exportRequest]),
  readExport: v.tuple([exportId]),
  endExport: v.tuple([exportId]),
  setKeyLog: v.tuple([keyLogChange]),
  sessionSecrets: v.tuple([sessionOf])
} as const

export interface ExportBegun {
  readonly exportId: number
  /** A name to save it under, without a folder: `timeline-2026-11-23T120001.pcapng`. */
  readonly fileName: string
}

export interface ExportPage {
  /** At most 1 MiB; may be empty where many events add nothing. */
  readonly bytes: Uint8Array
  readonly done: boolean
  /** 0 to 1. */
  readonly progress: number
}

export interface SessionSecrets {
  readonly farEnd: string
  readonly wallMs: number
  /** In the order in which they come up. */
  readonly secrets: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

export interface KeyLogSnapshot {
  readonly on: boolean
  /** Handshakes whose line is kept. */
  readonly sessions: number
  /** File that the lines go to as they come, or null. */
  readonly file: string | null
}

export interface RecordingSnapshot {
  readonly capture: RecordedFile | null
  readonly keyLog: RecordedFile | null
  readonly transcript: RecordedFile | null
}

/** A file that is written while the simulator runs. */
export interface RecordedFile {
  readonly path: string
  readonly bytes: number
  /** Why nothing more is written to it, in one sentence, or null. */
  readonly fault: string | null
}
