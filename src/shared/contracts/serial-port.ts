import type { HostLines, ModuleLines, PortLines } from '../hardware/port-lines.ts'

export type PortKind = 'pty' | 'tcp' | 'rfc2217' | 'serial'

/**
 * One end of a serial line as the module sees it, whatever carries it: a pty, a TCP connection, a UART.
 * Bytes go both ways; nothing here knows AT commands.
 */
export interface SerialPortEnd {
  /** What a person calls it: `/run/…/tty0`, `tcp 127.0.0.1:5000`, `/dev/ttyUSB0`. */
  readonly name: string
  readonly kind: PortKind
  /** Whether somebody has the other end open. */
  readonly clientPresent: boolean
  /** Its modem lines as they are now; absent: it cannot tell (`unknownLines` says why). */
  readonly lines?: PortLines
  /** The rate that the host has set, and how many bits a byte takes at it; null or absent: it cannot tell. */
  readonly rate?: LineRate | null
  /** What keeps the port from working at present, as one sentence (its UART is unplugged); null or absent: nothing. */
  readonly trouble?: string | null
  /**
   * Sends bytes to the host and never blocks. With no client the bytes are dropped, as on a wire that leads nowhere.
   * Answers false once `highWaterBytes` are waiting: the caller should hold back until `drained` is reported.
   */
  write(bytes: Uint8Array): boolean
  /** Stops and restarts reading from the host (hardware flow control, seen from the module). */
  setReading(reading: boolean): void
  /** Puts the module's lines on the wire; absent where there are none. */
  drive?(lines: ModuleLines): void
  /** Whether what comes is data for the module's connection and not commands; a port that judges its clients wants to know. */
  setOnline?(online: boolean): void
  /** Takes the module's rate, where a real wire has to follow it (`+IPR`). */
  setBaud?(baud: number): void
  /** Whether somebody wants to know `rate` where asking costs something (a pty's speed). */
  followRate?(wanted: boolean): void
  /** Frees the port and removes what it published. Harmless when called twice. */
  close(): Promise<void>
}

/** What a port reports to the one who opened it. */
export interface SerialPortEvents {
  /** Bytes from the host; the array is the listener's to keep. */
  data(bytes: Uint8Array): void
  /** A client opened or closed the other end. `client` names it where that can be known. */
  presence(present: boolean, client: string | null): void
  /** The queue fell below its low-water mark after `write` had answered false. */
  drained(): void
  /** Bytes that were dropped: nobody reads and the queue is full, unless `sentence` says why. */
  overrun(droppedBytes: number, sentence?: string): void
  /** Something the person should know, as one sentence (the pty was made anew, the UART was unplugged). */
  note(sentence: string): void
  /** The host has moved its lines. */
  hostLines?(lines: HostLines): void
  /** The host has set another rate. */
  rate?(rate: LineRate): void
  /** The host threw away what it has sent (`fromHost`) or was to get (`toHost`) and is still on its way (RFC 2217's PURGE-DATA). */
  purge?(what: { readonly fromHost: boolean; readonly toHost: boolean }): void
}

/** How fast a serial wire is. */
export interface LineRate {
  readonly baud: number
  /** With start, parity and stop bits: 10 for 8N1. */
  readonly bitsPerByte: number
}

/** Eight data bits, no parity, one stop bit, and the start bit. */
export const BITS_8N1 = 10
