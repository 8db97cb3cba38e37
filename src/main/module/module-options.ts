import type { MobileNetwork } from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import type { NvmStore } from '../../shared/contracts/nvm-store.ts'
import type { RandomSource } from '../../shared/contracts/random.ts'
import type { SecureTransport } from '../../shared/contracts/security.ts'
import type { ModuleUart } from '../../shared/hardware/port-lines.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { ChartDeclaration, ChartId } from '../../shared/statecharts/chart.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { SecretDigest } from './at/redaction.ts'
import type { PowerSupply } from './hardware/power-supply.ts'
import type { SimCard } from './hardware/sim-card.ts'

export interface ModuleOptions {
  readonly profile: ModuleProfile
  readonly clock: Clock
  readonly timeline: TimelineReporter
  readonly store: NvmStore
  readonly network: MobileNetwork
  readonly transport: SecureTransport
  /** One AT instance for each. */
  readonly ports: readonly ModulePort[]
  /** The card in the holder, which outlives the module; left out: a fresh one (D-29). */
  readonly sim?: SimCard
  /** What feeds the module; left out: one that is always there. */
  readonly supply?: PowerSupply
  /** Where answer times are drawn from; missing: answers come at once (D-37). */
  readonly latency?: RandomSource | null
  /** Other statecharts than the declared ones; for tests that take a transition away. */
  readonly charts?: Readonly<Record<ChartId, ChartDeclaration>>
  /** A CA certificate that comes with the module, where its family may have one (G-3.3-8). */
  readonly preloadedCa?: Uint8Array | null
  /** Digests a secret that was typed, for its placeholder in transcripts; left out: there are no digests. */
  readonly digest?: SecretDigest
}

/** What the module needs of a serial port. */
export interface ModulePort {
  write(bytes: Uint8Array): boolean
  setReading(reading: boolean): void
  /** What its UART drives, and how it is set; for ports that have modem lines, a rate or flow control. */
  setUart?(uart: ModuleUart): void
}
