import type { SerialPortEnd } from '../../shared/contracts/serial-port.ts'

export interface PtyPortOptions {
  /** The published link to the pty: the only name that clients should use. */
  readonly link: string
  /** Interval for checking whether a client is there, in milliseconds. */
  readonly probeMs?: number
  /** Folder of owner records; by default the user's runtime folder. */
  readonly recordFolder?: string
  /** Loads node-pty; a test makes it fail. */
  readonly loadNodePty?: () => unknown
}

/** An AT port on a pty (Linux, macOS). `name` is the link. */
export interface PtyPort extends SerialPortEnd {
  readonly kind: 'pty'
  readonly link: string
  /** The present target of the link, `/dev/pts/N`. Changes when the pair is replaced. */
  readonly path: string
  /** Bytes that were lost because no client had the port open. */
  readonly undeliveredBytes: number
}
