/**
 * The modem lines of a serial port as the module's connector names them: `true` is on. Null: whatever carries the bytes
 * has no such line, or the simulator cannot see it.
 */
export interface PortLines extends HostLines {
  readonly cts: boolean | null
  readonly dsr: boolean | null
  readonly dcd: boolean | null
  readonly ri: boolean | null
  /** Why lines are null, a sentence for a person; null where every line is known. */
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

/** The module's side of its UART: what it drives, and how it is set (AT&K, AT+IPR). */
export interface ModuleUart {
  readonly lines: ModuleLines
  readonly flow: FlowControl
  /** `+IPR`; 0: it takes the rate of its host. */
  readonly baud: number
  /** What the host sends is data for a connection. */
  readonly online: boolean
}

/** Flow control as AT&K sets it (at-reference 2.1). */
export interface FlowControl {
  /** The module holds the host back by CTS … */
  readonly byCts: boolean
  /** … or by XOFF, byte 0x13. */
  readonly byXoff: boolean
  /** The module stops sending while the host's RTS is off. */
  readonly heedsRts: boolean
  /** What the host's XOFF and XON are: data, or heeded, and then data as well or not. */
  readonly hostXoff: 'data' | 'heeded' | 'filtered'
}

export const noHostLines: HostLines = { rts: null, dtr: null }

/** A module that is off drives nothing. */
export const deadLines: ModuleLines = { cts: false, dsr: false, dcd: false, ri: false }

export const hardwareFlow: FlowControl = { byCts: true, byXoff: false, heedsRts: true, hostXoff: 'data' }

/** Before a module has said anything. */
export const deadUart: ModuleUart = { lines: deadLines, flow: hardwareFlow, baud: 0, online: false }

/** The lines of a carrier that tells nothing about them. */
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
