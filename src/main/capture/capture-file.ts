import type { CaptureFile } from './captured-packet.ts'
import { isPcap, readPcap } from './pcap-file.ts'
import { isPcapng, readPcapng } from './pcapng-file.ts'
import { CaptureRefused } from './refusal.ts'

/**
 * Reads a capture file of either format. Throws CaptureRefused when it is not a capture. Never reads past the end of
 * the file.
 */
export function readCaptureFile(bytes: Uint8Array): CaptureFile {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length === 0) throw new CaptureRefused('The file is empty.')
  if (isPcapng(file)) return readPcapng(file)
  if (isPcap(file)) return readPcap(file)
  if (file.length >= 2 && file[0] === 0x1f && file[1] === 0x8b)
    throw new CaptureRefused('The file is compressed with gzip; unpack it first (gunzip).')
  throw new CaptureRefused('The file is no capture: it begins neither as pcapng nor as pcap does.')
}
