import * as v from 'valibot'
import { FASTEST_BAUD, SLOWEST_BAUD } from '../hardware/line-rates.ts'
import type { Diagnosis } from './diagnosis.ts'

/**
 * API calls for the ports of the AT instances: opening, closing and pacing. The options `--link`, `--tcp`, `--rfc2217`,
 * `--serial` and `--pace` do the same at the start.
 */
export interface PortCalls {
  /** Opens another port on an AT instance. When it refuses, nothing has changed. */
  openPort(wanted: PortWanted): Promise<OpenedPort>
  /** Closes a port, which its client sees. Refuses when there is no such port. */
  closePort(which: PortChosen): Promise<void>
  /** Returns the UARTs of this machine, for `openPort`; empty where they cannot be listed. */
  listUarts(): Promise<readonly UartFound[]>
  /** Why a terminal program may not see a port: what `telit-sim doctor` says, problems first. */
  examinePorts(): Promise<readonly Diagnosis[]>
  /** Sets the pacing of an AT instance's ports. */
  setPace(change: PaceChange): Promise<void>
}

const baud = v.pipe(v.number(), v.integer(), v.minValue(SLOWEST_BAUD), v.maxValue(FASTEST_BAUD))
const instance = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2))
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))
/** 0 for a free one. */
const tcpPort = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535))

const pace = v.union([baud, v.picklist(['follow', 'off'])])

/** UartFormat of line-rates.ts, with defaults. */
const uartFormat = v.strictObject({
  parity: v.optional(v.picklist(['none', 'even', 'odd']), 'none'),
  dataBits: v.optional(v.picklist([7, 8]), 8),
  stopBits: v.optional(v.picklist([1, 2]), 1),
  rtscts: v.optional(v.boolean(), false),
  dtrDrives: v.optional(v.picklist(['dcd', 'dsr', 'ri']), 'dcd')
})

export const portWanted = v.variant('kind', [
  /**
   * By default the instance's default link. Otherwise a name in the runtime folder, or a link of the command line;
   * other places are refused.
   */
  v.strictObject({ kind: v.literal('pty'), instance, link: v.optional(path) }),
  v.strictObject({ kind: v.literal('tcp'), instance, port: tcpPort }),
  v.strictObject({ kind: v.literal('rfc2217'), instance, port: tcpPort }),
  /** Must be a UART of this machine. */
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
  /** The path to open. */
  readonly path: string
  /** Maker and product, if known. */
  readonly about: string | null
  /** The program that has it open, if known. */
  readonly heldBy: string | null
}

/** The calls with the schemas of their arguments. */
export const portApiCalls = {
  openPort: v.tuple([portWanted]),
  closePort: v.tuple([portChosen]),
  listUarts: v.tuple([]),
  examinePorts: v.tuple([]),
  setPace: v.tuple([paceChange])
} as const
