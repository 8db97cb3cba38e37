import { registrationNumbers } from '../../shared/statecharts/registration.ts'
import type { AtInstance } from './at/instance.ts'
import { networkTimeText } from './hardware/clock-chip.ts'
import { cellPlace } from './network/cell-place.ts'
import type { ModuleParts } from './parts.ts'

/** The URCs about the network: +CREG and +CGREG where enabled, and network time. */
export class NetworkReports {
  readonly #parts: ModuleParts
  readonly #instances: readonly AtInstance[]
  /** The last reported state, by instance and command: only changes are reported. */
  readonly #reported = new Map<string, string>()

  constructor(parts: ModuleParts, instances: readonly AtInstance[]) {
    this.#parts = parts
    this.#instances = instances
  }

  /** Sends +CREG and +CGREG where enabled. */
  registrationChanged(cause: number | null): void {
    const { registration } = this.#parts
    for (const instance of this.#instances) {
      for (const [name, state] of [
        ['+CREG', registration.state],
        ['+CGREG', registration.packetState]
      ] as const) {
        const mode = instance.settings.get(name)
        const place = mode === 2 && (state === 'home' || state === 'roaming') ? cellPlace(this.#parts) : ''
        const key = `${instance.index}${name}`
        const changed = this.#reported.get(key) !== state
        this.#reported.set(key, state)
        if (mode > 0 && changed) instance.report(`${name}: ${registrationNumbers[state]}${place}`, cause)
      }
    }
  }

  /** Handles NITZ (D-29). */
  takeNetworkTime(cause: number | null): void {
    const { network, clock, clockChip } = this.#parts
    const first = this.#instances[0]!
    const val = first.settings.get('#NITZ.val')
    const worldMs = clock.worldMs()
    if (val & NITZ_SETS_TIME) clockChip.setFromNetwork(worldMs, network.zone)
    // Reports network time, even if the module's clock is set to something else.
    if (first.settings.get('#NITZ.mode') === 1)
      first.report(`#NITZ: ${networkTimeText(worldMs, network.zone, val)}`, cause)
  }
}

/** Bit of the first value of #NITZ: network time sets the clock. */
const NITZ_SETS_TIME = 1
