import * as v from 'valibot'
import { FASTEST_BAUD, SLOWEST_BAUD } from '../hardware/line-rates.ts'

/**
 * The ports of the AT instances while the simulator runs: what a person opens and closes, and how fast their wires are.
 * The command line's `--link`, `--tcp`, `--rfc2217`, `--serial` and `--pace` do the same at the start.
 */
export interface PortCalls {
  /** Opens one more port on an AT instance. Refuses with a sentence when it cannot be had; nothing has changed then. */
  openPort(wanted: PortWanted): Promise<OpenedPort>
  /** Closes a port; its client sees the line end. Refuses when there is no such port. */
  closePort(which: PortChosen): Promise<void>
  /** UARTs that this machine has, for `openPort`; empty where it has none or does not tell. */
  listUarts(): Promise<readonly UartFound[]>
  /** Sets the pacing of an AT instance's ports. */
  setPace(change: PaceChange): Promise<void>
}

const baud = v.pipe(v.number(), v.integer(), v.minValue(SLOWEST_BAUD), v.maxValue(FASTEST_BAUD))
const instance = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2))
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))
/** 0: a free one. */
const tcpPort = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535))

const pace = v.union([baud, v.picklist(['follow', 'off'])])

/** UartFormat of line-rates.ts; what is left out is plain. */
const uartFormat = v.strictObject({
  parity: v.optional(v.picklist(['none', 'even', 'odd']), 'none'),
  dataBits: v.optional(v.picklist([7, 8]), 8),
  stopBits: v.optional(v.picklist([1, 2]), 1),
  rtscts: v.optional(v.boolean(), false),
  dtrDrives: v.optional(v.picklist(['dcd', 'dsr', 'ri']), 'dcd')
})

export const portWanted = v.variant('kind', [
  /** Without `link`: the stable name of this instance. A name in the runtime folder, or a link of the command line; other places are refused. */
  v.strictObject({ kind: v.literal('pty'), instance, link: v.optional(path) }),
  v.strictObject({ kind: v.literal('tcp'), instance, port: tcpPort }),
  v.strictObject({ kind: v.literal('rfc2217'), instance, port: tcpPort }),
  /** A UART of this machine; no other terminal. */
  v.strictObject({ kind: v.literal('serial'), instance, path, baud, format: v.optional(uartFormat, {}) })
])
export const portChosen = v.strictObject({ id: v.pipe(v.number(), v.integer(), v.minValue(1)) })
export const paceChange = v.strictObject({ instance, pace })

export type PortWanted = v.InferOutput<typeof portWanted>
export type PortChosen = v.InferOutput<typeof portChosen>
export type PaceChange = v.InferOutput<typeof paceChange>

export interface OpenedPort {
  /** As in PortSnapshot. */
  readonly id: number
  readonly name: string
}

export interface UartFound {
  /** What to open. */
  readonly path: string
  /** What it is, as far as the machine tells: maker and product. */
  readonly about: string | null
  /** The program that has it open, where that can be known. */
  readonly heldBy: string | null
}

/** The calls with their argument schemas. */
export const portApiCalls = {
  openPort: v.tuple([portWanted]),
  closePort: v.tuple([portChosen]),
  listUarts: v.tuple([]),
  setPace: v.tuple([paceChange])
} as const
