import type { PortSnapshot } from '../../../shared/calls/snapshot.ts'
import type { WindowState } from '../store/store.ts'

/** A port without its byte counts, which change all the time. */
export type QuietPort = Omit<PortSnapshot, 'bytesFromHost' | 'bytesToHost'>

/** For `useShared`: returns the ports with their clients, without byte counts. */
export function quietPorts({ snapshot }: WindowState): readonly QuietPort[] | undefined {
  return snapshot?.ports.map(({ bytesFromHost: _from, bytesToHost: _to, ...port }) => port)
}
