import { isPcap, readPcap } from './pcap-file.ts'
import { isPcapng, readPcapng } from './pcapng-file.ts'
import { CaptureRefused } from './refusal.ts'

/** A packet as a capture file has it. `bytes` is a view of the file. */
export interface CapturedPacket {
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number
  /** https://www.tcpdump.org/linktypes.html */
  readonly linkType: number
  /** Number of its interface in the file, and what it is called; empty where it has no name. */
  readonly interfaceId: number
  readonly interfaceName: string
  readonly bytes: Uint8Array
  /** Length on the wire; more than `bytes` where the capture was told to cut. */
  readonly wireBytes: number
  readonly comments: readonly string[]
}

/** What is in a capture file, whatever is in its packets. */
export interface CaptureFile {
  readonly format: 'pcapng' | 'pcap'
  readonly application: string | null
  readonly comments: readonly string[]
  readonly packets: readonly CapturedPacket[]
  /** Texts of key logs (decryption secrets). */
  readonly keyLogs: readonly string[]
  /** What was left out, and why. */
  readonly notes: readonly string[]
}

/** Reads the file; throws CaptureRefused where it is no capture. Never reads past its end, however it is made. */
export function readCaptureFile(bytes: Uint8Array): CaptureFile {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length === 0) throw new CaptureRefused('The file is empty.')
  if (isPcapng(file)) return readPcapng(file)
  if (isPcap(file)) return readPcap(file)
  if (file.length >= 2 && file[0] === 0x1f && file[1] === 0x8b) throw new CaptureRefused('The file is compressed with gzip; unpack it first (gunzip).')
  throw new CaptureRefused('The file is no capture: it begins neither as pcapng nor as pcap does.')
}
