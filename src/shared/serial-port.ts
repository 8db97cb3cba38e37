import type { PortLines } from './port-lines.ts'

/**
 * One end of a serial line as the module sees it, whatever carries it: a pty, a TCP connection, a UART.
 * Bytes go both ways; nothing here knows AT commands.
 */
export interface SerialPortEnd {
  /** What a person calls it: `/run/…/tty0`, `tcp 127.0.0.1:5000`, `/dev/ttyUSB0`. */
  readonly name: string
  readonly kind: 'pty' | 'tcp' | 'serial' | 'window'
  /** Whether somebody has the other end open. */
  readonly clientPresent: boolean
  /** Its modem lines as they are now; absent: it cannot tell (`unknownLines` says why). */
  readonly lines?: PortLines
  /**
   * Sends bytes to the host and never blocks. With no client the bytes are dropped, as on a wire that leads nowhere.
   * Answers false once `highWaterBytes` are waiting: the caller should hold back until `drained` is reported.
   */
  write(bytes: Uint8Array): boolean
  /** Stops and restarts reading from the host (hardware flow control, seen from the module). */
  setReading(reading: boolean): void
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
  /** Bytes that could not be delivered and were dropped (nobody reads, queue full). */
  overrun(droppedBytes: number): void
  /** Something the person should know, as one sentence (the pty was made anew, the UART was unplugged). */
  note(sentence: string): void
}
