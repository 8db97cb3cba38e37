import type {
  HandshakeData,
  HandshakeMessage,
  HandshakeRecord,
  HandshakeRemark,
  HandshakeSnapshot
} from '../../../shared/calls/handshakes.ts'
import type { Clock } from '../../../shared/contracts/clock.ts'
import type { TlsDirection, TlsMessageEvent, TlsRecordEvent, TlsTraceEvent } from '../../../shared/tls/trace.ts'

/** The messages and the outcome of one handshake, for the window. */
export class HandshakeLog {
  private readonly messages: Writable<HandshakeMessage>[] = []
  private readonly remarks: HandshakeRemark[] = []
  private readonly startedMs: number
  private finishedMs: number | null = null
  private outcome: HandshakeSnapshot['outcome'] = 'running'
  private failure: string | null = null
  private rule: string | null = null
  private failureSeq: number | null = null
  private readonly data: Writable<HandshakeData> = {
    sentRecords: 0,
    sentBytes: 0,
    receivedRecords: 0,
    receivedBytes: 0
  }
  private readonly records: Record<TlsDirection, number> = { in: 0, out: 0 }
  private lastRead: HandshakeRecord | null = null
  /** A sent message whose record is still to come. */
  private unsent: Writable<HandshakeMessage> | null = null

  constructor(
    private readonly id: number,
    readonly farEnd: string,
    private readonly clock: Clock
  ) {
    this.startedMs = clock.nowMs()
  }

  /** `seq`: its timeline event. */
  add(trace: TlsTraceEvent, seq: number): void {
    if (trace.kind === 'record') this.addRecord(trace, seq)
    else if (trace.kind === 'message') this.addMessage(trace, seq)
    // A normal chain has a handful of remarks; a hostile one may have more.
    else if (trace.kind === 'remark' && this.remarks.length < MAX_REMARKS) this.remarks.push({ ...trace.remark, seq })
  }

  /** `failureSeq`: the event of the failure, if there is one. */
  end(
    outcome: 'open' | 'failed',
    { failure = null, rule = null, failureSeq = null }: Partial<HandshakeEnd> = {}
  ): void {
    if (this.outcome !== 'running') return
    this.outcome = outcome
    this.failure = failure
    this.rule = rule
    this.failureSeq = failureSeq
    this.finishedMs = this.clock.nowMs()
  }

  snapshot(): HandshakeSnapshot {
    const { id, farEnd, startedMs, finishedMs, outcome, failure, rule, failureSeq } = this
    const messages = this.messages.map((message) => ({ ...message }))
    return {
      id,
      farEnd,
      startedMs,
      finishedMs,
      outcome,
      failure,
      rule,
      failureSeq,
      messages,
      remarks: [...this.remarks],
      data: { ...this.data }
    }
  }

  private addMessage(trace: TlsMessageEvent, seq: number): void {
    // A handshake has a dozen messages, but a peer may send renegotiation attempts and alerts without end.
    if (this.messages.length >= MAX_MESSAGES) return
    const { direction, name, bytes, encrypted, summary, fatal } = trace
    const record = direction === 'in' ? this.lastRead : null
    const message = { seq, atMs: this.clock.nowMs(), direction, name, bytes, encrypted, summary, fatal, record }
    this.messages.push(message)
    if (direction === 'out') this.unsent = message
  }

  private addRecord(
    { direction, contentType, wireBytes, plainBytes, encrypted, macBytes = 0 }: TlsRecordEvent,
    seq: number
  ): void {
    const number = ++this.records[direction]
    if (contentType === 'application_data') return this.countData(direction, plainBytes)
    const record = { seq, number, bytes: RECORD_HEADER_BYTES + wireBytes, plainBytes, encrypted, macBytes }
    if (direction === 'in') this.lastRead = record
    else if (this.unsent) this.unsent.record = record
  }

  private countData(direction: TlsDirection, bytes: number): void {
    const { data } = this
    if (direction === 'out') {
      data.sentRecords += 1
      data.sentBytes += bytes
    } else {
      data.receivedRecords += 1
      data.receivedBytes += bytes
    }
  }
}

export type HandshakeEnd = Pick<HandshakeSnapshot, 'failure' | 'rule' | 'failureSeq'>

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

const MAX_MESSAGES = 100
const MAX_REMARKS = 20
const RECORD_HEADER_BYTES = 5
