import type { AtPacket } from './at-line.ts'

/**
 * Returns bytes of the serial line with the tags that tell Wireshark how to show them (LINKTYPE_WIRESHARK_UPPER_PDU;
 * epan/exported_pdu.h): as text or as data, with their own columns. Wireshark's dissector of AT commands is not used:
 * it knows some fifty commands and reports all others, including Telit's, as unknown.
 */
export function atPdu(bytes: Uint8Array, kind: AtPacket['kind'], fromHost: boolean): Uint8Array {
  const direction = Buffer.alloc(4)
  direction.writeUInt32BE(fromHost ? 0 : 1)
  const { dissector, column } = shownAs[kind]
  const info = `${fromHost ? 'Host' : 'Module'}: ${kind === 'data' ? `${bytes.length} bytes` : oneLine(bytes)}`
  return Buffer.concat([
    tag(TAG_DISSECTOR_NAME, dissector),
    tag(TAG_P2P_DIRECTION, direction),
    tag(TAG_COLUMN_PROTOCOL, column),
    tag(TAG_COLUMN_INFO, info),
    tag(TAG_END, ''),
    bytes
  ])
}

const shownAs: Readonly<Record<AtPacket['kind'], { dissector: string; column: string }>> = {
  command: { dissector: 'data-text-lines', column: 'AT' },
  echo: { dissector: 'data-text-lines', column: 'AT echo' },
  data: { dissector: 'data', column: 'AT data' }
}

/** Returns the bytes as one line for people: lines joined, unprintable characters as dots. */
function oneLine(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, MAX_INFO_BYTES)).toString('latin1')
  return text
    .replace(/[\r\n]+/g, ' ')
    .trim()
    .replace(/[^ -~]/g, '.')
}

/** Returns one tag. Values are padded to a multiple of four bytes. */
function tag(code: number, given: string | Uint8Array): Uint8Array {
  const value = typeof given === 'string' ? Buffer.from(given, 'latin1') : given
  const filled = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4)
  filled.writeUInt16BE(code, 0)
  filled.writeUInt16BE(filled.length - 4, 2)
  filled.set(value, 4)
  return filled
}

const TAG_END = 0
const TAG_DISSECTOR_NAME = 12
const TAG_COLUMN_PROTOCOL = 33
const TAG_P2P_DIRECTION = 35
const TAG_COLUMN_INFO = 36
const MAX_INFO_BYTES = 200
