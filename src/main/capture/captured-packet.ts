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
