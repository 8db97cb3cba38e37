import type { SimulatorApi } from '../../../shared/api/api.ts'
import type { Connection } from './connection.ts'
import { connectSocket } from './socket-carrier.ts'
import { carrierWords } from './words.ts'

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
    address: carrierWords.desktopProgram,
    link: null,
    watch(listener) {
      listener({ kind: 'live' })
      return () => undefined
    },
    retry: () => undefined
  }
}

const TOKEN_KEY = 'telit-sim.token'

/** The token comes in the fragment, which no server log sees, and leaves the address bar at once. */
function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token !== null) {
    sessionStorage.setItem(TOKEN_KEY, token)
    history.replaceState(null, '', location.pathname + location.search)
  }
  return token ?? sessionStorage.getItem(TOKEN_KEY) ?? ''
}
