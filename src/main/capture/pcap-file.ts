import type { CaptureFile, CapturedPacket } from './captured-packet.ts'
import { MAX_PACKETS } from './limits.ts'
import { CaptureRefused } from './refusal.ts'

/**
 * Returns whether a file is pcap, the older format of tcpdump (draft-ietf-opsawg-pcap): a header of 24 bytes, and 16
 * bytes before each packet.
 */
export function isPcap(file: Buffer): boolean {
  return file.length >= 4 && makeOf(file) !== null
}

/** Reads a pcap file. Throws CaptureRefused when its header is cut off. */
export function readPcap(file: Buffer): CaptureFile {
  if (file.length < FILE_HEADER_BYTES)
    throw new CaptureRefused('The file is cut off: it ends within the header of a pcap file.')
  const { little, unitsOfMs } = makeOf(file)!
  const uint32 = (at: number): number => (little ? file.readUInt32LE(at) : file.readUInt32BE(at))
  // The upper half describes frame check sequences.
  const linkType = uint32(20) & 0xffff
  const packets: CapturedPacket[] = []
  const notes: string[] = []
  let at = FILE_HEADER_BYTES
  while (at < file.length) {
    if (packets.length >= MAX_PACKETS) {
      notes.push(`Only the first ${MAX_PACKETS} packets are shown.`)
      break
    }
    const start = at + PACKET_HEADER_BYTES
    const end = start <= file.length ? start + uint32(at + 8) : Infinity
    if (end > file.length) {
      notes.push('The file is cut off within a packet; what stands before it is shown.')
      break
    }
    const atMs = uint32(at) * 1000 + uint32(at + 4) / unitsOfMs
    const bytes = file.subarray(start, end)
    packets.push({
      atMs,
      linkType,
      interfaceId: 0,
      interfaceName: '',
      bytes,
      wireBytes: Math.max(uint32(at + 12), bytes.length),
      comments: []
    })
    at = end
  }
  return { format: 'pcap', application: null, comments: [], packets, keyLogs: [], notes }
}

/** Returns the byte order and the clock units per millisecond, or `null` when the file is not pcap. */
function makeOf(file: Buffer): { little: boolean; unitsOfMs: number } | null {
  for (const little of [true, false]) {
    const magic = little ? file.readUInt32LE(0) : file.readUInt32BE(0)
    if (magic === MICROSECONDS) return { little, unitsOfMs: 1e3 }
    if (magic === NANOSECONDS) return { little, unitsOfMs: 1e6 }
  }
  return null
}

const MICROSECONDS = 0xa1b2c3d4
const NANOSECONDS = 0xa1b23c4d
const FILE_HEADER_BYTES = 24
const PACKET_HEADER_BYTES = 16
