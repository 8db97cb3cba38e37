import type { TimelineEvent } from '../../shared/timeline/events.ts'
import type { EventSource } from '../../shared/timeline/source.ts'

/** A server and the certificates that it sent: DER, its own first. */
export interface MetFarEnd {
  readonly farEnd: string
  readonly chainDer: readonly Uint8Array[]
}

/**
 * The certificates that a server sent last, read from the timeline. The result is kept: a resumed handshake has no
 * certificates, and old events are dropped.
 */
export class LastChain {
  private met: MetFarEnd | null = null
  private readTo = 0

  constructor(private readonly source: EventSource) {}

  /** `null` when no server has sent any since the start. */
  latest(): MetFarEnd | null {
    const { source } = this
    const from = Math.max(this.readTo, source.firstSeq, source.nextSeq - SCAN_EVENTS)
    for (let seq = source.nextSeq - 1; seq >= from; seq--) {
      const event = source.at(seq)
      const chainDer = event && certificatesOf(event)
      if (!event || !chainDer) continue
      this.met = { farEnd: this.farEndOf(event), chainDer }
      break
    }
    this.readTo = source.nextSeq
    return this.met
  }

  /** Returns the server as it was dialled; its address when the command is no longer kept. */
  private farEndOf(event: TimelineEvent): string {
    for (const { what } of this.source.causes(event.seq)) {
      const dialled = what.kind === 'command' ? /^#SSLD=\d+,(\d+),"?([^",]+)"?/i.exec(what.text) : null
      if (dialled) return `${dialled[2]}:${dialled[1]}`
    }
    const connection = event.what.kind === 'tls' ? event.what.connection : undefined
    const opened = connection === undefined ? null : this.source.at(connection)
    const remote = opened?.what.kind === 'tcp' ? opened.what.remote : undefined
    return remote ? `${remote.address}:${remote.port}` : 'the last server'
  }
}

/** Events examined in one call. Each event is examined once only, however long the transfer between two calls. */
const SCAN_EVENTS = 50_000

/** Returns the certificates in a received Certificate message (RFC 2246 7.4.2), or `null` for any other event. */
function certificatesOf({ what }: TimelineEvent): Uint8Array[] | null {
  if (
    what.kind !== 'tls' ||
    what.trace.kind !== 'message' ||
    what.trace.direction !== 'in' ||
    what.trace.name !== 'Certificate'
  )
    return null
  const { raw } = what.trace
  if (!raw || raw.length < HEADER_BYTES) return null
  const chain: Uint8Array[] = []
  for (let at = HEADER_BYTES; at + 3 <= raw.length;) {
    const length = (raw[at]! << 16) | (raw[at + 1]! << 8) | raw[at + 2]!
    if (at + 3 + length > raw.length) return null
    chain.push(raw.slice(at + 3, at + 3 + length))
    at += 3 + length
  }
  return chain.length > 0 ? chain : null
}

/** Type and length of the message, and length of the list. */
const HEADER_BYTES = 7
