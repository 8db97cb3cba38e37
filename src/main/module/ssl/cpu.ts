import type { Clock, Timer } from '../../../shared/clock.ts'

/**
 * What a handshake costs the module's processor, in module time (G-4.1-6, D-33): certificates beyond two full slots take
 * so long at the normal clock that the wait for the next packet runs out. Smaller ones cost nothing here.
 */
export class HandshakeCpu {
  private receivedBytes = 0
  private timer: Timer | null = null
  private waiting: (() => void) | null = null

  constructor(
    private readonly clock: Clock,
    /** How many times faster than normal the clock runs in a handshake; null where the processor is fast enough. */
    private readonly speed: number | null
  ) {}

  /** Part of the far end's flight has come; nearly all of a flight is its certificates. */
  received(bytes: number): void {
    this.receivedBytes += bytes
  }

  /** Runs `action`, the answer to the flight, once the processor is done with it. */
  whenDone(action: () => void): void {
    const excessBytes = Math.max(0, this.receivedBytes - FREE_BYTES)
    this.receivedBytes = 0
    if (this.speed === null || excessBytes === 0) return action()
    this.waiting = action
    this.timer = this.clock.schedule((excessBytes * COST_MS_PER_BYTE) / this.speed, () => this.finish())
  }

  /** Runs what waits at once: a refused flight is answered with an alert, and nothing comes after it. */
  finish(): void {
    const action = this.waiting
    this.stop()
    action?.()
  }

  stop(): void {
    this.timer?.cancel()
    this.waiting = null
  }
}

/** #CPUMODE by value: 1 and 2 double the clock, 3 and 4 quadruple it; all of them hold during a handshake (D-33). */
export const cpuSpeeds: readonly number[] = [1, 2, 2, 4, 4]

/** A flight with two certificates of the largest size that a module can store (G-2.2-5). */
const FREE_BYTES = 4608
/** So that a chain of 8 kB outlasts the default timeout of 10 s at the normal clock and not at twice that (inferred). */
const COST_MS_PER_BYTE = 3
