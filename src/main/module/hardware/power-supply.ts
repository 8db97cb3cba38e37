import type { SupplyChange } from '../../../shared/hardware/supply-change.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'

/** What feeds the module; like the SIM it is outside of it, and stays as it is whatever module is on the board. */
export class PowerSupply {
  on = true
}

/**
 * Pulls the plug or puts it in; noted in the timeline, and the cause of what follows. Without supply a module is off at once, with
 * nothing said and NVM as it is; with it back, the module stays off until the ON key, as the hardware does.
 */
export function setSupply(fed: FedBySupply, { on }: SupplyChange, timeline: TimelineReporter): void {
  const { supply } = fed
  if (supply.on === on) return
  const sentence = on ? 'The plug was put in; the ON key starts the module.' : 'The plug was pulled.'
  const cause = timeline.report({ kind: 'note', sentence, act: { name: 'supply', argument: { on } } })
  supply.on = on
  if (!on) fed.unplug(cause)
}

/** The module, as the supply sees it. */
export interface FedBySupply {
  readonly supply: PowerSupply
  unplug(cause: number | null): void
}
