import * as v from 'valibot'
import { keyPress, networkAct, productChoice, simChange } from '../../shared/api/api.ts'
import { nvmAct } from '../../shared/calls/nvm.ts'
import { clockChange } from '../../shared/hardware/clock-change.ts'
import { networkChange } from '../../shared/hardware/network-conditions.ts'
import { speedChoice } from '../../shared/hardware/speed.ts'
import { supplyChange } from '../../shared/hardware/supply-change.ts'
import { anyLabChange, faultOrder } from '../../shared/lab/calls.ts'
import { labFaultById } from '../../shared/lab/faults.ts'
import { switchChange } from '../../shared/products/switches.ts'
import type { BoardActName } from '../../shared/timeline/events.ts'
import { makeNetworkAct, setNetwork } from '../bearer/network-acts.ts'
import { setSpeed } from '../clock/set-speed.ts'
import { armFault, setLab } from '../lab/lab-acts.ts'
import { setClock } from '../module/by-hand/clock-change.ts'
import { pressKey } from '../module/by-hand/press-key.ts'
import { setSim } from '../module/by-hand/sim-change.ts'
import { setSupply } from '../module/hardware/power-supply.ts'
import type { Board } from './board.ts'

/**
 * An act on the board or on what is around it: the schema of its argument, and how it is done. Each is reported on the
 * timeline under its name.
 */
export interface Act<Argument, Result = unknown> {
  readonly schema: v.GenericSchema<unknown, Argument>
  /** `instance` is the AT instance, for acts on a port. Throws an error of one sentence. */
  run(board: Board, argument: Argument, instance: number): Result
}

/** Any act, for callers that check the argument first. */
interface AnyAct {
  readonly schema: v.GenericSchema
  run(board: Board, argument: never, instance: number): unknown
}

/** The only table of acts: the window, transcripts and scenarios do these and nothing else. */
export const acts = {
  key: act(keyPress, ({ module, timeline }, press) => pressKey(module, press, timeline)),
  network: act(networkChange, ({ around, timeline }, change) => setNetwork(around.network, change, timeline)),
  'network-event': act(networkAct, ({ around, timeline }, event) => makeNetworkAct(around.network, event, timeline)),
  sim: act(simChange, ({ module, timeline }, change) => setSim(module.parts.sim, change, timeline)),
  supply: act(supplyChange, ({ module, timeline }, change) => setSupply(module, change, timeline)),
  clock: act(clockChange, ({ module, timeline }, change) => setClock(module, change, timeline)),
  speed: act(speedChoice, ({ around, timeline }, choice) => setSpeed(around.pace, choice, timeline)),
  switch: act(switchChange, ({ switches, timeline }, change) => switches.set(change, timeline)),
  product: act(productChoice, (board, { product, software }) => board.selectProduct(product, software)),
  nvm: act(nvmAct, (board, { dataType, base64, preloaded }) => {
    // A private key is never in a transcript: the slot stays as it is.
    if (base64 === undefined) return
    const bytes = base64 === null ? null : Buffer.from(base64, 'base64')
    if (preloaded) board.preloadCa(bytes)
    else board.slotChanges.change(board.module, dataType, bytes)
  }),
  lab: act(anyLabChange, ({ around, timeline }, change) => setLab(around.desk(), change, timeline)),
  fault: act(faultOrder, ({ around }, order) => armFault(around.faults, () => around.desk(), order)),
  'fault-cleared': act(v.omit(faultOrder, ['times', 'parameter']), ({ around: { faults } }, { fault, farEnd }) => {
    const armed = faults.present.find((one) => one.fault === fault && one.farEnd === (farEnd ?? null))
    if (!armed) throw new Error(`${labFaultById(fault).words} is not armed here`)
    faults.clear({ id: armed.id })
  }),
  client: act(v.strictObject({}), (board, _nothing, instance) => board.changeClient(instance)),
  lines: act(hostLines(), (board, lines, instance) => board.moveLines(instance, lines))
} satisfies Readonly<Record<BoardActName, AnyAct>>

/**
 * Performs an act by name, as a transcript does. Throws an error of one sentence, also when the argument does not fit.
 */
export async function performAct(board: Board, name: string, argument: unknown, instance: number): Promise<void> {
  if (!Object.hasOwn(acts, name)) throw new Error('there is no such act')
  const { schema, run }: AnyAct = acts[name as BoardActName]
  const checked = v.safeParse(schema, argument)
  if (!checked.success) throw new Error('its argument is not that of such an act')
  // Checked by the schema of this very act.
  await run(board, checked.output as never, instance)
}

function act<Argument, Result>(
  schema: v.GenericSchema<unknown, Argument>,
  run: (board: Board, argument: Argument, instance: number) => Result
): Act<Argument, Result> {
  return { schema, run }
}

function hostLines() {
  const line = v.nullable(v.boolean())
  return v.strictObject({ rts: line, dtr: line })
}
