import type { Chart } from '../chart.ts'
import { CONNECTION_IDS } from './config.ts'
import { Firewall } from './firewall.ts'
import type { PlainSocketParts } from './parts.ts'
import { PlainSocket } from './socket.ts'

/** The six plain sockets of a module, by connection id, and the firewall before their listeners. */
export class PlainSockets {
  readonly firewall = new Firewall()
  readonly #sockets: ReadonlyMap<number, PlainSocket>

  /** `chartOf` makes the chart of a connection. */
  constructor(chartOf: (connId: number) => Chart<'socket'>, parts: Omit<PlainSocketParts, 'firewall'>) {
    const all = { ...parts, firewall: this.firewall }
    this.#sockets = new Map(CONNECTION_IDS.map((connId) => [connId, new PlainSocket(connId, chartOf(connId), all)]))
  }

  /** Returns a socket. `connId` is 1 to 6, as the declarations of the commands demand. */
  of(connId: number): PlainSocket {
    return this.#sockets.get(connId)!
  }

  get all(): readonly PlainSocket[] {
    return [...this.#sockets.values()]
  }

  powerLost(cause: number | null): void {
    for (const one of this.all) one.powerLost(cause)
    this.firewall.clear()
  }
}
