import type { PortSnapshot } from '../../../shared/calls/snapshot.ts'
import type { WindowState } from '../store/store.ts'

/** A port without what grows with every byte. */
export type QuietPort = Omit<PortSnapshot, 'bytesFromHost' | 'bytesToHost'>

/** For `useShared`: who has which port, and not how much went through it. */
export function quietPorts({ snapshot }: WindowState): readonly QuietPort[] | undefined {
  return snapshot?.ports.map(({ bytesFromHost: _from, bytesToHost: _to, ...port }) => port)
}
