import type { Clock } from '../../../shared/contracts/clock.ts'
import type { Settings } from '../settings.ts'
import type { Timers } from '../hardware/timer-board.ts'

/**
 * The guarded escape sequence (at-reference 2, D-18): three times S2 with S12 of silence before and after. Inside a
 * burst it is data.
 */
export class EscapeDetector {
  private count = 0
  private lastByteMs: number
  /** Escape characters held back with #SKIPESC=1 until it is clear whether they are data. */
  private heldBack = 0
  /** Told once for each connection: data may be full of them. */
  private unguardedTold = false

  constructor(
    private readonly options: EscapeOptions,
    private readonly clock: Clock,
    private readonly timers: Timers,
    private readonly escaped: () => void,
    /** The sequence came, and lacked its silence before or after. */
    private readonly unguarded: () => void = () => {}
  ) {
    this.lastByteMs = clock.nowMs()
  }

  /** Takes bytes from the host; answers those that are data for the far end now. */
  feed(bytes: Uint8Array): Uint8Array {
    const now = this.clock.nowMs()
    const quietMs = now - this.lastByteMs
    this.lastByteMs = now
    this.timers.stop('escape')
    const { character, guardMs } = this.options
    const onlyEscapes = bytes.length <= ESCAPE_LENGTH && bytes.every((byte) => byte === character)
    const begins = this.count === 0 || quietMs >= guardMs
    if (
      this.count === ESCAPE_LENGTH ||
      (quietMs < guardMs && onlyEscapes && bytes.length === ESCAPE_LENGTH) ||
      this.isInBurst(bytes)
    )
      this.tellUnguarded()
    if (!onlyEscapes || (begins && quietMs < guardMs) || (!begins && this.count + bytes.length > ESCAPE_LENGTH)) {
      this.count = 0
      return this.release(bytes)
    }
    const earlier = begins ? this.release(NOTHING) : NOTHING
    this.count = begins ? bytes.length : this.count + bytes.length
    if (this.count === ESCAPE_LENGTH) this.timers.start('escape', guardMs, () => this.complete())
    if (!this.options.withhold) return bytes
    this.heldBack += bytes.length
    return earlier
  }

  /** Stops waiting; used when the connection ends under it. */
  stop(): void {
    this.timers.stop('escape')
    this.count = 0
    this.heldBack = 0
  }

  /** At the beginning or the end of something short, as it is typed or sent by a driver. */
  private isInBurst(bytes: Uint8Array): boolean {
    const { character } = this.options
    if (bytes.length <= ESCAPE_LENGTH || bytes.length > LONGEST_BURST_BYTES) return false
    const are = (from: number): boolean =>
      bytes[from] === character && bytes[from + 1] === character && bytes[from + 2] === character
    return (
      (are(0) && bytes[ESCAPE_LENGTH] !== character) ||
      (are(bytes.length - ESCAPE_LENGTH) && bytes[bytes.length - ESCAPE_LENGTH - 1] !== character)
    )
  }

  private tellUnguarded(): void {
    if (this.unguardedTold) return
    this.unguardedTold = true
    this.unguarded()
  }

  private complete(): void {
    this.stop()
    this.escaped()
  }

  /** Puts what was held back in front: it was data after all. */
  private release(bytes: Uint8Array): Uint8Array {
    if (this.heldBack === 0) return bytes
    const all = new Uint8Array(this.heldBack + bytes.length).fill(this.options.character, 0, this.heldBack)
    all.set(bytes, this.heldBack)
    this.heldBack = 0
    return all
  }
}

export interface EscapeOptions {
  /** S2. */
  readonly character: number
  /** S12 in milliseconds. */
  readonly guardMs: number
  /** `#SKIPESC=1`: the three characters are not sent to the far end. */
  readonly withhold: boolean
}

/** As the registers are set now; `ends`: the sequence ends a transfer and is never sent. */
export function escapeOptions(settings: Settings, ends: boolean): EscapeOptions {
  return {
    character: settings.get('S2'),
    guardMs: settings.get('S12') * GUARD_UNIT_MS,
    withhold: ends || settings.get('#SKIPESC') === 1
  }
}

/** S12 counts fiftieths of a second. */
const GUARD_UNIT_MS = 20
const ESCAPE_LENGTH = 3
/** `+++ath` and the like; three such bytes in a longer piece are more likely data. */
const LONGEST_BURST_BYTES = 64
const NOTHING = new Uint8Array(0)
