import type { CapturedLine } from '../../shared/calls/capture.ts'
import type { CapturedPacket } from './captured-packet.ts'
import { MAX_LINE_BYTES } from './limits.ts'

/** What this program writes of its AT instances: LINKTYPE_WIRESHARK_UPPER_PDU, tags before the bytes (timeline/exports/pcapng). */
export const AT_LINK_TYPE = 252

/** Null: it is of another dissector, or malformed. */
export function atLineOf({ bytes, atMs, interfaceName, comments }: CapturedPacket): CapturedLine | null {
  const packet = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let kind: CapturedLine['kind'] | null = null
  let direction: CapturedLine['direction'] | null = null
  let at = 0
  // Every tag moves on by four bytes at least.
  while (packet.length - at >= 4) {
    const code = packet.readUInt16BE(at)
    const length = packet.readUInt16BE(at + 2)
    at += 4
    if (length > packet.length - at) return null
    const value = packet.subarray(at, at + length)
    at += length
    if (code === TAG_END) {
      if (kind === null || direction === null) return null
      const content = packet.subarray(at)
      return {
        atMs,
        direction,
        interfaceName,
        kind,
        byteCount: content.length,
        bytes: Uint8Array.from(content.subarray(0, MAX_LINE_BYTES)),
        comments
      }
    }
    if (code === TAG_DISSECTOR_NAME) kind = dissectors.get(textOf(value)) ?? null
    // Lines of text are what was said or the echo of it; the column tells, where there is one.
    else if (code === TAG_COLUMN_PROTOCOL) kind = columns.get(textOf(value)) ?? kind
    else if (code === TAG_P2P_DIRECTION && length === 4) direction = value.readUInt32BE(0) === 0 ? 'tx' : 'rx'
  }
  return null
}

/** Values are filled up with zeros. */
function textOf(value: Buffer): string {
  let end = value.length
  // By hand: a pattern would start again at each zero of a value that is full of them.
  while (end > 0 && value[end - 1] === 0) end -= 1
  return value.toString('latin1', 0, end)
}

/** A file may name anything, what every object has among it. */
const dissectors: ReadonlyMap<string, CapturedLine['kind']> = new Map([
  ['at', 'command'],
  ['data-text-lines', 'echo'],
  ['data', 'data']
])
const columns: ReadonlyMap<string, CapturedLine['kind']> = new Map([
  ['AT', 'command'],
  ['AT echo', 'echo'],
  ['AT data', 'data']
])

const TAG_END = 0
const TAG_DISSECTOR_NAME = 12
const TAG_COLUMN_PROTOCOL = 33
const TAG_P2P_DIRECTION = 35
