import type { SimulatorApi } from '../../../shared/api/api.ts'
import type { Connection } from './connection.ts'
import { connectSocket } from './socket-carrier.ts'
import { carrierWords } from './words.ts'

/** Returns the desktop program's bridge if there is one, else a WebSocket to the host that served this page. */
export function openConnection(): Connection {
  // Only the preload of the desktop program sets it.
  const { telitSim } = window as { readonly telitSim?: SimulatorApi }
  if (telitSim) return bridge(telitSim)
  return connectSocket(`ws://${location.host}/api`, takeToken())
}

/** The simulator runs in the same program as the window, so it cannot go away alone. */
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

/** Returns the token. It comes in the fragment, which no server log contains, and is removed from the address bar. */
function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token !== null) {
    sessionStorage.setItem(TOKEN_KEY, token)
    history.replaceState(null, '', location.pathname + location.search)
  }
  return token ?? sessionStorage.getItem(TOKEN_KEY) ?? ''
}
