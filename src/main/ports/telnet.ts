/** Telnet commands that RFC 2217 needs (RFC 854, RFC 855, RFC 856, RFC 858). */
const SE = 240
const BRK = 243
const SB = 250
const WILL = 251
const WONT = 252
const DO = 253
const DONT = 254
const IAC = 255
const CR = 0x0d
const NUL = 0x00

export const telnetOptions = { binary: 0, echo: 1, suppressGoAhead: 3, comPort: 44 } as const

/** The longest sub-negotiation of RFC 2217 is a signature text. Longer ones are skipped. */
export const SUBNEGOTIATION_LIMIT_BYTES = 256

export interface TelnetEvents {
  data(bytes: Uint8Array): void
  /** Sends bytes to the client unchanged. */
  send(bytes: Uint8Array): void
  /** The client agreed to an option, `theirs` or `ours`, or withdrew it. */
  option(option: number, side: 'ours' | 'theirs', on: boolean): void
  /** A sub-negotiation without IAC SB, option and IAC SE. IAC IAC is already one byte. */
  subnegotiation(option: number, payload: Uint8Array): void
  /** Telnet's BREAK. */
  brk(): void
}

/** What comes next: data, or the rest of what an earlier IAC began. */
type State = { readonly at: 'data' | 'iac' | 'sub' | 'sub-iac' } | { readonly at: 'option'; readonly verb: number }

/**
 * The server's side of a Telnet connection: takes bytes, returns data and negotiations. Options are negotiated by RFC
 * 1143, each requested and confirmed once, so that no client can start a loop. Memory is limited to one
 * sub-negotiation.
 */
export class Telnet {
  readonly #events: TelnetEvents
  readonly #supported: { readonly ours: readonly number[]; readonly theirs: readonly number[] }
  readonly #settled = { ours: new Map<number, 'asked' | 'on'>(), theirs: new Map<number, 'asked' | 'on'>() }
  #state: State = { at: 'data' }
  #sub: number[] = []
  #subTooLong = false
  #afterCr = false

  constructor(
    supported: { readonly ours: readonly number[]; readonly theirs: readonly number[] },
    events: TelnetEvents
  ) {
    this.#supported = supported
    this.#events = events
  }

  /** Asks the client for these options. */
  offer(options: { readonly ours: readonly number[]; readonly theirs: readonly number[] }): void {
    for (const side of ['ours', 'theirs'] as const) {
      for (const option of options[side]) {
        this.#settled[side].set(option, 'asked')
        this.#events.send(Uint8Array.of(IAC, side === 'ours' ? WILL : DO, option))
      }
    }
  }

  /**
   * Takes an option as agreed because the client uses it without having confirmed it. pyserial omits its WILL when our
   * DO arrives too early.
   */
  imply(option: number): void {
    if (this.#settled.theirs.get(option) !== 'asked') return
    this.#settled.theirs.set(option, 'on')
    this.#events.option(option, 'theirs', true)
  }

  isOn(option: number, side: 'ours' | 'theirs'): boolean {
    return this.#settled[side].get(option) === 'on'
  }

  /** Takes bytes from the client. */
  feed(bytes: Uint8Array): void {
    const data: number[] = []
    const flush = (): void => {
      if (data.length > 0) this.#events.data(Uint8Array.from(data.splice(0)))
    }
    for (const byte of bytes) {
      if (this.#state.at === 'data' && byte !== IAC) {
        // A client in NVT mode sends a lone CR as CR NUL (RFC 854).
        if (!(byte === NUL && this.#afterCr && !this.isOn(telnetOptions.binary, 'theirs'))) data.push(byte)
        this.#afterCr = byte === CR
        continue
      }
      if (this.#state.at === 'iac' && byte === IAC) {
        data.push(IAC)
        this.#afterCr = false
        this.#state = { at: 'data' }
        continue
      }
      // Pass on the data before this command first.
      if (this.#state.at !== 'data') flush()
      this.#command(byte)
    }
    flush()
  }

  #command(byte: number): void {
    const state = this.#state
    switch (state.at) {
      case 'data':
        this.#state = { at: 'iac' }
        return
      case 'iac':
        if (byte >= WILL && byte <= DONT) {
          this.#state = { at: 'option', verb: byte }
          return
        }
        this.#state = { at: byte === SB ? 'sub' : 'data' }
        this.#sub = []
        this.#subTooLong = false
        if (byte === BRK) this.#events.brk()
        return
      case 'option':
        this.#state = { at: 'data' }
        if (state.verb === WILL || state.verb === WONT) this.#settle('theirs', byte, state.verb === WILL)
        else this.#settle('ours', byte, state.verb === DO)
        return
      case 'sub':
        if (byte === IAC) this.#state = { at: 'sub-iac' }
        else this.#keep(byte)
        return
      case 'sub-iac':
        if (byte === SE) {
          this.#state = { at: 'data' }
          const [option, ...payload] = this.#sub
          this.#sub = []
          if (option !== undefined && !this.#subTooLong) this.#events.subnegotiation(option, Uint8Array.from(payload))
          return
        }
        // IAC IAC is one byte 255. Anything else is not valid here, and is taken as data.
        this.#keep(byte)
        this.#state = { at: 'sub' }
        return
    }
  }

  #keep(byte: number): void {
    if (this.#sub.length < SUBNEGOTIATION_LIMIT_BYTES) this.#sub.push(byte)
    else this.#subTooLong = true
  }

  #settle(side: 'ours' | 'theirs', option: number, wanted: boolean): void {
    const settled = this.#settled[side]
    const before = settled.get(option)
    const yes = side === 'ours' ? WILL : DO
    const no = side === 'ours' ? WONT : DONT
    if (wanted) {
      if (!this.#supported[side].includes(option)) return this.#events.send(Uint8Array.of(IAC, no, option))
      settled.set(option, 'on')
      if (before === undefined) this.#events.send(Uint8Array.of(IAC, yes, option))
      if (before !== 'on') this.#events.option(option, side, true)
      return
    }
    settled.delete(option)
    if (before !== 'on') return
    this.#events.send(Uint8Array.of(IAC, no, option))
    this.#events.option(option, side, false)
  }
}

/** Returns data in the form in which it is sent: 0xFF doubled. */
export function escaped(bytes: Uint8Array): Uint8Array {
  let marks = 0
  for (const byte of bytes) if (byte === IAC) marks += 1
  if (marks === 0) return bytes
  const out = new Uint8Array(bytes.length + marks)
  let at = 0
  for (const byte of bytes) {
    out[at++] = byte
    if (byte === IAC) out[at++] = IAC
  }
  return out
}

export function subnegotiation(option: number, payload: Uint8Array): Uint8Array {
  return Uint8Array.of(IAC, SB, option, ...escaped(payload), IAC, SE)
}
