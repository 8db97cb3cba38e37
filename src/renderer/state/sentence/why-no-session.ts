import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import { stateOf } from '../../../shared/statecharts/present-state.ts'
import { noSessionWords } from './words.ts'

/** Returns why no session can be typed now, one sentence; `null` when one can. */
export function whyNoSession(snapshot: Snapshot, live = true): string | null {
  if (!live) return noSessionWords.notConnected
  const holder = snapshot.ports.find((port) => port.instance === 0 && port.clientPresent)
  if (holder) return noSessionWords.portInUse(holder.client)
  if (stateOf(snapshot, 'power') !== 'on') return noSessionWords.off
  if (!snapshot.lab.tls) return noSessionWords.labOff
  return null
}
