import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import { noHostLines, type FlowControl, type HostLines, type ModuleUart } from '../../../shared/hardware/port-lines.ts'
import type { Settings } from '../settings.ts'

/**
 * The module's end of the serial line (at-reference 2.1): DCD by AT&C, DSR by AT&S, CTS by AT&K, RI for SSLSRING, and
 * the rate of AT+IPR. Also handles a drop of the host's DTR by AT&D. The port transmits the lines, if it has any.
 */
export class Uart {
  private host: HostLines = noHostLines
  private told: ModuleUart | null = null
  private ringing: Timer | null = null
  private wink: Timer | null = null
  private drop: Timer | null = null
  private wasOnline = false

  constructor(private readonly parts: UartParts) {}

  /** Tells the port what has changed. Call it when settings or mode may have changed. */
  update(): void {
    const online = this.parts.mode() === 'online'
    if (this.wasOnline && !online && this.powered) this.startWink()
    this.wasOnline = online
    const uart = this.now
    if (this.told && isSame(uart, this.told)) return
    this.told = uart
    this.parts.drive(uart)
  }

  /** Sets RI for a second: data waits, and the host may be asleep. */
  ring(): void {
    this.ringing?.cancel()
    this.ringing = this.parts.clock.schedule(RING_MS, () => {
      this.ringing = null
      this.update()
    })
    this.update()
  }

  /** Drives no line any more. */
  powerDown(): void {
    for (const timer of [this.ringing, this.wink, this.drop]) timer?.cancel()
    this.ringing = null
    this.wink = null
    this.drop = null
    this.update()
  }

  /** Takes the host's lines. DTR must be off for the time of S25 to count. A host that has left has dropped it. */
  hostLines(lines: HostLines): void {
    const before = this.host
    this.host = lines
    if (lines.dtr === true) {
      this.drop?.cancel()
      this.drop = null
      return
    }
    if (before.dtr !== true || this.drop) return
    const delay = this.parts.settings.get('S25')
    const dropped = (): void => {
      this.drop = null
      const meaning = this.parts.settings.get('&D')
      if (meaning === TO_COMMANDS || meaning === HANG_UP) this.parts.dtrDropped(meaning === HANG_UP)
    }
    this.drop = this.parts.clock.schedule(delay > SHORTEST_S25 ? delay * S25_UNIT_MS : 0, dropped)
  }

  private get powered(): boolean {
    return this.parts.mode() !== 'off'
  }

  private get now(): ModuleUart {
    const { settings } = this.parts
    const { powered } = this
    return {
      lines: { cts: powered, dsr: powered && this.dsr, dcd: powered && this.dcd, ri: powered && this.ringing !== null },
      flow: flowControls[settings.get('&K')]!,
      baud: settings.get('+IPR'),
      online: this.parts.mode() === 'online'
    }
  }

  private get dcd(): boolean {
    const mode = this.parts.settings.get('&C')
    if (mode === DCD_FOLLOWS) return this.parts.mode() === 'online'
    return mode !== DCD_WINKS || this.wink === null
  }

  private get dsr(): boolean {
    const mode = this.parts.settings.get('&S')
    return mode === DSR_FOLLOWS_CALL || mode === DSR_FOLLOWS ? this.parts.mode() === 'online' : true
  }

  /** Starts the pulse of AT&C2: DCD is off for a moment when a connection ends. */
  private startWink(): void {
    this.wink?.cancel()
    this.wink = this.parts.clock.schedule(WINK_MS, () => {
      this.wink = null
      this.update()
    })
  }
}

export interface UartParts {
  readonly clock: Clock
  readonly settings: Settings
  /** State of the data chart. */
  mode(): string
  drive(uart: ModuleUart): void
  /** DTR dropped, and AT&D asks for command mode or, with `hangUp`, for the end of the connection too. */
  dtrDropped(hangUp: boolean): void
}

/** Called after each command, so fields are compared one by one instead of as JSON. */
function isSame(one: ModuleUart, other: ModuleUart): boolean {
  const [a, b] = [one.lines, other.lines]
  const sameLines = a.cts === b.cts && a.dsr === b.dsr && a.dcd === b.dcd && a.ri === b.ri
  return sameLines && one.flow === other.flow && one.baud === other.baud && one.online === other.online
}

const none: FlowControl = { byCts: false, byXoff: false, heedsRts: false, hostXoff: 'data' }

/** By the value of AT&K, 0 to 6 (at-reference 2.1). */
const flowControls: readonly FlowControl[] = [
  none,
  { ...none, byCts: true },
  { ...none, byXoff: true },
  { ...none, byCts: true, heedsRts: true },
  { ...none, byXoff: true, hostXoff: 'filtered' },
  { ...none, byXoff: true, hostXoff: 'heeded' },
  { byCts: true, heedsRts: true, byXoff: true, hostXoff: 'filtered' }
]

/** Values of AT&C. */
const DCD_FOLLOWS = 1
const DCD_WINKS = 2
/** Values of AT&D. */
const TO_COMMANDS = 1
const HANG_UP = 2
/** Values of AT&S. */
const DSR_FOLLOWS_CALL = 1
const DSR_FOLLOWS = 2
/** The unit of S25 is 1/100 s. Values up to 5 have no effect (at-reference 2). */
const S25_UNIT_MS = 10
const SHORTEST_S25 = 5
/** No source states the duration (our choice): as long as the ring line of other modules for a call. */
const RING_MS = 1_000
/** No source states this duration either (our choice). */
const WINK_MS = 500
