import * as v from 'valibot'
import type { TlsRemark } from '../tls/remark.ts'
import type { TlsRecordEvent } from '../tls/trace.ts'

/** The call of the API that tells of handshakes that are over; the newest is in the snapshot too. */
export interface HandshakeCalls {
  /** The newest handshakes of this module, newest first, at most `keptHandshakes`, each with its messages. */
  handshakes(): Promise<readonly HandshakeSnapshot[]>
}

export const handshakeApiCalls = { handshakes: v.tuple([]) } as const

/** As many as a person compares; with a dozen messages each they stay some ten kilobytes. */
export const KEPT_HANDSHAKES = 8

/** One handshake of the SSL socket or of one of FTP's connections. */
export interface HandshakeSnapshot {
  /** Grows by one with each handshake of this module. */
  readonly id: number
  readonly farEnd: string
  /** Module time, milliseconds. */
  readonly startedMs: number
  readonly finishedMs: number | null
  readonly outcome: 'running' | 'open' | 'failed'
  readonly failure: string | null
  /** The rule that was broken, where one is known: a rule of the guide, a decision, a section of an RFC. */
  readonly rule: string | null
  /** Event that tells of the failure; null where only the answer does. */
  readonly failureSeq: number | null
  readonly messages: readonly HandshakeMessage[]
  /** What was let pass or left out in it, in the order in which it came. */
  readonly remarks: readonly HandshakeRemark[]
  /** What the connection has carried since. */
  readonly data: HandshakeData
}

/** Application data, counted in records and in bytes of content. */
export interface HandshakeData {
  readonly sentRecords: number
  readonly sentBytes: number
  readonly receivedRecords: number
  readonly receivedBytes: number
}

/** A remark, with its event in the timeline. */
export interface HandshakeRemark extends TlsRemark {
  readonly seq: number
}

export interface HandshakeMessage {
  /** Its event in the timeline, which has its bytes. */
  readonly seq: number
  readonly atMs: number
  readonly direction: 'in' | 'out'
  readonly name: string
  readonly bytes: number
  readonly encrypted: boolean
  readonly summary: string
  readonly fatal: boolean
  /** The record that carried it, or the last of several; messages may share one. Null: not known. */
  readonly record: HandshakeRecord | null
}

export interface HandshakeRecord extends Pick<TlsRecordEvent, 'plainBytes' | 'encrypted'> {
  /** Its event in the timeline. */
  readonly seq: number
  /** Counted from 1 in its direction, from the first record of the connection on. */
  readonly number: number
  /** Length on the wire with the header of five bytes. */
  readonly bytes: number
  readonly macBytes: number
}
