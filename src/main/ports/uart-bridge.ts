import { statSync } from 'node:fs'
import type { SerialPort } from 'serialport'
import type { LineRate, SerialPortEnd, SerialPortEvents } from '../../shared/contracts/serial-port.ts'
import { plainUart, type UartFormat } from '../../shared/hardware/line-rates.ts'
import type { ModuleLines, PortLines } from '../../shared/hardware/port-lines.ts'
import { QUEUE_LIMIT_BYTES } from './bounded-writer.ts'
import { PortError } from './port-error.ts'
import { UartLines } from './uart-lines.ts'
import { whyNoUart } from './uart-refusal.ts'

export interface UartBridgeOptions {
  /** Such as `/dev/ttyUSB0` or `COM3`. */
  readonly path: string
  readonly baud: number
  /** 8N1 without flow control by default. */
  readonly format?: UartFormat
  /** Interval for checking whether the UART is still there; also the first interval for checking whether it is back. */
  readonly watchMs?: number
}

const DEFAULT_WATCH_MS = 500
/** An unplugged UART may stay away for hours: the interval doubles up to this. */
const SLOWEST_RETRY_MS = 4_000

/**
 * Connects a real UART to an AT port. Rejects with a `PortError` ('uart-failed') when the device is missing, in use or
 * may not be opened. When it is unplugged, the port reports it and opens it again when it is back. A UART does not show
 * whether a host is connected, so a client counts as present while it is open.
 */
export async function openUartBridge(options: UartBridgeOptions, events: SerialPortEvents): Promise<SerialPortEnd> {
  const { SerialPort: Uart } = await loadSerialPort()
  const { parity, dataBits, stopBits, rtscts } = options.format ?? plainUart
  const { path } = options
  const makeUart = (baudRate: number): SerialPort =>
    new Uart({ path, baudRate, parity, dataBits, stopBits, rtscts, autoOpen: false })
  let uart: SerialPort
  try {
    uart = await open(makeUart(options.baud))
  } catch (error) {
    throw new PortError(
      'uart-failed',
      `The serial port ${options.path} cannot be opened: ${whyNoUart(error, options.path)}.`,
      error
    )
  }
  return new UartBridge(uart, makeUart, options, events)
}

class UartBridge implements SerialPortEnd {
  readonly kind = 'serial'
  readonly name: string
  readonly #makeUart: (baudRate: number) => SerialPort
  readonly #watchMs: number
  readonly #format: UartFormat
  readonly #events: SerialPortEvents
  readonly #lines: UartLines
  #baud: number
  #uart: SerialPort | null = null
  #trouble: string | null = null
  #retryMs: number
  #reading = true
  #holdingBack = false
  #closed = false
  #watch: NodeJS.Timeout | null = null
  #device: number | null = null

  constructor(
    uart: SerialPort,
    makeUart: (baudRate: number) => SerialPort,
    options: UartBridgeOptions,
    events: SerialPortEvents
  ) {
    this.name = options.path
    this.#makeUart = makeUart
    this.#baud = options.baud
    this.#watchMs = options.watchMs ?? DEFAULT_WATCH_MS
    this.#retryMs = this.#watchMs
    this.#format = options.format ?? plainUart
    this.#events = events
    this.#lines = new UartLines(this.#format, (lines) => events.hostLines?.(lines))
    this.#attach(uart)
    // Deferred: the caller does not have this object yet.
    setImmediate(() => {
      if (this.#uart) this.#events.presence(true, null)
    })
  }

  get clientPresent(): boolean {
    return this.#uart !== null
  }

  get lines(): PortLines {
    return this.#lines.now
  }

  get rate(): LineRate {
    const { dataBits, stopBits, parity } = this.#format
    return { baud: this.#baud, bitsPerByte: 1 + dataBits + stopBits + (parity === 'none' ? 0 : 1) }
  }

  get trouble(): string | null {
    return this.#trouble
  }

  write(bytes: Uint8Array): boolean {
    const uart = this.#uart
    if (!uart) return true
    const kept = bytes.subarray(0, Math.max(0, QUEUE_LIMIT_BYTES - uart.writableLength))
    if (kept.length > 0 && !uart.write(Buffer.from(kept))) this.#holdingBack = true
    if (kept.length < bytes.length) this.#events.overrun(bytes.length - kept.length)
    return !this.#holdingBack
  }

  setReading(reading: boolean): void {
    this.#reading = reading
    if (reading) this.#uart?.resume()
    else this.#uart?.pause()
  }

  drive(lines: ModuleLines): void {
    this.#lines.drive(lines)
  }

  /** Changes the rate once everything is sent: the response to AT+IPR leaves at the old rate. */
  setBaud(baud: number): void {
    if (baud === this.#baud) return
    this.#baud = baud
    const uart = this.#uart
    uart?.drain(() => {
      if (uart !== this.#uart) return
      uart.update({ baudRate: baud }, (error) => {
        if (error) this.#events.note(`The serial port ${this.name} does not take ${baud} baud: ${error.message}.`)
      })
    })
    this.#events.rate?.(this.rate)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    if (this.#watch) clearTimeout(this.#watch)
    this.#lines.stop()
    const uart = this.#uart
    this.#uart = null
    if (uart?.isOpen) await new Promise<void>((resolve) => uart.close(() => resolve()))
  }

  #attach(uart: SerialPort): void {
    this.#uart = uart
    this.#trouble = null
    this.#retryMs = this.#watchMs
    // The package reads only with a `data` listener, and without reading it does not notice that the device is gone.
    uart.on('data', (bytes: Uint8Array) => this.#events.data(bytes))
    uart.on('drain', () => this.#resumeProducer())
    uart.on('error', () => this.#lost(uart))
    uart.on('close', () => this.#lost(uart))
    if (!this.#reading) uart.pause()
    this.#device = deviceNumber(this.name)
    this.#lines.attach(uart)
    this.#lookLater(this.#watchMs, () => this.#lookWhetherThere(uart))
  }

  /**
   * The package notices an unplugged device only while it waits for bytes. In the middle of a read it gets an end of
   * file and reads on for ever, at full load. So check whether the path still leads to the device.
   */
  #lookWhetherThere(uart: SerialPort): void {
    if (uart !== this.#uart) return
    if (deviceNumber(this.name) === this.#device) this.#lookLater(this.#watchMs, () => this.#lookWhetherThere(uart))
    else this.#lost(uart)
  }

  #lost(uart: SerialPort): void {
    if (uart !== this.#uart) return
    this.#uart = null
    this.#lines.stop()
    if (uart.isOpen) uart.close(() => {})
    this.#trouble = `The serial port ${this.name} is gone; it is taken back as soon as it returns.`
    this.#events.note(this.#trouble)
    this.#events.presence(false, null)
    this.#resumeProducer()
    this.#lookLater(this.#retryMs, () => void this.#tryReopen())
  }

  #lookLater(delayMs: number, look: () => void): void {
    if (this.#watch) clearTimeout(this.#watch)
    this.#watch = setTimeout(look, delayMs)
  }

  async #tryReopen(): Promise<void> {
    let uart: SerialPort
    try {
      uart = await open(this.#makeUart(this.#baud))
    } catch (error) {
      if (this.#closed) return
      this.#trouble = `The serial port ${this.name} is gone, and cannot be opened again so far: ${whyNoUart(error, this.name)}.`
      this.#retryMs = Math.min(SLOWEST_RETRY_MS, this.#retryMs * 2)
      this.#lookLater(this.#retryMs, () => void this.#tryReopen())
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

/**
 * Returns the device number of a path. `null` where there is none, and on Windows, where devices are not in the file
 * system.
 */
function deviceNumber(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.rdev ?? null
}

/** Loaded on first use: it has a native module that most runs do not need. */
async function loadSerialPort(): Promise<typeof import('serialport')> {
  try {
    return await import('serialport')
  } catch (error) {
    throw new PortError(
      'uart-failed',
      'The package serialport is not installed, so no UART can be bridged: run npm install.',
      error
    )
  }
}

async function open(uart: SerialPort): Promise<SerialPort> {
  // Opening a disk, a pipe or a file could change it.
  const found = process.platform === 'win32' ? undefined : statSync(uart.path, { throwIfNoEntry: false })
  if (found && !found.isCharacterDevice()) throw new Error('it is no serial device')
  return await new Promise((resolve, reject) => {
    uart.open((error) => (error ? reject(error) : resolve(uart)))
  })
}
