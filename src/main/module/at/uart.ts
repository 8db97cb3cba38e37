import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import { noHostLines, type FlowControl, type HostLines, type ModuleUart } from '../../../shared/hardware/port-lines.ts'
import type { Settings } from '../settings.ts'

/**
 * The module's end of the serial line (at-reference 2.1): DCD as AT&C has it, DSR as AT&S, CTS by AT&K, RI for SSLSRING, the
 * rate of AT+IPR; and the host's DTR, whose drop AT&D gives a meaning. What carries the lines, if anything does, is the port's business.
 */
export class Uart {
  private host: HostLines = noHostLines
  private told: ModuleUart | null = null
  private ringing: Timer | null = null
  private wink: Timer | null = null
  private drop: Timer | null = null
  private wasOnline = false

  constructor(private readonly parts: UartParts) {}

  /** Settings or mode may have changed: tells the port what is different. */
  update(): void {
    const online = this.parts.mode() === 'online'
    if (this.wasOnline && !online && this.powered) this.startWink()
    this.wasOnline = online
    const uart = this.now
    if (this.told && isSame(uart, this.told)) return
    this.told = uart
    this.parts.drive(uart)
  }

  /** RI on for a second: data waits for a host that may sleep. */
  ring(): void {
    this.ringing?.cancel()
    this.ringing = this.parts.clock.schedule(RING_MS, () => {
      this.ringing = null
      this.update()
    })
    this.update()
  }

  /** Nothing is driven any more. */
  powerDown(): void {
    for (const timer of [this.ringing, this.wink, this.drop]) timer?.cancel()
    this.ringing = null
    this.wink = null
    this.drop = null
    this.update()
  }

  /** The host has moved its lines. S25 says how long DTR has to be off to count. A host that is gone has dropped it. */
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
    return this.parts.mode() !== 'deaf'
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

  /** AT&C2: DCD is on but for a moment when a connection ends. */
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
  /** DTR dropped and AT&D wants command mode, or `hangUp` as well. */
  dtrDropped(hangUp: boolean): void
}

/** Asked after each command: field by field, and not as text. */
function isSame(one: ModuleUart, other: ModuleUart): boolean {
  const [a, b] = [one.lines, other.lines]
  const sameLines = a.cts === b.cts && a.dsr === b.dsr && a.dcd === b.dcd && a.ri === b.ri
  return sameLines && one.flow === other.flow && one.baud === other.baud && one.online === other.online
}

const none: FlowControl = { byCts: false, byXoff: false, heedsRts: false, hostXoff: 'data' }

/** AT&K0 to 6 (at-reference 2.1). */
const flowControls: readonly FlowControl[] = [
  none,
  { ...none, byCts: true },
  { ...none, byXoff: true },
  { ...none, byCts: true, heedsRts: true },
  { ...none, byXoff: true, hostXoff: 'filtered' },
  { ...none, byXoff: true, hostXoff: 'heeded' },
  { byCts: true, heedsRts: true, byXoff: true, hostXoff: 'filtered' }
]

/** AT&C. */
const DCD_FOLLOWS = 1
const DCD_WINKS = 2
/** AT&D. */
const TO_COMMANDS = 1
const HANG_UP = 2
/** AT&S. */
const DSR_FOLLOWS_CALL = 1
const DSR_FOLLOWS = 2
/** S25 counts hundredths of a second and has no effect up to 5 (at-reference 2). */
const S25_UNIT_MS = 10
const SHORTEST_S25 = 5
/** No source says how long (ours): as long as a module's ring line lasts for a call. */
const RING_MS = 1_000
/** Nor here. */
const WINK_MS = 500
