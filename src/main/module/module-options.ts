import type { MobileNetwork } from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import type { NvmStore } from '../../shared/contracts/nvm-store.ts'
import type { RandomSource } from '../../shared/contracts/random.ts'
import type { SecureTransport } from '../../shared/contracts/security.ts'
import type { ModuleUart } from '../../shared/hardware/port-lines.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { AnyChartId, ChartDeclaration } from '../../shared/statecharts/chart.ts'
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
  /** The card in the SIM holder, which is independent of the module; by default a new one (D-29). */
  readonly sim?: SimCard
  /** The power supply; by default one that is always on. */
  readonly supply?: PowerSupply
  /** Source of response times; by default responses come at once (D-37). */
  readonly latency?: RandomSource | null
  /** Other statecharts than the declared ones, for tests that remove a transition. */
  readonly charts?: Readonly<Partial<Record<AnyChartId, ChartDeclaration>>>
  /** A factory CA certificate, where the family may have one (G-3.3-8). */
  readonly preloadedCa?: Uint8Array | null
  /** Returns the digest of a typed secret, for its placeholder in transcripts; by default there are none. */
  readonly digest?: SecretDigest
}

/** What the module needs from a serial port. */
export interface ModulePort {
  write(bytes: Uint8Array): boolean
  setReading(reading: boolean): void
  /** Gets the lines and settings of the module's UART. For ports with modem lines, a rate or flow control. */
  setUart?(uart: ModuleUart): void
}
