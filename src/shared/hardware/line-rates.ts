/** At this rate, at the rate that host and module are set to, or as fast as it goes. */
export type Pace = number | 'follow' | 'off'

/** Below the slowest rate in use; above what USB adapters offer. */
export const SLOWEST_BAUD = 50
export const FASTEST_BAUD = 4_000_000

/** How a real UART is set, and wired. */
export interface UartFormat {
  readonly parity: 'none' | 'even' | 'odd'
  readonly dataBits: 7 | 8
  readonly stopBits: 1 | 2
  /** RTS and CTS are the system's: it holds either side back by itself. */
  readonly rtscts: boolean
  /** Which line of the module the adapter's DTR output is wired to: an adapter has one output for three lines. */
  readonly dtrDrives: 'dcd' | 'dsr' | 'ri'
}

export const plainUart: UartFormat = { parity: 'none', dataBits: 8, stopBits: 1, rtscts: false, dtrDrives: 'dcd' }
