import type {
  ExportBegun,
  ExportCalls,
  ExportId,
  ExportPage,
  ExportRequest,
  KeyLogChange,
  SessionOf,
  SessionSecrets
} from '../../../shared/calls/exports.ts'
import type { TimelineEvent, TimelineReporter } from '../../../shared/timeline/events.ts'
import type { EventFilter } from '../../../shared/timeline/filter.ts'
import { decodeMatches } from '../../../shared/timeline/matches.ts'
import type { EventSource } from '../../../shared/timeline/source.ts'
import type { Exporter } from '../../timeline/exporter.ts'
import { exportMakers } from '../../timeline/exports/formats.ts'
import type { KeyLog } from '../../timeline/exports/key-log.ts'
import type { TimelineSearch } from '../../timeline/search.ts'
import type { TranscriptHead } from '../../timeline/transcript/format.ts'

/** The API calls that export the timeline and the secrets of the key log. */
export function exportApi(parts: ExportApiParts): ExportCalls {
  const desk = new ExportDesk(parts)
  return {
    beginExport: (request) => desk.begin(request),
    readExport: async (which) => desk.read(which),
    endExport: async (which) => desk.end(which),
    setKeyLog: async (change) => setKeyLog(change, parts),
    sessionSecrets: async (which) => sessionSecrets(which, parts)
  }
}

export interface ExportApiParts {
  readonly source: EventSource
  /** Finds the events of a filter, within its time limit. */
  readonly search: Pick<TimelineSearch, 'find'>
  readonly timeline: TimelineReporter
  readonly keyLog: KeyLog
  wallMs(): number
  transcriptHead(): TranscriptHead
}

class ExportDesk {
  private readonly open = new Map<number, OpenExport>()
  private lastId = 0

  constructor(private readonly parts: ExportApiParts) {}

  async begin(request: ExportRequest): Promise<ExportBegun> {
    const { source, keyLog } = this.parts
    const maker = exportMakers[request.format]
    const keys = request.format === 'nss-keylog' || (request.format === 'pcapng' && request.secrets)
    if (keys && !keyLog.on) throw new Error(NO_SECRETS)
    const fromSeq = Math.max(request.fromSeq, source.firstSeq)
    const toSeq = Math.min(request.toSeq ?? source.nextSeq, source.nextSeq)
    const lines = keys ? [...keyLog.lines] : []
    const only = maker.usesFilter && request.filter ? await this.matches(request.filter, fromSeq, toSeq) : null
    const oldest = this.open.keys().next()
    if (this.open.size >= MAX_OPEN && !oldest.done) this.open.delete(oldest.value)
    const exportId = ++this.lastId
    const exporter = maker.make({ lookUp: (seq) => source.at(seq), transcriptHead: this.parts.transcriptHead })
    this.open.set(exportId, new OpenExport(exporter, source, { fromSeq, toSeq, only, keys: lines }))
    const stamp = new Date(this.parts.wallMs()).toISOString().slice(0, 19).replaceAll(':', '')
    return { exportId, fileName: `timeline-${stamp}.${maker.ending}` }
  }

  read({ exportId }: ExportId): ExportPage {
    const one = this.open.get(exportId)
    if (one) return one.page()
    const why = exportId <= this.lastId ? `has ended; ${MAX_OPEN} can be open at a time` : 'was never begun'
    throw new Error(`Export ${exportId} ${why}.`)
  }

  end({ exportId }: ExportId): void {
    this.open.delete(exportId)
  }

  /** Returns the `seq` of the matching events. Refuses like `findEvents`. */
  private async matches(filter: EventFilter, from: number, to: number): Promise<Float64Array> {
    const { matches, fromSeq, count } = await this.parts.search.find(filter, from, to)
    return decodeMatches(matches, fromSeq, count)
  }
}

/**
 * One export that is under way. It holds no events: each page reads the store again, which may have dropped some in
 * between.
 */
class OpenExport {
  /** `seq` of the next event; with a filter, the index in `only`. */
  private next: number
  private waiting: Uint8Array[] = []
  private waitingBytes = 0
  private ended = false

  constructor(
    private readonly exporter: Exporter,
    private readonly source: EventSource,
    /** `only`: the events that the filter has found; `null` for the whole range. */
    private readonly what: { fromSeq: number; toSeq: number; only: Float64Array | null; keys: readonly string[] }
  ) {
    this.next = what.only ? 0 : what.fromSeq
    this.hold(exporter.begin())
    if (what.keys.length > 0) this.hold(exporter.addKeys?.(what.keys) ?? null)
  }

  page(): ExportPage {
    this.gather()
    const all = Buffer.concat(this.waiting)
    const bytes = Uint8Array.from(all.subarray(0, PAGE_BYTES))
    const rest = all.subarray(PAGE_BYTES)
    this.waiting = rest.length > 0 ? [rest] : []
    this.waitingBytes = rest.length
    const { fromSeq, toSeq, only } = this.what
    const done = this.ended && rest.length === 0
    const [from, to] = only ? [0, only.length] : [fromSeq, toSeq]
    const progress = to > from ? Math.min(1, (this.next - from) / (to - from)) : 1
    return { bytes, done, progress: done ? 1 : progress }
  }

  private gather(): void {
    if (this.ended) return
    let looked = 0
    for (const [event, next] of this.rest()) {
      if (this.waitingBytes >= PAGE_BYTES || looked >= PAGE_EVENTS) return
      looked += 1
      this.next = next
      if (event) this.hold(this.exporter.add(event))
    }
    this.ended = true
    this.hold(this.exporter.end())
  }

  /**
   * Yields the events that are left, each with the start of the next page. An event is `null` when the store has
   * dropped it.
   */
  private *rest(): Iterable<[TimelineEvent | null, number]> {
    const { only, toSeq } = this.what
    if (only) for (let at = this.next; at < only.length; at += 1) yield [this.source.at(only[at]!), at + 1]
    else for (const event of this.source.range(this.next, toSeq)) yield [event, event.seq + 1]
  }

  private hold(bytes: Uint8Array | null): void {
    if (!bytes || bytes.length === 0) return
    this.waiting.push(bytes)
    this.waitingBytes += bytes.length
  }
}

function setKeyLog({ on }: KeyLogChange, { keyLog, timeline }: ExportApiParts): void {
  if (on === keyLog.on) return
  keyLog.switch(on)
  const sentence = on
    ? 'The key log was switched on: the secrets of TLS sessions that begin from now on are kept.'
    : 'The key log was switched off, and what it held is forgotten.'
  timeline.report({ kind: 'note', sentence })
}

function sessionSecrets({ seq }: SessionOf, { source, keyLog }: ExportApiParts): SessionSecrets {
  if (!keyLog.on) throw new Error('The key log is off: the secrets of a session are kept only while it is on.')
  const hello = clientHelloOf(seq, source)
  if (!hello) throw new Error(`Event ${seq} belongs to no TLS handshake that is still kept.`)
  const found = keyLog.secretsOf(hello.subarray(RANDOM_AT, RANDOM_AT + RANDOM_BYTES))
  if (!found) throw new Error(UNKNOWN_SESSION)
  return found
}

/** Returns the ClientHello of the handshake to which the event belongs. */
function clientHelloOf(seq: number, source: EventSource): Uint8Array | null {
  const event = source.at(seq)
  if (!event) return null
  const connection = connectionOf(event)
  if (connection === null) return null
  // The first segment may be FTP in plain text. ClientHello is the first one that is TLS.
  for (const { what } of source.range(connection, Math.min(source.nextSeq, connection + HANDSHAKE_EVENTS))) {
    if (what.kind !== 'segment' || what.connection !== connection || what.direction !== 'out') continue
    if (isClientHello(what.bytes)) return what.bytes.subarray(RECORD_HEADER_BYTES)
  }
  return null
}

function connectionOf({ seq, what }: TimelineEvent): number | null {
  if (what.kind === 'tcp') return what.connection ?? seq
  return what.kind === 'segment' || what.kind === 'tls' ? (what.connection ?? null) : null
}

/** Returns whether bytes are a handshake record (22) that begins with a ClientHello (1): RFC 2246 6.2.1 and 7.4. */
function isClientHello(bytes: Uint8Array): boolean {
  return (
    bytes.length >= RECORD_HEADER_BYTES + RANDOM_AT + RANDOM_BYTES &&
    bytes[0] === 22 &&
    bytes[RECORD_HEADER_BYTES] === 1
  )
}

const NO_SECRETS =
  'The key log is off, so there are no secrets to export; switch it on before the connection is opened.'
const UNKNOWN_SESSION =
  'The secrets of this session are not known: it began while the key log was off, did not come so far, or is too long ago.'
const RECORD_HEADER_BYTES = 5
/** Offset of the ClientHello random, behind the headers and the version (RFC 2246 7.4.1.2). */
const RANDOM_AT = 6
const RANDOM_BYTES = 32

/** Two windows, each with an export under way and one that was abandoned. */
const MAX_OPEN = 4
const PAGE_BYTES = 2 ** 20
/** Takes some tens of milliseconds, so that a page never holds up the module. */
const PAGE_EVENTS = 20_000
/** More events than a handshake has, with those of other causes in between. */
const HANDSHAKE_EVENTS = 10_000
