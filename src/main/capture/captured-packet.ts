/** One packet of a capture file. `bytes` is a view into the file. */
export interface CapturedPacket {
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number
  /** A number of the list at https://www.tcpdump.org/linktypes.html. */
  readonly linkType: number
  /** The number of its interface in the file, and the interface's name (empty if it has none). */
  readonly interfaceId: number
  readonly interfaceName: string
  readonly bytes: Uint8Array
  /** Length on the wire; more than the length of `bytes` where the capture was cut (snapshot length). */
  readonly wireBytes: number
  readonly comments: readonly string[]
}

/** The content of a capture file, before its packets are analysed. */
export interface CaptureFile {
  readonly format: 'pcapng' | 'pcap'
  readonly application: string | null
  readonly comments: readonly string[]
  readonly packets: readonly CapturedPacket[]
  /** The texts of key logs (decryption secrets blocks). */
  readonly keyLogs: readonly string[]
  /** What was left out and why, one sentence each. */
  readonly notes: readonly string[]
}
