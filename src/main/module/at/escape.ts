import type { Clock } from '../../../shared/contracts/clock.ts'
import type { Timers } from '../hardware/timer-board.ts'
import type { Settings } from '../settings.ts'

/**
 * Detects the escape sequence (at-reference 2, D-18): three S2 characters with a silence of S12 before and after.
 * Within a burst they are data.
 */
export class EscapeDetector {
  private count = 0
  private lastByteMs: number
  /** Escape characters held back with #SKIPESC=1 until it is clear whether they are data. */
  private heldBack = 0
  /** Whether `unguarded` was called. Once for each connection, since data may have many such sequences. */
  private unguardedTold = false

  constructor(
    private readonly options: EscapeOptions,
    private readonly clock: Clock,
    private readonly timers: Timers,
    /** Gets the event that says that the silence behind the sequence is over. */
    private readonly escaped: (guard: number) => void,
    /** Called for a sequence without silence before or after it. */
    private readonly unguarded: () => void = () => {}
  ) {
    this.lastByteMs = clock.nowMs()
  }

  /** Takes bytes from the host. Returns those that are now known to be data for the peer. */
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
    if (this.count === ESCAPE_LENGTH) this.timers.start('escape', guardMs, (guard) => this.complete(guard))
    if (!this.options.withhold) return bytes
    this.heldBack += bytes.length
    return earlier
  }

  /** Stops waiting, because the connection has ended. */
  stop(): void {
    this.timers.stop('escape')
    this.count = 0
    this.heldBack = 0
  }

  /**
   * Returns whether bytes are a short piece that begins or ends with the sequence, as a person or a driver sends it.
   */
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

  private complete(guard: number): void {
    this.stop()
    this.escaped(guard)
  }

  /** Adds the characters held back in front: they were data. */
  private release(bytes: Uint8Array): Uint8Array {
    if (this.heldBack === 0) return bytes
    const all = new Uint8Array(this.heldBack + bytes.length).fill(this.options.character, 0, this.heldBack)
    all.set(bytes, this.heldBack)
    this.heldBack = 0
    return all
  }
}

export interface EscapeOptions {
  /** The escape character, S2. */
  readonly character: number
  /** The guard time in milliseconds, from S12. */
  readonly guardMs: number
  /** `#SKIPESC=1`: the three characters are not sent to the peer. */
  readonly withhold: boolean
}

/** Returns the options for the present registers. `ends`: the sequence ends a transfer and is never sent. */
export function escapeOptions(settings: Settings, ends: boolean): EscapeOptions {
  return {
    character: settings.get('S2'),
    guardMs: settings.get('S12') * GUARD_UNIT_MS,
    withhold: ends || settings.get('#SKIPESC') === 1
  }
}

/** The unit of S12 is 1/50 s. */
const GUARD_UNIT_MS = 20
const ESCAPE_LENGTH = 3
/** Long enough for `+++ath`. In a longer piece, three such bytes are more likely data. */
const LONGEST_BURST_BYTES = 64
const NOTHING = new Uint8Array(0)
