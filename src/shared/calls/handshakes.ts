import * as v from 'valibot'
import type { TlsRemark } from '../tls/remark.ts'
import type { TlsRecordEvent } from '../tls/trace.ts'

/** The API call for past handshakes. The latest one is in the snapshot too. */
export interface HandshakeCalls {
  /** Returns the latest handshakes of this module with their messages, newest first, at most `KEPT_HANDSHAKES`. */
  handshakes(): Promise<readonly HandshakeSnapshot[]>
}

export const handshakeApiCalls = { handshakes: v.tuple([]) } as const

/** As many as a person compares. With a dozen messages each they take some ten kilobytes. */
export const KEPT_HANDSHAKES = 8

/** One handshake of the SSL socket or of an FTP connection. */
export interface HandshakeSnapshot {
  /** Increases by one with each handshake of this module. */
  readonly id: number
  readonly farEnd: string
  /** Module time in milliseconds. */
  readonly startedMs: number
  readonly finishedMs: number | null
  readonly outcome: 'running' | 'open' | 'failed'
  readonly failure: string | null
  /** The rule that was broken, if known: of the guide, a decision, or a section of an RFC. */
  readonly rule: string | null
  /** The event of the failure; `null` where only the result code reports it. */
  readonly failureSeq: number | null
  readonly messages: readonly HandshakeMessage[]
  /** What was accepted or left out although a person should know of it, in order. */
  readonly remarks: readonly HandshakeRemark[]
  /** What the connection has carried since the handshake. */
  readonly data: HandshakeData
}

/** Application data, in records and in bytes of content. */
export interface HandshakeData {
  readonly sentRecords: number
  readonly sentBytes: number
  readonly receivedRecords: number
  readonly receivedBytes: number
}

/** A remark with its timeline event. */
export interface HandshakeRemark extends TlsRemark {
  readonly seq: number
}

export interface HandshakeMessage {
  /** Its timeline event, which has its bytes. */
  readonly seq: number
  readonly atMs: number
  readonly direction: 'in' | 'out'
  readonly name: string
  readonly bytes: number
  readonly encrypted: boolean
  readonly summary: string
  readonly fatal: boolean
  /** The record that carried it, or the last of several. Messages may share a record. `null` when it is not known. */
  readonly record: HandshakeRecord | null
}

export interface HandshakeRecord extends Pick<TlsRecordEvent, 'plainBytes' | 'encrypted'> {
  /** Its timeline event. */
  readonly seq: number
  /** Counts from 1, in its direction, from the first record of the connection. */
  readonly number: number
  /** Length on the wire, with the header of five bytes. */
  readonly bytes: number
  readonly macBytes: number
}
