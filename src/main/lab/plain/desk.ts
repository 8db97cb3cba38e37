import type { PlainChange, PlainServerId, PlainSettings } from '../../../shared/lab/plain.ts'
import { plainServerIds, usualPlainSettings } from '../../../shared/lab/plain.ts'
import type { ArmedFaults } from '../armed-faults.ts'
import type { LabSocket } from '../net.ts'
import type { PlainVisit } from './server.ts'

/** The settings of the plain servers, changed while the lab runs. A connection keeps those that held when it began. */
export class PlainDesk {
  readonly #states: ReadonlyMap<PlainServerId, State>

  constructor(
    private readonly faults: ArmedFaults,
    private readonly breakInto: (remotePort: number | null, report: (cause: number | null) => number) => void
  ) {
    this.#states = new Map(
      plainServerIds.map((id) => [id, { settings: usualPlainSettings, connections: 0, datagrams: 0 }])
    )
  }

  state(id: PlainServerId): Readonly<State> {
    return this.#states.get(id)!
  }

  set({ farEnd, ...change }: PlainChange): void {
    const state = this.#states.get(farEnd)!
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    state.settings = { ...state.settings, ...given }
  }

  /** Counts a datagram, and returns the settings for its answer. */
  datagram(id: PlainServerId): PlainSettings {
    const state = this.#states.get(id)!
    state.datagrams += 1
    return state.settings
  }

  visits(id: PlainServerId): (socket: LabSocket) => PlainVisit {
    return (socket) => {
      const state = this.#states.get(id)!
      state.connections += 1
      const claim = this.faults.claim(id)
      if (!claim) return { settings: state.settings, fault: null }
      socket.on('close', () => claim.release())
      let struck = false
      const strike = (): void => {
        if (struck) return
        struck = true
        this.breakInto(socket.remotePort ?? null, (cause) => claim.strike(cause))
      }
      return { settings: state.settings, fault: { fault: claim.fault, parameter: claim.parameter, ftp: {}, strike } }
    }
  }
}

interface State {
  settings: PlainSettings
  connections: number
  datagrams: number
}
