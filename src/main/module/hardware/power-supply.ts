import type { SupplyChange } from '../../../shared/hardware/supply-change.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'

/** The power supply. It is outside of the module and stays when the module is replaced. */
export class PowerSupply {
  on = true
}

/**
 * Switches the supply on or off. The timeline event is the cause of what follows. Without supply the module is off at
 * once, without output and with its NVM unchanged. When the supply returns, the module stays off until the ON key, like
 * the hardware.
 */
export function setSupply(fed: FedBySupply, { on }: SupplyChange, timeline: TimelineReporter): void {
  const { supply } = fed
  if (supply.on === on) return
  const sentence = on ? 'The plug was put in; the ON key starts the module.' : 'The plug was pulled.'
  const cause = timeline.report({ kind: 'note', sentence, act: { name: 'supply', argument: { on } } })
  supply.on = on
  if (!on) fed.unplug(cause)
}

/** What the supply needs from the module. */
export interface FedBySupply {
  readonly supply: PowerSupply
  unplug(cause: number | null): void
}
