import type { SerialPort } from 'serialport'
import type { UartFormat } from '../../shared/hardware/line-rates.ts'
import {
  deadLines,
  noHostLines,
  unknownLines,
  type HostLines,
  type ModuleLines,
  type PortLines
} from '../../shared/hardware/port-lines.ts'

/** A drop of DTR must last longer than this to be seen. S25 starts at 60 ms (at-reference 2). */
const LOOK_MS = 20

/**
 * The modem lines of a UART adapter with a crossed cable. Its inputs CTS and DSR are the host's RTS and DTR; its output
 * RTS is the host's CTS, and its output DTR is the host's DCD, DSR or RI, depending on the cable. An adapter without
 * lines (a pty, three wires) returns an error and is not asked again.
 */
export class UartLines {
  readonly #format: UartFormat
  readonly #changed: (lines: HostLines) => void
  #uart: SerialPort | null = null
  #host: HostLines = noHostLines
  #module: ModuleLines = deadLines
  #drives = true
  /** The latest lines passed to `set`, and whether that call is running. */
  #asked = ''
  #setting = false
  #timer: NodeJS.Timeout | null = null

  constructor(format: UartFormat, changed: (lines: HostLines) => void) {
    this.#format = format
    this.#changed = changed
  }

  get now(): PortLines {
    const { rts, dtr } = this.#host
    const { dtrDrives, rtscts } = this.#format
    if (!this.#uart || (rts === null && !this.#drives)) return unknownLines('serial')
    const driven = (line: 'dcd' | 'dsr' | 'ri'): boolean | null =>
      this.#drives && dtrDrives === line ? this.#module[line] : null
    return {
      rts,
      dtr,
      cts: this.#drives && !rtscts ? this.#module.cts : null,
      dsr: driven('dsr'),
      dcd: driven('dcd'),
      ri: driven('ri'),
      why: `An adapter drives two lines: CTS${rtscts ? ' (by itself)' : ''} and, by its DTR, ${dtrDrives.toUpperCase()}.`
    }
  }

  attach(uart: SerialPort): void {
    this.#uart = uart
    this.#drives = true
    this.#asked = ''
    this.#set()
    this.#look(uart)
  }

  stop(): void {
    this.#uart = null
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#tell(noHostLines)
  }

  drive(lines: ModuleLines): void {
    this.#module = lines
    this.#set()
  }

  #set(): void {
    const uart = this.#uart
    if (!uart || !this.#drives || this.#setting) return
    const flags = { rts: this.#format.rtscts || this.#module.cts, dtr: this.#module[this.#format.dtrDrives] }
    const asked = JSON.stringify(flags)
    if (asked === this.#asked) return
    this.#asked = asked
    this.#setting = true
    uart.set(flags, (error) => {
      this.#setting = false
      if (uart !== this.#uart) return this.#set()
      if (error) this.#drives = false
      else this.#set()
    })
  }

  #look(uart: SerialPort): void {
    uart.get((error, status) => {
      // On an error the adapter has no lines: stop polling.
      if (uart !== this.#uart || error || !status) return
      this.#tell({ rts: status.cts, dtr: status.dsr })
      this.#timer = setTimeout(() => this.#look(uart), LOOK_MS)
    })
  }

  #tell(lines: HostLines): void {
    if (lines.rts === this.#host.rts && lines.dtr === this.#host.dtr) return
    this.#host = lines
    this.#changed(lines)
  }
}
