/** @module The API of the simulator: each call with its schema, and the subscription to batches. */

import * as v from 'valibot'
import { captureApiCalls, type CaptureCalls } from '../calls/capture.ts'
import { exportApiCalls, type ExportCalls } from '../calls/exports.ts'
import { handshakeApiCalls, type HandshakeCalls } from '../calls/handshakes.ts'
import { nvmApiCalls, type NvmCalls } from '../calls/nvm.ts'
import { portApiCalls, type PortCalls } from '../calls/ports.ts'
import type { Snapshot } from '../calls/snapshot.ts'
import { whyApiCalls, type WhyCalls } from '../explain/calls.ts'
import { clockChange, type ClockChange } from '../hardware/clock-change.ts'
import { networkChange, type NetworkChange } from '../hardware/network-conditions.ts'
import { speedChoice, type SpeedChoice } from '../hardware/speed.ts'
import { supplyChange, type SupplyChange } from '../hardware/supply-change.ts'
import { labApiCalls, type LabCalls } from '../lab/calls.ts'
import { switchChange, type SwitchChange } from '../products/switches.ts'
import type { TimelineEvent } from '../timeline/events.ts'
import { eventFilter } from '../timeline/filter.ts'

/**
 * The contract through which the window, browsers, the command line and tests use the simulator. It has two carriers,
 * Electron's IPC and a WebSocket. Every call is checked at run time before it reaches the simulator. Calls refuse with
 * one sentence.
 */
export interface SimulatorApi
  extends CaptureCalls, ExportCalls, HandshakeCalls, LabCalls, NvmCalls, PortCalls, WhyCalls {
  /** Returns the whole present state, as the window shows it. */
  snapshot(): Promise<Snapshot>
  /** Returns the products and software versions to choose from. */
  catalog(): Promise<Catalog>
  /** Returns events from `fromSeq` on, oldest first, at most `limit`. */
  events(query: EventQuery): Promise<EventPage>
  /**
   * Returns which events match a filter, from `fromSeq` up to but excluding `toSeq` (`null` for the newest). The result
   * is a list for `decodeMatches`. Refuses an invalid pattern, one that takes too long, and an event that is not there.
   */
  findEvents(query: FindQuery): Promise<FoundEvents>
  /** Returns these events in the given order. Those that were dropped or never existed are left out. */
  eventsAt(query: SeqList): Promise<readonly TimelineEvent[]>
  /** Restarts the module as another product. Each product has its own NVM. Refuses an unknown product. */
  selectProduct(choice: ProductChoice): Promise<void>
  /** Types bytes into an AT port like a host. Refuses while another program has the port. */
  type(input: TypedInput): Promise<void>
  /** Presses a key of the board: ON starts the module or shuts it down, RESET restarts it. */
  pressKey(press: KeyPress): Promise<void>
  /** Changes the conditions of the mobile network. The effects reach the module through the network. */
  setNetwork(change: NetworkChange): Promise<void>
  /** Makes the network do something to the module. */
  networkEvent(event: NetworkAct): Promise<void>
  /** Inserts or removes the SIM, or changes its content. */
  setSim(change: SimChange): Promise<void>
  /** Switches the power supply of the module on or off. Without supply the keys have no effect. */
  setSupply(change: SupplyChange): Promise<void>
  /** Sets the speed of module time, as a multiple of host time, from now on. */
  setSpeed(choice: SpeedChoice): Promise<void>
  /** Sets the clock chip, or switches network time on or off, like AT+CCLK and AT#NITZ. */
  setClock(change: ClockChange): Promise<void>
  /** Sets a profile switch, or resets it to the product's value (D-25, D-26). */
  setSwitch(change: SwitchChange): Promise<void>
  /** Reports changes, at most one batch every 50 ms, until the returned function is called. */
  subscribe(listener: (batch: Batch) => void): () => void
}

/** One report to a subscriber: the new state, the events, and the output of the AT ports. */
export interface Batch {
  readonly snapshot: Snapshot
  readonly events: readonly TimelineEvent[]
  /** Output of the module on AT ports, for the built-in terminal. */
  readonly output: readonly { readonly instance: number; readonly bytes: Uint8Array }[]
  /** What a carrier left out before this batch because the receiver was too slow; absent when nothing was left out. */
  readonly skipped?: { readonly events: number; readonly outputBytes: number }
}

export const eventQuery = v.object({
  fromSeq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5000))
})
const seqNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
export const findQuery = v.strictObject({ filter: eventFilter, fromSeq: seqNumber, toSeq: v.nullable(seqNumber) })
/** Several times the rows of a window. */
export const seqList = v.strictObject({ seqs: v.pipe(v.array(seqNumber), v.maxLength(1000)) })
export const productChoice = v.object({
  product: v.pipe(v.string(), v.maxLength(40)),
  software: v.nullable(v.pipe(v.string(), v.maxLength(20)))
})
/** At most what one entry may have; the module would cut off more. */
export const typedInput = v.object({
  instance: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2)),
  bytes: v.pipe(v.instance(Uint8Array), v.maxLength(65_536))
})
export const keyPress = v.object({ key: v.picklist(['on', 'reset']) })

export const networkAct = v.strictObject({
  kind: v.picklist(['drop-context', 'detach', 'lose-coverage', 'restore']),
  /** For `drop-context`; 1 by default. */
  contextId: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)))
})
/** `fresh` replaces the card by a new one with the same numbers. A changed PIN has all its tries. */
export const simChange = v.strictObject({
  fresh: v.optional(v.literal(true)),
  pin: v.optional(v.pipe(v.string(), v.regex(/^\d{4,8}$/, 'expected 4 to 8 digits'))),
  /** Whether the card demands the PIN when it is next powered. */
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

/** The calls with the schemas of their arguments. A carrier passes on nothing else. */
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

/** Calls that do not change the module and may take seconds. A carrier must not let other calls wait for them. */
export const unhurriedCalls: ReadonlySet<string> = new Set<ApiCallName>(['findEvents', 'beginExport', 'readCapture'])

export interface EventPage {
  readonly events: readonly TimelineEvent[]
  /** The oldest event that is kept. Older ones were dropped and are counted in `dropped`. */
  readonly firstSeq: number
  readonly nextSeq: number
  readonly dropped: number
}

/** The result of `findEvents`. */
export interface FoundEvents {
  /** The oldest event that is kept. */
  readonly firstSeq: number
  /** The first event that was examined. */
  readonly fromSeq: number
  /** The first event that was not examined. Continue from here. */
  readonly scannedTo: number
  readonly count: number
  /** Encoded `seq`s: read them by `decodeMatches(matches, fromSeq, count)` of shared/timeline/matches.ts. */
  readonly matches: Uint8Array
}

export interface Catalog {
  readonly families: readonly {
    readonly name: string
    /** With software versions, oldest first. */
    readonly products: readonly { readonly name: string; readonly software: readonly string[] }[]
  }[]
}
