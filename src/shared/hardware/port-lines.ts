/**
 * The modem lines of a serial port, named as on the module's connector; `true` is on. `null` where the port has no such
 * line or cannot see it.
 */
export interface PortLines extends HostLines {
  readonly cts: boolean | null
  readonly dsr: boolean | null
  readonly dcd: boolean | null
  readonly ri: boolean | null
  /** Why lines are `null`, in one sentence; `null` when all are known. */
  readonly why: string | null
}

/** The lines that the host drives. */
export interface HostLines {
  readonly rts: boolean | null
  readonly dtr: boolean | null
}

/** The lines that the module drives. */
export interface ModuleLines {
  readonly cts: boolean
  readonly dsr: boolean
  readonly dcd: boolean
  readonly ri: boolean
}

/** The module's UART: the lines that it drives, and its settings (AT&K, AT+IPR). */
export interface ModuleUart {
  readonly lines: ModuleLines
  readonly flow: FlowControl
  /** `+IPR`; 0 to follow the rate of the host. */
  readonly baud: number
  /** What the host sends is data for a connection. */
  readonly online: boolean
}

/** Flow control by AT&K (at-reference 2.1). */
export interface FlowControl {
  /** The module holds the host back by CTS. */
  readonly byCts: boolean
  /** The module holds the host back by XOFF (0x13). */
  readonly byXoff: boolean
  /** The module stops sending while the host's RTS is off. */
  readonly heedsRts: boolean
  /** XOFF and XON of the host are plain data, obeyed and passed on as data, or obeyed and removed. */
  readonly hostXoff: 'data' | 'heeded' | 'filtered'
}

export const noHostLines: HostLines = { rts: null, dtr: null }

/** A powered-off module drives no line. */
export const deadLines: ModuleLines = { cts: false, dsr: false, dcd: false, ri: false }

export const hardwareFlow: FlowControl = { byCts: true, byXoff: false, heedsRts: true, hostXoff: 'data' }

/** The state before the module has reported its UART. */
export const deadUart: ModuleUart = { lines: deadLines, flow: hardwareFlow, baud: 0, online: false }

/** Returns the lines of a port that cannot see them. */
export function unknownLines(carrier: string): PortLines {
  const why = reasons[carrier] ?? 'This port does not tell the state of its modem lines.'
  return { rts: null, cts: null, dtr: null, dsr: null, dcd: null, ri: null, why }
}

const reasons: Readonly<Record<string, string>> = {
  pty: 'A pty carries bytes only: it has no modem lines.',
  tcp: 'A plain TCP connection carries bytes only: it has no modem lines.',
  rfc2217: 'No client is connected, so there are no modem lines.',
  serial: 'This UART does not tell the state of its modem lines.'
}
