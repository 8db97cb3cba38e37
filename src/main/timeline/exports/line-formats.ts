import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { lineOf } from '../../../shared/timeline/reading.ts'
import type { Exporter } from '../exporter.ts'

/**
 * Writes every event with all its facts, one JSON object a line (https://jsonlines.org). The first line explains that
 * bytes are `{"hex":"…"}`. Of a secret only name and length are written: a digest would make a short one easy to guess.
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

/**
 * Writes the text of the window's rows: time, word and text, one event a line. Control characters are written by name.
 */
export function rowText(): Exporter {
  return lines(null, (event) => `${stamp(event)}  ${instanceOf(event)}${lineOf(event.what)}`)
}

/** Writes the same as `rowText`, and below each event all its bytes, sixteen a line, as hexadecimal digits and text. */
export function rowHex(): Exporter {
  return lines(null, (event) =>
    [`${stamp(event)}  ${instanceOf(event)}${lineOf(event.what)}`, ...hexDump(bytesOf(event))].join('\n')
  )
}

/** Writes only the lines of the NSS key log; events add nothing. */
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

/**
 * Replaces bytes by hexadecimal digits. Reads the value from `this`, because `toJSON` of a `Buffer` has been applied to
 * the argument.
 */
function withHex(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (key === 'digest') return undefined
  const itself = this[key]
  return itself instanceof Uint8Array ? { hex: hexOf(itself) } : value
}

/** Returns a time such as `2026-11-23T12:00:01.250Z`. */
function stamp({ wallMs }: TimelineEvent): string {
  return new Date(wallMs).toISOString()
}

function instanceOf({ instance }: TimelineEvent): string {
  return instance === null ? '' : `AT${instance} `
}

function bytesOf({ what }: TimelineEvent): Uint8Array | null {
  if (what.kind === 'bytes' || what.kind === 'segment' || what.kind === 'datagram') return what.bytes
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
