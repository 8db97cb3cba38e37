/**
 * The modem lines of a serial port as the module's connector names them: `true` is on. Null: whatever carries the bytes
 * has no such line, or the simulator cannot see it.
 */
export interface PortLines {
  readonly rts: boolean | null
  readonly cts: boolean | null
  readonly dtr: boolean | null
  readonly dsr: boolean | null
  readonly dcd: boolean | null
  readonly ri: boolean | null
  /** Why lines are null, a sentence for a person; null where every line is known. */
  readonly why: string | null
}

/** The lines of a carrier that tells nothing about them. */
export function unknownLines(carrier: string): PortLines {
  const why = reasons[carrier] ?? 'This port does not tell the state of its modem lines.'
  return { rts: null, cts: null, dtr: null, dsr: null, dcd: null, ri: null, why }
}

const reasons: Readonly<Record<string, string>> = {
  pty: 'A pty carries bytes only: it has no modem lines.',
  tcp: 'A plain TCP connection carries bytes only: it has no modem lines.',
  serial: 'The UART has modem lines, but the bridge passes bytes only and does not read them.'
}
