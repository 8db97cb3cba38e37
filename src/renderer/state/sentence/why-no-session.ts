import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import { stateOf } from '../../../shared/statecharts/present-state.ts'

/** Why no session can be typed now, one sentence; null when it can. */
export function whyNoSession(snapshot: Snapshot, live = true): string | null {
  if (!live) return 'The simulator is not connected.'
  const holder = snapshot.ports.find((port) => port.instance === 0 && port.clientPresent)
  if (holder) return `${holder.client ?? 'An outside program'} has the port; end it, or type there.`
  if (stateOf(snapshot, 'power') !== 'on') return 'The module is off; Power, the ON key, starts it.'
  if (!snapshot.lab.tls) return 'The lab is off: there is no far end to dial. Start without --lab off.'
  return null
}
