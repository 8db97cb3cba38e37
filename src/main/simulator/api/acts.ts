/** @module The handlers of the API calls, one file for each group of calls. */

import type { SimulatorApi } from '../../../shared/api/api.ts'
import { acts } from '../acts.ts'
import type { Board } from '../board.ts'

/** The API calls that are acts on the board. The carrier has checked their arguments by the same schemas. */
export function actCalls(board: () => Board) {
  return {
    selectProduct: async (choice) => acts.product.run(board(), choice, 0),
    pressKey: async (press) => acts.key.run(board(), press, 0),
    setNetwork: async (change) => acts.network.run(board(), change, 0),
    networkEvent: async (event) => acts['network-event'].run(board(), event, 0),
    setSim: async (change) => acts.sim.run(board(), change, 0),
    setSupply: async (change) => acts.supply.run(board(), change, 0),
    setSpeed: async (choice) => acts.speed.run(board(), choice, 0),
    setSwitch: async (change) => acts.switch.run(board(), change, 0),
    setClock: async (change) => acts.clock.run(board(), change, 0),
    setLab: async (change) => await acts.lab.run(board(), change, 0),
    armFault: async (order) => ({ id: await acts.fault.run(board(), order, 0) })
  } satisfies Partial<SimulatorApi>
}
