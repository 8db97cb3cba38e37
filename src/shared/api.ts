import * as v from 'valibot'
import { clockChange, type ClockChange } from './clock-change.ts'
import { handshakeApiCalls, type HandshakeCalls, type HandshakeSnapshot } from './handshake-calls.ts'
import { exportApiCalls, type ExportCalls, type KeyLogSnapshot, type RecordingSnapshot } from './export-calls.ts'
import { labApiCalls, type LabCalls, type LabSnapshot } from './lab-calls.ts'
import { speedChoice, type SpeedChoice } from './speed.ts'
import { nvmApiCalls, type NvmCalls } from './nvm-calls.ts'
import { networkChange, type NetworkChange, type NetworkConditions } from './network-conditions.ts'
import { type Pace } from './line-rates.ts'
import { portApiCalls, type PortCalls } from './port-calls.ts'
import type { PortLines } from './port-lines.ts'
import type { PortKind } from './serial-port.ts'
import { supplyChange, type SupplyChange } from './supply-change.ts'
import type { TimelineEvent } from './timeline/events.ts'
import { eventFilter } from './timeline/filter.ts'
import { whyApiCalls, type WhyCalls } from './why-calls.ts'

/**
 * The one contract through which a window, a browser, the command line and the tests use the simulator. Two carriers
 * bring it: Electron's IPC and a WebSocket. Every call is checked here at run time before it reaches the simulator.
 */
export interface SimulatorApi extends ExportCalls, HandshakeCalls, LabCalls, NvmCalls, PortCalls, WhyCalls {
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

export const eventQuery = v.object({ fromSeq: v.pipe(v.number(), v.integer(), v.minValue(0)), limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5000)) })
const seqNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
export const findQuery = v.strictObject({ filter: eventFilter, fromSeq: seqNumber, toSeq: v.nullable(seqNumber) })
/** As many rows as a window shows several times over. */
export const seqList = v.strictObject({ seqs: v.pipe(v.array(seqNumber), v.maxLength(1000)) })
export const productChoice = v.object({ product: v.pipe(v.string(), v.maxLength(40)), software: v.nullable(v.pipe(v.string(), v.maxLength(20))) })
/** More than a certificate slot holds at once would only be cut by the module. */
export const typedInput = v.object({ instance: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2)), bytes: v.pipe(v.instance(Uint8Array), v.maxLength(65_536)) })
export const keyPress = v.object({ key: v.picklist(['on', 'reset']) })

export const networkAct = v.strictObject({
  kind: v.picklist(['drop-context', 'detach', 'lose-coverage', 'restore']),
  /** For `drop-context`; left out: context 1. */
  contextId: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)))
})
/** `fresh` exchanges the card for a new one of the same numbers; a changed PIN has all its tries. */
export const simChange = v.strictObject({
  fresh: v.optional(v.literal(true)),
  pin: v.optional(v.pipe(v.string(), v.regex(/^\d{4,8}$/))),
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
  ...exportApiCalls,
  ...nvmApiCalls,
  ...portApiCalls,
  ...handshakeApiCalls,
  ...labApiCalls,
  ...whyApiCalls
} as const

export type ApiCallName = keyof typeof apiCalls

/** Calls that change nothing of the module and may take seconds: a carrier must not let others wait for them. */
export const unhurriedCalls: ReadonlySet<string> = new Set<ApiCallName>(['findEvents', 'beginExport'])

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

export interface Snapshot {
  readonly moduleMs: number
  /** Module milliseconds in one of the host's. */
  readonly speed: number
  readonly wallMs: number
  readonly product: { readonly family: string; readonly name: string; readonly software: string; readonly model: string; readonly imei: string }
  readonly charts: readonly ChartSnapshot[]
  readonly ports: readonly PortSnapshot[]
  readonly network: { readonly operator: string; readonly operatorCode: string; readonly signalQuality: number; readonly clockChip: string; readonly clockSet: boolean; readonly nitz: boolean; readonly attached: boolean }
  /** What the network is like, as it can be changed with `setNetwork`. */
  readonly conditions: NetworkConditions
  readonly sim: SimSnapshot
  /** Whether the plug of the power supply is in; the module itself may be off with it. */
  readonly supply: { readonly on: boolean }
  readonly context: { readonly id: number; readonly type: string; readonly apn: string; readonly address: string | null }
  readonly ssl: SslSnapshot
  readonly slots: readonly SlotSnapshot[]
  readonly timers: readonly TimerSnapshot[]
  readonly handshake: HandshakeSnapshot | null
  readonly lab: LabSnapshot
  /** Where NVM is kept: a folder, or null when nothing is kept. */
  readonly nvm: { readonly folder: string | null; readonly savedAtMs: number | null; readonly fault: string | null }
  readonly timeline: { readonly nextSeq: number; readonly dropped: number }
  /** While it is on, a badge says so. */
  readonly keyLog: KeyLogSnapshot
  /** Files that the command line asked for. */
  readonly recording: RecordingSnapshot
}

export interface SimSnapshot {
  readonly inserted: boolean
  /** State of the chart `sim`. */
  readonly state: string
  readonly pinEnabled: boolean
  readonly pinTriesLeft: number
  readonly pukTriesLeft: number
  /** The board's own card: what has to be typed is no secret. */
  readonly pin: string
  readonly puk: string
  readonly imsi: string
  readonly iccid: string
}

export interface ChartSnapshot {
  readonly id: string
  /** Path of the present state, `open.online`. */
  readonly state: string
  readonly last: { readonly from: string; readonly to: string; readonly event: string; readonly moduleMs: number; readonly seq: number; readonly cause: number | null } | null
}

export interface PortSnapshot {
  /** For `closePort`. */
  readonly id: number
  readonly instance: number
  readonly kind: PortKind
  /** What a terminal program is told to open: the link for a pty, `tcp 127.0.0.1:PORT` for TCP. */
  readonly name: string
  readonly clientPresent: boolean
  readonly client: string | null
  readonly bytesFromHost: number
  readonly bytesToHost: number
  /** Its modem lines; absent: nothing is known of them. */
  readonly lines?: PortLines
  /** Whether its host has the AT instance: it sent first, and what other hosts send is refused. */
  readonly has: boolean
  /** Bytes from its host that were refused because another one has the instance. */
  readonly refusedBytes: number
  /** Bytes either way that were lost: nobody read, a UART was full, the rates differ. */
  readonly lostBytes: number
  readonly pace: Pace
  /** The rate of the wire, or the one that the host has set where bytes pass as fast as they can; null: there is none. */
  readonly baud: number | null
  /** Why it does not work at present, one sentence; null where it does. */
  readonly trouble: string | null
}

export interface SslSnapshot {
  /** First digit of `#SSLS`. */
  readonly status: 0 | 1 | 2
  readonly statusWord: string
  readonly farEnd: string | null
  readonly suite: { readonly number: number; readonly name: string } | null
  readonly authMode: number
  readonly suiteSetting: number
  /** How #SSLSECDATA takes data at present: 0 DER, 1 PEM; null where the product has no choice, which is PEM (G-3.2-2). */
  readonly certificateFormat: 0 | 1 | null
  readonly closureType: number
  readonly owner: number | null
  readonly sentBytes: number
  readonly sentRecords: number
  readonly receivedBytes: number
  readonly receivedRecords: number
  /** Received and not yet read by the host, bytes. */
  readonly heldBytes: number
  /** Whether there is a session that #SSLFASTD would take up (G-4.4-2). */
  readonly sessionKept: boolean
  readonly config: { readonly pktSize: number; readonly maxToS: number; readonly defTo100ms: number; readonly txTo100ms: number }
  /** What #SSLCFG and #SSLSECCFG are set to, by the names of their declarations; what is not kept is left out. */
  readonly settings: Readonly<Record<'#SSLCFG' | '#SSLSECCFG', Readonly<Record<string, number>>>>
  /** Why the last dial or connection failed, in one sentence. */
  readonly lastFailure: string | null
}

export interface SlotSnapshot {
  readonly slot: 'client-certificate' | 'ca-certificate' | 'private-key'
  readonly dataType: 0 | 1 | 2
  readonly storedBytes: number
  readonly capacityBytes: number
  readonly format: string | null
  readonly subject: string | null
  readonly issuer: string | null
  readonly notBeforeMs: number | null
  readonly notAfterMs: number | null
  readonly keyBits: number | null
  /** Of the certificate, `AB:CD:…`. */
  readonly sha1Fingerprint: string | null
  readonly fault: string | null
}

/** A bar that runs: bytes against pktSize, or time against a limit. */
export interface TimerSnapshot {
  readonly name: 'pktSize' | 'txTo' | 'maxTo' | 'command' | 'handshake' | 'escape' | 'ftp'
  readonly running: boolean
  readonly unit: 'bytes' | 'ms'
  /** Bytes waiting, or milliseconds gone, at `moduleMs` of the snapshot. */
  readonly value: number
  /** What it runs against; while it is idle, what is set for the next time, or 0 where that is for a command to say. */
  readonly limit: number
  /** What follows when it runs out: `then a record leaves`. */
  readonly consequence: string
}

export type { HandshakeMessage, HandshakeSnapshot } from './handshake-calls.ts'
