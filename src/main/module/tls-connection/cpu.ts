import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import { keyCostMs, type CertificateCosts } from '../../../shared/products/certificate-costs.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'

/** A processor on which certificates take time. */
export interface SlowCpu {
  readonly costs: CertificateCosts
  /** How many times faster than normal the clock runs in a handshake. */
  readonly speed: number
}

/**
 * What a handshake costs the module's processor, in module time (G-4.1-6, D-33): large certificates and long keys take so long at the
 * normal clock that the wait for the next packet runs out. Smaller ones cost nothing here. The module's own key costs nothing
 * either: what fits the slot of a product with a slow processor is not that long.
 */
export class HandshakeCpu {
  private receivedBytes = 0
  private keysMs = 0
  private timer: Timer | null = null
  private waiting: (() => void) | null = null

  constructor(
    private readonly clock: Clock,
    /** `null` where the processor is fast enough. */
    private readonly cpu: SlowCpu | null,
    /** Called when an answer has to wait, with how long. */
    private readonly busy: (durationMs: number) => void
  ) {}

  /** Whether an answer waits for the processor. */
  get isBusy(): boolean {
    return this.waiting !== null
  }

  /** Part of the far end's flight has come; nearly all of a flight is its certificates. */
  received(bytes: number): void {
    this.receivedBytes += bytes
  }

  /** An RSA operation with a key of the far end's chain is due: a signature to check, or the premaster secret to encrypt. */
  usesKey(keyBits: number): void {
    if (this.cpu) this.keysMs += keyCostMs(this.cpu.costs, keyBits)
  }

  /** Runs `action`, the answer to the flight, once the processor is done with it. */
  whenDone(action: () => void): void {
    const durationMs = this.durationMs()
    this.receivedBytes = 0
    this.keysMs = 0
    if (durationMs === 0) return action()
    this.waiting = action
    this.timer = this.clock.schedule(durationMs, () => this.finish())
    this.busy(durationMs)
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

  private durationMs(): number {
    if (!this.cpu) return 0
    const { costs, speed } = this.cpu
    const excessBytes = Math.max(0, this.receivedBytes - costs.freeFlightBytes)
    return Math.round((excessBytes * costs.perByteMs + this.keysMs) / speed)
  }
}

/** The processor of a product with `#CPUMODE` set to `cpuMode`; `null` where certificates cost it nothing. */
export function slowCpuOf({ certificateCosts }: ModuleProfile, cpuMode: number): SlowCpu | null {
  return certificateCosts && { costs: certificateCosts, speed: cpuSpeeds[cpuMode] ?? 1 }
}

/** #CPUMODE by value: 1 and 2 double the clock, 3 and 4 quadruple it; all of them hold during a handshake (D-33). */
const cpuSpeeds: readonly number[] = [1, 2, 2, 4, 4]
