import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import { keyCostMs } from '../../../shared/products/certificate-costs.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { TimelineFact } from '../../../shared/timeline/events.ts'
import type { ConnectionOptions, SlowCpu } from './contract.ts'
import { processorBusy } from './timeline-facts.ts'

/**
 * The processor time of a handshake, in module time (G-4.1-6, D-33). With large certificates and long keys it is so
 * long at the normal clock that the wait for the next packet times out. Smaller ones take no time here, and neither
 * does the module's own key, which is never that long.
 */
export class HandshakeCpu {
  private receivedBytes = 0
  private keysMs = 0
  private timer: Timer | null = null
  private waiting: (() => void) | null = null

  constructor(
    private readonly clock: Clock,
    private readonly options: Pick<ConnectionOptions, 'cpu' | 'words'>,
    /** Called when the next flight must wait. */
    private readonly report: (fact: TimelineFact) => void
  ) {}

  /** Whether the next flight waits for the processor. */
  get isBusy(): boolean {
    return this.waiting !== null
  }

  /** Part of the peer's flight has arrived, which consists mostly of certificates. */
  received(bytes: number): void {
    this.receivedBytes += bytes
  }

  /**
   * An RSA operation with a key of the peer's chain is due: checking a signature, or encrypting the premaster secret.
   */
  usesKey(keyBits: number): void {
    const { cpu } = this.options
    if (cpu) this.keysMs += keyCostMs(cpu.costs, keyBits)
  }

  /** Runs `action`, which sends the next flight, once the processor is done. */
  whenDone(action: () => void): void {
    const durationMs = this.durationMs()
    this.receivedBytes = 0
    this.keysMs = 0
    if (durationMs === 0) return action()
    this.waiting = action
    this.timer = this.clock.schedule(durationMs, () => this.finish())
    this.report(processorBusy(this.options.words.name, durationMs))
  }

  /** Runs the waiting action at once, because a refused flight is followed by an alert only. */
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
    const { cpu } = this.options
    if (!cpu) return 0
    const { costs, speed } = cpu
    const excessBytes = Math.max(0, this.receivedBytes - costs.freeFlightBytes)
    return Math.round((excessBytes * costs.perByteMs + this.keysMs) / speed)
  }
}

/** Returns the processor of a product with `#CPUMODE` set to `cpuMode`; `null` where certificates take no time. */
export function slowCpuOf({ certificateCosts }: ModuleProfile, cpuMode: number): SlowCpu | null {
  return certificateCosts && { costs: certificateCosts, speed: cpuSpeeds[cpuMode] ?? 1 }
}

/** Clock factors of #CPUMODE: 1 and 2 double it, 3 and 4 quadruple it. All apply during a handshake (D-33). */
const cpuSpeeds: readonly number[] = [1, 2, 2, 4, 4]
