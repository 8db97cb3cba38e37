/** @module The API of the simulator: each call with its schema, and the subscription to batches. */

import * as v from 'valibot'
import { captureApiCalls, type CaptureCalls } from '../calls/capture.ts'
import { clockChange, type ClockChange } from '../hardware/clock-change.ts'
import { handshakeApiCalls, type HandshakeCalls } from '../calls/handshakes.ts'
import { exportApiCalls, type ExportCalls } from '../calls/exports.ts'
import { labApiCalls, type LabCalls } from '../lab/calls.ts'
import { speedChoice, type SpeedChoice } from '../hardware/speed.ts'
import { nvmApiCalls, type NvmCalls } from '../calls/nvm.ts'
import { networkChange, type NetworkChange } from '../hardware/network-conditions.ts'
import { switchChange, type SwitchChange } from '../products/switches.ts'
import { portApiCalls, type PortCalls } from '../calls/ports.ts'
import type { Snapshot } from '../calls/snapshot.ts'
import { supplyChange, type SupplyChange } from '../hardware/supply-change.ts'
import type { TimelineEvent } from '../timeline/events.ts'
import { eventFilter } from '../timeline/filter.ts'
import { whyApiCalls, type WhyCalls } from '../explain/calls.ts'

/**
 * The one contract through which a window, a browser, the command line and the tests use the simulator. Two carriers
 * bring it: Electron's IPC and a WebSocket. Every call is checked here at run time before it reaches the simulator.
 */
export interface SimulatorApi
  extends CaptureCalls, ExportCalls, HandshakeCalls, LabCalls, NvmCalls, PortCalls, WhyCalls {
  /** Everything the window draws, as it is now. */
  snapshot(): Promise<Snapshot>
  /** Products and software versions to choose from. */
  catalog(): Promise<Catalog>
  /** Events from `fromSeq` on, oldest first, at most `limit`. */
  events(query: EventQuery): Promise<EventPage>
  /**
   * Which events from `fromSeq` up to and without `toSeq` (null: the newest) fit a filter, as a list of `seq`s that `decodeMatches`
   * reads. Refuses with a sentence: a broken pattern, one that takes too long, an event that is not there.
   */
  findEvents(query: FindQuery): Promise<FoundEvents>
  /** These events, in the order in which they were asked for; those that fell off or never were are left out. */
  eventsAt(query: SeqList): Promise<readonly TimelineEvent[]>
  /** Restarts the module as another product; NVM is kept per product. Refuses with a sentence when there is no such. */
  selectProduct(choice: ProductChoice): Promise<void>
  /** Types bytes into an AT port, as a host would. Refuses while an outside program has the port. */
  type(input: TypedInput): Promise<void>
  /** The keys of the board: ON starts the module or shuts it down, RESET restarts it. */
  pressKey(press: KeyPress): Promise<void>
  /** Changes what the mobile network is like; what follows reaches the module as from a network. */
  setNetwork(change: NetworkChange): Promise<void>
  /** Makes the network do something to the module. */
  networkEvent(event: NetworkAct): Promise<void>
  /** Puts the SIM in, takes it out, or changes what is on it. */
  setSim(change: SimChange): Promise<void>
  /** Pulls the plug of the module's power supply, or puts it in. Without supply the keys do nothing. */
  setSupply(change: SupplyChange): Promise<void>
  /** Lets the module's time run so many times as fast as the host's, from this moment on. */
  setSpeed(choice: SpeedChoice): Promise<void>
  /** Sets the module's clock chip, or switches network time on and off, as AT+CCLK and AT#NITZ do. */
  setClock(change: ClockChange): Promise<void>
  /** Sets a profile switch, or gives it back to the product (D-25, D-26). */
  setSwitch(change: SwitchChange): Promise<void>
  /** Reports changes until the returned function is called: at most one batch every 50 ms. */
  subscribe(listener: (batch: Batch) => void): () => void
}

/** What a subscriber gets: the new state, what happened, and what the AT ports printed. */
export interface Batch {
  readonly snapshot: Snapshot
  readonly events: readonly TimelineEvent[]
  /** Output of the module on an AT port, for the built-in terminal. */
  readonly output: readonly { readonly instance: number; readonly bytes: Uint8Array }[]
  /** What a carrier left out before this batch because the receiver did not keep up; absent when nothing was. */
  readonly skipped?: { readonly events: number; readonly outputBytes: number }
}

export const eventQuery = v.object({
  fromSeq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5000))
})
const seqNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
export const findQuery = v.strictObject({ filter: eventFilter, fromSeq: seqNumber, toSeq: v.nullable(seqNumber) })
/** As many rows as a window shows several times over. */
export const seqList = v.strictObject({ seqs: v.pipe(v.array(seqNumber), v.maxLength(1000)) })
export const productChoice = v.object({
  product: v.pipe(v.string(), v.maxLength(40)),
  software: v.nullable(v.pipe(v.string(), v.maxLength(20)))
})
/** More than a certificate slot holds at once would only be cut by the module. */
export const typedInput = v.object({
  instance: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2)),
  bytes: v.pipe(v.instance(Uint8Array), v.maxLength(65_536))
})
export const keyPress = v.object({ key: v.picklist(['on', 'reset']) })

export const networkAct = v.strictObject({
  kind: v.picklist(['drop-context', 'detach', 'lose-coverage', 'restore']),
  /** For `drop-context`; left out: context 1. */
  contextId: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)))
})
/** `fresh` exchanges the card for a new one of the same numbers; a changed PIN has all its tries. */
export const simChange = v.strictObject({
  fresh: v.optional(v.literal(true)),
  pin: v.optional(v.pipe(v.string(), v.regex(/^\d{4,8}$/, 'expected 4 to 8 digits'))),
  /** Whether the card asks for the PIN when it next gets power. */
  pinEnabled: v.optional(v.boolean()),
  inserted: v.optional(v.boolean())
})

export type EventQuery = v.InferOutput<typeof eventQuery>
export type FindQuery = v.InferOutput<typeof findQuery>
export type SeqList = v.InferOutput<typeof seqList>
export type ProductChoice = v.InferOutput<typeof productChoice>
export type TypedInput = v.InferOutput<typeof typedInput>
export type KeyPress = v.InferOutput<typeof keyPress>
export type NetworkAct = v.InferOutput<typeof networkAct>
export type SimChange = v.InferOutput<typeof simChange>

/** The calls with their argument schemas: what a carrier may pass on, and nothing else. */
export const apiCalls = {
  snapshot: v.tuple([]),
  catalog: v.tuple([]),
  events: v.tuple([eventQuery]),
  findEvents: v.tuple([findQuery]),
  eventsAt: v.tuple([seqList]),
  selectProduct: v.tuple([productChoice]),
  type: v.tuple([typedInput]),
  pressKey: v.tuple([keyPress]),
  setNetwork: v.tuple([networkChange]),
  networkEvent: v.tuple([networkAct]),
  setSim: v.tuple([simChange]),
  setSupply: v.tuple([supplyChange]),
  setSpeed: v.tuple([speedChoice]),
  setClock: v.tuple([clockChange]),
  setSwitch: v.tuple([switchChange]),
  ...captureApiCalls,
  ...exportApiCalls,
  ...nvmApiCalls,
  ...portApiCalls,
  ...handshakeApiCalls,
  ...labApiCalls,
  ...whyApiCalls
} as const

export type ApiCallName = keyof typeof apiCalls

/** Calls that change nothing of the module and may take seconds: a carrier must not let others wait for them. */
export const unhurriedCalls: ReadonlySet<string> = new Set<ApiCallName>(['findEvents', 'beginExport', 'readCapture'])

export interface EventPage {
  readonly events: readonly TimelineEvent[]
  /** Oldest event still kept; older ones fell off the end and are counted in `dropped`. */
  readonly firstSeq: number
  readonly nextSeq: number
  readonly dropped: number
}

/** What `findEvents` found. */
export interface FoundEvents {
  /** Oldest event still kept. */
  readonly firstSeq: number
  /** What was looked at: from here … */
  readonly fromSeq: number
  /** … up to and without here; ask for the rest from here on. */
  readonly scannedTo: number
  readonly count: number
  /** `decodeMatches(matches, fromSeq, count)` of shared/timeline/matches.ts makes the `seq`s of it. */
  readonly matches: Uint8Array
}

export interface Catalog {
  readonly families: readonly {
    readonly name: string
    /** Software versions oldest first. */
    readonly products: readonly { readonly name: string; readonly software: readonly string[] }[]
  }[]
}
