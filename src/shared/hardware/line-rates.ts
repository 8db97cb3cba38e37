/** A fixed rate, the rate to which host and module are set, or no pacing. */
export type Pace = number | 'follow' | 'off'

/** Below the slowest rate in use, and above those of USB adapters. */
export const SLOWEST_BAUD = 50
export const FASTEST_BAUD = 4_000_000

/** The settings and the wiring of a real UART. */
export interface UartFormat {
  readonly parity: 'none' | 'even' | 'odd'
  readonly dataBits: 7 | 8
  readonly stopBits: 1 | 2
  /** The operating system handles RTS and CTS, and pauses both sides by itself. */
  readonly rtscts: boolean
  /** The module's line to which the adapter's DTR output is wired. An adapter has one output for three lines. */
  readonly dtrDrives: 'dcd' | 'dsr' | 'ri'
}

export const plainUart: UartFormat = { parity: 'none', dataBits: 8, stopBits: 1, rtscts: false, dtrDrives: 'dcd' }
