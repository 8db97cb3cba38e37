/**
 * @module How the window reaches the simulator: Electron or a WebSocket, and what it does when the connection
 * breaks.
 */

import type { SimulatorApi } from '../../../shared/api/api.ts'

/** How the window stands to the simulator. The times are the window's own clock, milliseconds since 1970 UTC. */
export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The simulator went away or never answered. Another attempt follows by itself, unless it is gone `forGood`. */
  | { readonly kind: 'gone'; readonly forGood: boolean; readonly sinceMs: number; readonly sentence: string }

/** A carrier of SimulatorApi together with what is known about the way to the simulator. */
export interface Connection {
  readonly api: SimulatorApi
  /** Reports the present state at once, and every change, until the returned function is called. */
  watch(listener: (state: LinkState) => void): () => void
  /** Tries now instead of waiting for the next attempt. */
  retry(): void
  /** What a person would call the simulator at the other end. */
  readonly address: string
  /** Opens this board in another window of a browser: its address with the token. Null in the desktop program. */
  readonly link: string | null
}
