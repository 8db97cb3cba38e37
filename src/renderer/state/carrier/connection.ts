/**
 * @module How the window reaches the simulator: Electron or a WebSocket, and what it does when the connection
 * breaks.
 */

import type { SimulatorApi } from '../../../shared/api/api.ts'

/** State of the connection to the simulator. Times are from the window's clock, milliseconds since 1970 UTC. */
export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The simulator went away or never answered. The window tries again by itself, unless it is gone `forGood`. */
  | { readonly kind: 'gone'; readonly forGood: boolean; readonly sinceMs: number; readonly sentence: string }

/** A SimulatorApi, with the state of the connection that carries it. */
export interface Connection {
  readonly api: SimulatorApi
  /** Reports the present state at once and then every change, until the returned function is called. */
  watch(listener: (state: LinkState) => void): () => void
  /** Tries at once instead of waiting for the next attempt. */
  retry(): void
  /** The simulator's address as shown to a person. */
  readonly address: string
  /** The address that opens this window in another browser window, with the token. `null` in the desktop program. */
  readonly link: string | null
}
