import type { HostLines, ModuleLines, PortLines } from '../hardware/port-lines.ts'

export type PortKind = 'pty' | 'tcp' | 'rfc2217' | 'serial'

/**
 * One end of a serial line as the module sees it, over a pty, a TCP connection or a UART. It carries bytes and knows
 * nothing of AT commands.
 */
export interface SerialPortEnd {
  /** Its name for people: `/run/…/tty0`, `tcp 127.0.0.1:5000`, `/dev/ttyUSB0`. */
  readonly name: string
  readonly kind: PortKind
  /** Whether a program has the other end open. */
  readonly clientPresent: boolean
  /** Its present modem lines; absent where they are not known (`unknownLines` says why). */
  readonly lines?: PortLines
  /** The rate that the host has set, with the bits per byte; `null` or absent where it is not known. */
  readonly rate?: LineRate | null
  /**
   * Why the port does not work at present, in one sentence (for example an unplugged UART); `null` or absent otherwise.
   */
  readonly trouble?: string | null
  /**
   * Sends bytes to the host. Never blocks; without a client the bytes are dropped. Returns false once `highWaterBytes`
   * wait, and the caller should wait for `drained`.
   */
  write(bytes: Uint8Array): boolean
  /** Pauses and resumes reading from the host (hardware flow control of the module). */
  setReading(reading: boolean): void
  /** Sets the module's lines; absent where the port has none. */
  drive?(lines: ModuleLines): void
  /** Tells whether bytes are data of a connection or commands. For ports that check who their client is. */
  setOnline?(online: boolean): void
  /** Sets the module's rate, where a real serial line must follow `+IPR`. */
  setBaud?(baud: number): void
  /** Turns `rate` on or off, where reading it has a cost (a pty). */
  followRate?(wanted: boolean): void
  /** Frees the port and removes what it published. Safe to call twice. */
  close(): Promise<void>
}

/** Events of a port. */
export interface SerialPortEvents {
  /** Bytes from the host. The listener may keep the array. */
  data(bytes: Uint8Array): void
  /** A client opened or closed the other end. `client` is its name, if known. */
  presence(present: boolean, client: string | null): void
  /** The queue is below its low-water mark again, after `write` had returned false. */
  drained(): void
  /** Bytes were dropped, because nobody reads and the queue is full; else `sentence` says why. */
  overrun(droppedBytes: number, sentence?: string): void
  /** Something that a person should know, as one sentence (the pty was replaced, the UART was unplugged). */
  note(sentence: string): void
  /** The host has changed its lines. */
  hostLines?(lines: HostLines): void
  /** The host has set another rate. */
  rate?(rate: LineRate): void
  /** The host discarded bytes that are under way: from it (`fromHost`) or to it (`toHost`). PURGE-DATA of RFC 2217. */
  purge?(what: { readonly fromHost: boolean; readonly toHost: boolean }): void
}

/** The rate of a serial line. */
export interface LineRate {
  readonly baud: number
  /** With start, parity and stop bits: 10 for 8N1. */
  readonly bitsPerByte: number
}

/** A start bit, eight data bits, no parity, one stop bit. */
export const BITS_8N1 = 10
