import { statSync } from 'node:fs'
import type { SerialPort } from 'serialport'
import type { SerialPortEnd, SerialPortEvents } from '../../shared/serial-port.ts'
import { queueLimitBytes } from './bounded-writer.ts'
import { PortError } from './port-error.ts'

export interface UartBridgeOptions {
  /** `/dev/ttyUSB0`, `COM3`. */
  readonly path: string
  readonly baud: number
  /** How often to look whether the UART is still there, or there again. */
  readonly watchMs?: number
}

/** What most modules and USB adapters start with. */
const defaultBaud = 115_200
/** Above what USB adapters offer; below the slowest rate in use. */
const baudRange = { lowest: 50, highest: 4_000_000 }
const defaultWatchMs = 2_000

/** Reads `PATH` or `PATH@BAUD`; null when it is neither. */
export function parseUartAddress(text: string): { path: string; baud: number } | null {
  const match = /^([^@]+)(?:@(\d{1,8}))?$/.exec(text)
  const path = match?.[1]
  if (!path) return null
  const baud = match[2] === undefined ? defaultBaud : Number(match[2])
  return baud >= baudRange.lowest && baud <= baudRange.highest ? { path, baud } : null
}

/**
 * Bridges a real UART to an AT port: eight data bits, no parity, one stop bit. Rejects with a `PortError`
 * ('uart-failed') when the device is missing, in use or not ours to open. When it is unplugged later, the port says so
 * and takes it back when it returns. A UART does not tell who listens: while it is open, a client counts as present.
 */
export async function openUartBridge(options: UartBridgeOptions, events: SerialPortEvents): Promise<SerialPortEnd> {
  const { SerialPort: Uart } = await loadSerialPort()
  const makeUart = (): SerialPort => new Uart({ path: options.path, baudRate: options.baud, autoOpen: false })
  let uart: SerialPort
  try {
    uart = await open(makeUart())
  } catch (error) {
    throw new PortError('uart-failed', `The serial port ${options.path} cannot be opened: ${reasonOf(error)}.`, error)
  }
  return new UartBridge(uart, makeUart, options, events)
}

class UartBridge implements SerialPortEnd {
  readonly kind = 'serial'
  readonly name: string
  readonly #makeUart: () => SerialPort
  readonly #watchMs: number
  readonly #events: SerialPortEvents
  #uart: SerialPort | null = null
  #reading = true
  #holdingBack = false
  #closed = false
  #watch: NodeJS.Timeout | null = null
  #device: number | null = null

  constructor(uart: SerialPort, makeUart: () => SerialPort, options: UartBridgeOptions, events: SerialPortEvents) {
    this.name = options.path
    this.#makeUart = makeUart
    this.#watchMs = options.watchMs ?? defaultWatchMs
    this.#events = events
    this.#attach(uart)
    // Not before the caller has this object in hand.
    setImmediate(() => {
      if (this.#uart) this.#events.presence(true, null)
    })
  }

  get clientPresent(): boolean {
    return this.#uart !== null
  }

  write(bytes: Uint8Array): boolean {
    const uart = this.#uart
    if (!uart) return true
    const kept = bytes.subarray(0, Math.max(0, queueLimitBytes - uart.writableLength))
    if (kept.length > 0 && !uart.write(Buffer.from(kept))) this.#holdingBack = true
    if (kept.length < bytes.length) this.#events.overrun(bytes.length - kept.length)
    return !this.#holdingBack
  }

  setReading(reading: boolean): void {
    this.#reading = reading
    if (reading) this.#uart?.resume()
    else this.#uart?.pause()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    if (this.#watch) clearTimeout(this.#watch)
    const uart = this.#uart
    this.#uart = null
    if (uart?.isOpen) await new Promise<void>((resolve) => uart.close(() => resolve()))
  }

  #attach(uart: SerialPort): void {
    this.#uart = uart
    // Without a listener the package does not read, and then it does not notice that the device has gone either.
    uart.on('data', (bytes: Uint8Array) => this.#events.data(bytes))
    uart.on('drain', () => this.#resumeProducer())
    uart.on('error', () => this.#lost(uart))
    uart.on('close', () => this.#lost(uart))
    if (!this.#reading) uart.pause()
    this.#device = deviceNumber(this.name)
    this.#lookLater(() => this.#lookWhetherThere(uart))
  }

  /**
   * The package notices an unplugged device only when it waits for bytes at that moment; in the middle of a read it
   * gets an end of file and reads on, for ever and at full load. The name in the file system tells for certain.
   */
  #lookWhetherThere(uart: SerialPort): void {
    if (uart !== this.#uart) return
    if (deviceNumber(this.name) === this.#device) this.#lookLater(() => this.#lookWhetherThere(uart))
    else this.#lost(uart)
  }

  #lost(uart: SerialPort): void {
    if (uart !== this.#uart) return
    this.#uart = null
    if (uart.isOpen) uart.close(() => {})
    this.#events.note(`The serial port ${this.name} is gone; it is taken back as soon as it returns.`)
    this.#events.presence(false, null)
    this.#resumeProducer()
    this.#lookLater(() => void this.#tryReopen())
  }

  #lookLater(look: () => void): void {
    if (this.#watch) clearTimeout(this.#watch)
    this.#watch = setTimeout(look, this.#watchMs)
  }

  async #tryReopen(): Promise<void> {
    let uart: SerialPort
    try {
      uart = await open(this.#makeUart())
    } catch {
      if (!this.#closed) this.#lookLater(() => void this.#tryReopen())
      return
    }
    if (this.#closed) {
      uart.close(() => {})
      return
    }
    this.#attach(uart)
    this.#events.note(`The serial port ${this.name} is back.`)
    this.#events.presence(true, null)
  }

  #resumeProducer(): void {
    if (!this.#holdingBack) return
    this.#holdingBack = false
    this.#events.drained()
  }
}

/** Which device a name leads to; null where there is none, and on Windows, where names are not in the file system. */
function deviceNumber(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.rdev ?? null
}

/** Loaded when first needed: it brings a native module that most runs have no use for. */
async function loadSerialPort(): Promise<typeof import('serialport')> {
  try {
    return await import('serialport')
  } catch (error) {
    throw new PortError('uart-failed', 'The package serialport is not installed, so no UART can be bridged: run npm install.', error)
  }
}

function open(uart: SerialPort): Promise<SerialPort> {
  return new Promise((resolve, reject) => {
    uart.open((error) => (error ? reject(error) : resolve(uart)))
  })
}

/** The package words its errors `Error: Reason, cannot open PATH`. */
function reasonOf(error: unknown): string {
  const message = (error as Error).message
  if (/no such file|file not found/i.test(message)) return 'there is no such device'
  if (/permission|access denied/i.test(message)) return 'this user may not open it (on Linux, the group dialout may)'
  if (/lock|busy/i.test(message)) return 'another program has it'
  return message.replace(/^Error:\s*/, '').replace(/[,;]? cannot open.*$/i, '')
}
