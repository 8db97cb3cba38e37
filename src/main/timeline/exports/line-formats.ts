import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { lineOf } from '../../../shared/timeline/reading.ts'
import type { Exporter } from '../exporter.ts'

/**
 * Every event with all its facts, one JSON object a line (https://jsonlines.org). Bytes are `{"hex":"…"}`, which the first line says. Of
 * a secret its name and length are said, and nothing by which a short one could be guessed.
 */
export function jsonLines(): Exporter {
  return lines(
    JSON.stringify({
      format: 'telit-ssl-simulator timeline',
      version: 1,
      bytes: '{"hex":"two digits for each byte"}',
      times: 'milliseconds; wallMs since 1970 UTC'
    }),
    (event) => JSON.stringify(event, withHex)
  )
}

/** What the rows of the window read: time, word and text, one event a line; bytes with control characters by name. */
export function rowText(): Exporter {
  return lines(null, (event) => `${stamp(event)}  ${instanceOf(event)}${lineOf(event.what)}`)
}

/** The same, and below each event that has bytes all of them: sixteen a line, as hexadecimal digits and as text. */
export function rowHex(): Exporter {
  return lines(null, (event) =>
    [`${stamp(event)}  ${instanceOf(event)}${lineOf(event.what)}`, ...hexDump(bytesOf(event))].join('\n')
  )
}

/** NSS key log lines alone: events add nothing. */
export function keyLogLines(): Exporter {
  return {
    begin: () => new Uint8Array(),
    add: () => null,
    end: () => new Uint8Array(),
    addKeys: (keys) => Buffer.from(keys.map((line) => `${line}\n`).join(''), 'latin1')
  }
}

function lines(head: string | null, lineFor: (event: TimelineEvent) => string): Exporter {
  return {
    begin: () => (head === null ? new Uint8Array() : Buffer.from(`${head}\n`)),
    add: (event) => Buffer.from(`${lineFor(event)}\n`),
    end: () => new Uint8Array()
  }
}

/** Looks at the value itself: a `Buffer` has a `toJSON` of its own, which has been applied before. */
function withHex(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (key === 'digest') return undefined
  const itself = this[key]
  return itself instanceof Uint8Array ? { hex: hexOf(itself) } : value
}

/** `2026-11-23T12:00:01.250Z`. */
function stamp({ wallMs }: TimelineEvent): string {
  return new Date(wallMs).toISOString()
}

function instanceOf({ instance }: TimelineEvent): string {
  return instance === null ? '' : `AT${instance} `
}

function bytesOf({ what }: TimelineEvent): Uint8Array | null {
  if (what.kind === 'bytes' || what.kind === 'segment') return what.bytes
  return what.kind === 'tls' && what.trace.kind === 'message' ? (what.trace.raw ?? null) : null
}

function hexDump(bytes: Uint8Array | null): string[] {
  const rows: string[] = []
  for (let at = 0; bytes && at < bytes.length; at += 16) {
    const row = Buffer.from(bytes.subarray(at, at + 16))
    const digits = [...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = row.toString('latin1').replace(/[^\x20-\x7e]/g, '.')
    rows.push(`    ${at.toString(16).padStart(6, '0')}  ${digits.padEnd(47)}  ${text}`)
  }
  return rows
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}
