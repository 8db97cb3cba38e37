import type { LineRate } from '../../shared/contracts/serial-port.ts'
import { FASTEST_BAUD, SLOWEST_BAUD } from '../../shared/hardware/line-rates.ts'
import { deadLines, noHostLines, type HostLines, type ModuleLines } from '../../shared/hardware/port-lines.ts'
import { escaped, subnegotiation, Telnet, telnetOptions } from './telnet.ts'

/** Events of the COM port of one client (RFC 2217 chapter 3). */
export interface ComPortEvents {
  data(bytes: Uint8Array): void
  send(bytes: Uint8Array): void
  hostLines(lines: HostLines): void
  rate(rate: LineRate): void
  breaks(on: boolean): void
  /** Whether the client takes data (FLOWCONTROL-SUSPEND and -RESUME). */
  taking(on: boolean): void
  purge(what: { readonly fromHost: boolean; readonly toHost: boolean }): void
  /** The client has agreed to COM-PORT-OPTION, so it has modem lines. */
  agreed(): void
}

const { binary, echo, suppressGoAhead, comPort } = telnetOptions
/** Command codes of the client. The answer has the code plus 100 (RFC 2217 chapter 2). */
const command = {
  signature: 0,
  baud: 1,
  dataSize: 2,
  parity: 3,
  stopSize: 4,
  control: 5,
  modemState: 7,
  suspend: 8,
  resume: 9,
  lineStateMask: 10,
  modemStateMask: 11,
  purge: 12
} as const
const ANSWER = 100
const SIGNATURE = 'Telit SSL Simulator'
/** Bits of NOTIFY-MODEMSTATE. Each change bit is four places lower. */
const DCD = 0x80
const RI = 0x40
const DSR = 0x20
const CTS = 0x10
const CHANGES = 4
const TRAILING_RI = 0x04
/** 1.5 stop bits have the code 3. */
const stopBits: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 1.5 }

/**
 * The COM port of one RFC 2217 client: it sets rate, format and its lines, and is notified of the module's lines. A
 * setting that is not possible is answered with the present one, as RFC 2217 demands. It takes bytes and returns bytes
 * and events.
 */
export class ComPort {
  readonly #events: ComPortEvents
  readonly #telnet: Telnet
  #baud = 115_200
  #dataSize = 8
  #parity = 1
  #stopSize = 1
  #dtr = true
  #rts = true
  #break = false
  #outFlow = 1
  #inFlow = 14
  #lineMask = 0
  #modemMask = 0xff
  #lines: ModuleLines = deadLines
  /** The modem state of the last notification. */
  #toldState = 0

  constructor(lines: ModuleLines, events: ComPortEvents) {
    this.#events = events
    this.#lines = lines
    this.#telnet = new Telnet(
      { ours: [binary, echo, suppressGoAhead, comPort], theirs: [binary, suppressGoAhead, comPort] },
      {
        data: (bytes) => events.data(bytes),
        send: (bytes) => events.send(bytes),
        option: (option, side, on) => {
          if (option === comPort && side === 'theirs' && on) this.#begin()
        },
        subnegotiation: (option, payload) => {
          if (option !== comPort || payload.length === 0) return
          this.#telnet.imply(comPort)
          if (this.agreed) this.#asked(payload[0]!, payload.subarray(1))
        },
        brk: () => events.breaks(true)
      }
    )
    this.#telnet.offer({ ours: [suppressGoAhead, binary], theirs: [suppressGoAhead, binary, comPort] })
  }

  /** Whether the client agreed to COM-PORT-OPTION. A plain Telnet client has no lines. */
  get agreed(): boolean {
    return this.#telnet.isOn(comPort, 'theirs')
  }

  get hostLines(): HostLines {
    return this.agreed ? { rts: this.#rts, dtr: this.#dtr } : noHostLines
  }

  get rate(): LineRate | null {
    if (!this.agreed) return null
    const parityBits = this.#parity === 1 ? 0 : 1
    return { baud: this.#baud, bitsPerByte: 1 + this.#dataSize + parityBits + stopBits[this.#stopSize]! }
  }

  feed(bytes: Uint8Array): void {
    this.#telnet.feed(bytes)
  }

  /** Returns data in the form in which it is sent to the client. */
  encode(bytes: Uint8Array): Uint8Array {
    return escaped(bytes)
  }

  setLines(lines: ModuleLines): void {
    this.#lines = lines
    this.#tellLines(false)
  }

  #begin(): void {
    this.#events.agreed()
    this.#events.hostLines(this.hostLines)
    this.#events.rate(this.rate!)
    this.#tellLines(true)
  }

  #asked(code: number, value: Uint8Array): void {
    switch (code) {
      case command.signature:
        // An empty text asks for our signature. Otherwise the client sends its own, which is not needed.
        if (value.length === 0) this.#answer(code, ...Buffer.from(SIGNATURE, 'latin1'))
        return
      case command.baud:
        return this.#setBaud(value)
      case command.dataSize:
        if ([7, 8].includes(value[0]!)) this.#changeFormat(() => (this.#dataSize = value[0]!))
        return this.#answer(code, this.#dataSize)
      case command.parity:
        if (value[0]! >= 1 && value[0]! <= 5) this.#changeFormat(() => (this.#parity = value[0]!))
        return this.#answer(code, this.#parity)
      case command.stopSize:
        if (value[0]! >= 1 && value[0]! <= 3) this.#changeFormat(() => (this.#stopSize = value[0]!))
        return this.#answer(code, this.#stopSize)
      case command.control:
        return this.#answer(code, this.#control(value[0] ?? 0))
      case command.modemState:
        return this.#tellLines(true)
      case command.suspend:
        return this.#events.taking(false)
      case command.resume:
        return this.#events.taking(true)
      case command.lineStateMask:
        // The module's side has neither line errors nor BREAK: the mask is stored and nothing is reported.
        this.#lineMask = value[0] ?? this.#lineMask
        return this.#answer(code, this.#lineMask)
      case command.modemStateMask:
        this.#modemMask = value[0] ?? this.#modemMask
        this.#answer(code, this.#modemMask)
        return this.#tellLines(true)
      case command.purge: {
        const which = value[0] ?? 0
        // 1: data for the client that is still here; 2: data from the client; 3: both.
        if (which >= 1 && which <= 3) this.#events.purge({ toHost: which !== 2, fromHost: which !== 1 })
        return this.#answer(code, which)
      }
    }
  }

  #setBaud(value: Uint8Array): void {
    if (value.length >= 4) {
      const baud = ((value[0]! << 24) | (value[1]! << 16) | (value[2]! << 8) | value[3]!) >>> 0
      // 0 asks for the present rate.
      if (baud >= SLOWEST_BAUD && baud <= FASTEST_BAUD) this.#changeFormat(() => (this.#baud = baud))
    }
    const baud = this.#baud
    this.#answer(command.baud, baud >>> 24, (baud >>> 16) & 0xff, (baud >>> 8) & 0xff, baud & 0xff)
  }

  /** Returns the code of the present setting, which answers a query or a refused change. */
  #control(code: number): number {
    if (code <= 3) {
      if (code !== 0) this.#outFlow = code
      return this.#outFlow
    }
    if (code <= 6) {
      if (code !== 4) this.#setBreak(code === 5)
      return this.#break ? 5 : 6
    }
    if (code <= 9) {
      if (code !== 7) this.#moveLines(() => (this.#dtr = code === 8))
      return this.#dtr ? 8 : 9
    }
    if (code <= 12) {
      if (code !== 10) this.#moveLines(() => (this.#rts = code === 11))
      return this.#rts ? 11 : 12
    }
    if (code <= 16) {
      if (code !== 13) this.#inFlow = code
      return this.#inFlow
    }
    // Flow control by DCD, DTR and DSR does not exist here.
    return code === 18 ? this.#inFlow : this.#outFlow
  }

  #setBreak(on: boolean): void {
    if (on === this.#break) return
    this.#break = on
    this.#events.breaks(on)
  }

  #moveLines(move: () => void): void {
    const { dtr, rts } = this.hostLines
    move()
    if (dtr !== this.#dtr || rts !== this.#rts) this.#events.hostLines(this.hostLines)
  }

  #changeFormat(change: () => void): void {
    const before = this.rate!
    change()
    const now = this.rate!
    if (now.baud !== before.baud || now.bitsPerByte !== before.bitsPerByte) this.#events.rate(now)
  }

  /** Sends NOTIFY-MODEMSTATE if the mask lets a change through, or `always`. */
  #tellLines(always: boolean): void {
    if (!this.agreed) return
    const { cts, dsr, dcd, ri } = this.#lines
    const state = (dcd ? DCD : 0) | (ri ? RI : 0) | (dsr ? DSR : 0) | (cts ? CTS : 0)
    const changed = state ^ this.#toldState
    const changes = ((changed & (DCD | DSR | CTS)) >> CHANGES) | (changed & RI && !ri ? TRAILING_RI : 0)
    this.#toldState = state
    const seen = (state | changes) & this.#modemMask
    if (always || (changed & this.#modemMask) !== 0) this.#answer(command.modemState, seen)
  }

  #answer(code: number, ...value: readonly number[]): void {
    this.#events.send(subnegotiation(comPort, Uint8Array.of(code + ANSWER, ...value)))
  }
}
