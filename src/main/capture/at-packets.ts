import type { CapturedLine } from '../../shared/calls/capture.ts'
import type { CapturedPacket } from './captured-packet.ts'
import { MAX_LINE_BYTES } from './limits.ts'

/**
 * The link type with which this program exports its AT instances: LINKTYPE_WIRESHARK_UPPER_PDU, with tags before the
 * bytes.
 */
export const AT_LINK_TYPE = 252

/** Returns the AT line in a packet, or `null` when the packet belongs to another dissector or is malformed. */
export function atLineOf({ bytes, atMs, interfaceName, comments }: CapturedPacket): CapturedLine | null {
  const packet = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let kind: CapturedLine['kind'] | null = null
  let direction: CapturedLine['direction'] | null = null
  let at = 0
  // Ends in any case: every tag is at least four bytes long.
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
    // The column tag tells a command or response from its echo, which has the same dissector.
    else if (code === TAG_COLUMN_PROTOCOL) kind = columns.get(textOf(value)) ?? kind
    else if (code === TAG_P2P_DIRECTION && length === 4) direction = value.readUInt32BE(0) === 0 ? 'tx' : 'rx'
  }
  return null
}

/** Returns the text of a tag value, which is padded with zeros. */
function textOf(value: Buffer): string {
  let end = value.length
  // Not by a regular expression: on a value full of zeros it would start again at each of them.
  while (end > 0 && value[end - 1] === 0) end -= 1
  return value.toString('latin1', 0, end)
}

/** A Map, not an object: a name from the file could be that of an inherited property. */
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
