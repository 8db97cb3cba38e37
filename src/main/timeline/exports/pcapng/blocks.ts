// The blocks of a pcapng file (draft-ietf-opsawg-pcapng, sections 3 and 4), little endian. Each function returns one
// whole block.

/** Section Header Block: begins a file. */
export function sectionHeader(application: string, comment: string): Uint8Array {
  const fixed = Buffer.alloc(16)
  fixed.writeUInt32LE(BYTE_ORDER_MAGIC, 0)
  fixed.writeUInt16LE(1, 4)
  // Section length: unknown while the file is being written.
  fixed.fill(0xff, 8)
  return block(
    SECTION_HEADER,
    fixed,
    options([
      [OPT_COMMENT, comment],
      [SHB_USERAPPL, application]
    ])
  )
}

/**
 * Interface Description Block. Interfaces are numbered from 0 in the order of their blocks. Times are in microseconds.
 */
export function interfaceDescription(linkType: number, name: string, description: string): Uint8Array {
  const fixed = Buffer.alloc(8)
  fixed.writeUInt16LE(linkType, 0)
  return block(
    INTERFACE_DESCRIPTION,
    fixed,
    options([
      [IF_NAME, name],
      [IF_DESCRIPTION, description]
    ])
  )
}

/** Enhanced Packet Block. `atMs`: milliseconds since 1970 UTC. Each comment is one sentence or more. */
export function enhancedPacket({ interfaceId, atMs, bytes, outbound, comments }: Packet): Uint8Array {
  const us = Math.round(atMs * 1000)
  const fixed = Buffer.alloc(20)
  fixed.writeUInt32LE(interfaceId, 0)
  fixed.writeUInt32LE(Math.floor(us / 2 ** 32), 4)
  fixed.writeUInt32LE(us % 2 ** 32, 8)
  fixed.writeUInt32LE(bytes.length, 12)
  fixed.writeUInt32LE(bytes.length, 16)
  const flags = Buffer.alloc(4)
  flags.writeUInt32LE(outbound ? OUTBOUND : INBOUND)
  const said = comments.map((comment): Option => [OPT_COMMENT, comment])
  return block(ENHANCED_PACKET, fixed, bytes, padding(bytes.length), options([...said, [EPB_FLAGS, flags]]))
}

/** Decryption Secrets Block with lines of an NSS key log. It must precede the packets that need them. */
export function decryptionSecrets(lines: readonly string[]): Uint8Array {
  const keyLog = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1')
  const fixed = Buffer.alloc(8)
  fixed.writeUInt32LE(TLS_KEY_LOG, 0)
  fixed.writeUInt32LE(keyLog.length, 4)
  return block(DECRYPTION_SECRETS, fixed, keyLog, padding(keyLog.length))
}

export interface Packet {
  readonly interfaceId: number
  readonly atMs: number
  readonly bytes: Uint8Array
  /** Direction, seen from the module on a network interface and from the host on a serial one. */
  readonly outbound: boolean
  readonly comments: readonly string[]
}

type Option = readonly [code: number, value: string | Uint8Array]

function block(type: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bodyBytes = parts.reduce((sum, part) => sum + part.length, 0)
  const head = Buffer.alloc(8)
  const foot = Buffer.alloc(4)
  head.writeUInt32LE(type, 0)
  head.writeUInt32LE(bodyBytes + 12, 4)
  foot.writeUInt32LE(bodyBytes + 12, 0)
  return Buffer.concat([head, ...parts, foot])
}

function options(list: readonly Option[]): Uint8Array {
  const pieces = list.flatMap(([code, given]) => {
    const value = typeof given === 'string' ? shortened(given) : given
    const head = Buffer.alloc(4)
    head.writeUInt16LE(code, 0)
    head.writeUInt16LE(value.length, 2)
    return [head, value, padding(value.length)]
  })
  return Buffer.concat([...pieces, Buffer.alloc(4)])
}

function shortened(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8')
  // Do not cut within a UTF-8 character: the byte after the cut must begin one.
  let end = Math.min(bytes.length, MAX_COMMENT_BYTES)
  while (end < bytes.length && (bytes[end]! & 0xc0) === 0x80) end--
  return bytes.subarray(0, end)
}

function padding(bytes: number): Uint8Array {
  return PADDING.subarray(0, (4 - (bytes % 4)) % 4)
}

const PADDING = new Uint8Array(4)

const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE_DESCRIPTION = 1
const ENHANCED_PACKET = 6
const DECRYPTION_SECRETS = 10
const BYTE_ORDER_MAGIC = 0x1a2b3c4d
const TLS_KEY_LOG = 0x544c534b

const OPT_COMMENT = 1
const SHB_USERAPPL = 4
const IF_NAME = 2
const IF_DESCRIPTION = 3
const EPB_FLAGS = 2
const INBOUND = 1
const OUTBOUND = 2

/** An option's length has 16 bits. All comments here are much shorter. */
const MAX_COMMENT_BYTES = 4000
