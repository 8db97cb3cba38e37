import type { SimulatorApi } from '../../shared/api.ts'
import { connectSocket } from './socket-carrier.ts'

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
  /** What a person would call the far end of this link. */
  readonly address: string
  /** Opens this board in another window of a browser: its address with the token. Null in the desktop program. */
  readonly link: string | null
}

/** The desktop program's bridge where there is one, else the WebSocket of the host that served this page. */
export function openConnection(): Connection {
  // Put there by the preload of the desktop program, and by nothing else.
  const { telitSim } = window as { readonly telitSim?: SimulatorApi }
  if (telitSim) return bridge(telitSim)
  return connectSocket(`ws://${location.host}/api`, takeToken())
}

/** The simulator lives in the same program as the window: there is no way for it to go away alone. */
function bridge(api: SimulatorApi): Connection {
  return {
    api,
    address: 'this program',
    link: null,
    watch(listener) {
      listener({ kind: 'live' })
      return () => undefined
    },
    retry: () => undefined
  }
}

const tokenKey = 'telit-sim.token'

/** The token comes in the fragment, which no server log sees, and leaves the address bar at once. */
function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token !== null) {
    sessionStorage.setItem(tokenKey, token)
    history.replaceState(null, '', location.pathname + location.search)
  }
  return token ?? sessionStorage.getItem(tokenKey) ?? ''
}
