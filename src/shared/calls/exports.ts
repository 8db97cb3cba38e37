import * as v from 'valibot'
import { eventFilter } from '../timeline/filter.ts'

/**
 * API calls that export the timeline, page by page. The client stores the bytes. The simulator itself writes only files
 * that its command line names.
 */
export interface ExportCalls {
  /**
   * Begins an export. Refuses when it asks for secrets while the key log is off, and a wrong filter like `findEvents`.
   * With more than four, the oldest is ended.
   */
  beginExport(request: ExportRequest): Promise<ExportBegun>
  /** Returns the next part of the file. Refuses when the export has ended. */
  readExport(which: ExportId): Promise<ExportPage>
  /** Forgets an export, complete or not. No effect when it has ended. */
  endExport(which: ExportId): Promise<void>
  /** Switches the key log on or off; off forgets its content. Reported on the timeline. */
  setKeyLog(change: KeyLogChange): Promise<void>
  /**
   * Returns the named secrets of the TLS session to which an event belongs: its connection, or a message of its
   * handshake. Refuses while the key log is off, and when they are not known.
   */
  sessionSecrets(which: SessionOf): Promise<SessionSecrets>
}

const seq = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))

export const exportFormats = ['pcapng', 'nss-keylog', 'transcript', 'jsonl', 'text', 'hex'] as const
export type ExportFormat = (typeof exportFormats)[number]

export const exportRequest = v.strictObject({
  format: v.picklist(exportFormats),
  fromSeq: seq,
  /** Excluded; `null` for everything up to the start of the export. */
  toSeq: v.nullable(seq),
  /** Ignored for captures and transcripts, which cannot be read with events missing. */
  filter: v.optional(eventFilter),
  /** Whether a capture includes the key log, so that it can be decrypted. */
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
  /** A suggested file name without folder: `timeline-2026-11-23T120001.pcapng`. */
  readonly fileName: string
}

export interface ExportPage {
  /** At most 1 MiB. May be empty when many events add nothing. */
  readonly bytes: Uint8Array
  readonly done: boolean
  /** From 0 to 1. */
  readonly progress: number
}

export interface SessionSecrets {
  readonly farEnd: string
  readonly wallMs: number
  /** In the order of their derivation. */
  readonly secrets: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

export interface KeyLogSnapshot {
  readonly on: boolean
  /** Number of handshakes with a kept line. */
  readonly sessions: number
  /** File to which the lines are also written, or `null`. */
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
  /** Why it is no longer written, in one sentence, or `null`. */
  readonly fault: string | null
}
