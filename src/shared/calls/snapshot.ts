/** @module What the API calls take and return, by group. */

import type { ErrorReport } from '../rules/errors.ts'
import type { KeyLogSnapshot, RecordingSnapshot } from './exports.ts'
import type { HandshakeSnapshot } from './handshakes.ts'
import type { LabSnapshot } from '../lab/calls.ts'
import type { Pace } from '../hardware/line-rates.ts'
import type { NetworkConditions } from '../hardware/network-conditions.ts'
import type { PortLines } from '../hardware/port-lines.ts'
import type { SwitchName, SwitchPositions } from '../products/switches.ts'
import type { StoredDataSummary } from '../contracts/security.ts'
import type { SecuritySlot } from '../hardware/security-slots.ts'
import type { PortKind } from '../contracts/serial-port.ts'

/** Everything the window draws, as it is at one moment. */
export interface Snapshot {
  readonly moduleMs: number
  /** Module milliseconds in one of the host's. */
  readonly speed: number
  readonly wallMs: number
  readonly product: {
    readonly family: string
    readonly name: string
    readonly software: string
    readonly model: string
    readonly imei: string
  }
  readonly charts: readonly ChartSnapshot[]
  readonly ports: readonly PortSnapshot[]
  readonly network: {
    readonly operator: string
    readonly operatorCode: string
    readonly signalQuality: number
    readonly clockChip: string
    readonly clockSet: boolean
    readonly nitz: boolean
    readonly attached: boolean
  }
  /** What the network is like, as it can be changed with `setNetwork`. */
  readonly conditions: NetworkConditions
  readonly sim: SimSnapshot
  /** Whether the plug of the power supply is in; the module itself may be off with it. */
  readonly supply: { readonly on: boolean }
  readonly context: {
    readonly id: number
    readonly type: string
    readonly apn: string
    readonly address: string | null
  }
  readonly ssl: SslSnapshot
  /** +CMEE of AT0: how the errors of commands read there. */
  readonly errorReport: ErrorReport
  readonly slots: readonly SlotSnapshot[]
  /** Profile switches: how they stand, how the product has them, and which a person has set. */
  readonly switches: SwitchesSnapshot
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

export interface SwitchesSnapshot {
  readonly now: SwitchPositions
  readonly usual: SwitchPositions
  readonly set: readonly SwitchName[]
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
  readonly last: {
    readonly from: string
    readonly to: string
    readonly event: string
    readonly moduleMs: number
    readonly seq: number
    readonly cause: number | null
  } | null
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
  readonly config: {
    readonly pktSize: number
    readonly maxToS: number
    readonly defTo100ms: number
    readonly txTo100ms: number
  }
  /** What #SSLCFG and #SSLSECCFG are set to, by the names of their declarations; what is not kept is left out. */
  readonly settings: Readonly<Record<'#SSLCFG' | '#SSLSECCFG', Readonly<Record<string, number>>>>
  /** Why the last dial or connection failed, in one sentence. */
  readonly lastFailure: string | null
}

/** A slot of #SSLSECDATA, and what its data tells of itself: of the certificate, `format` null where nothing is stored. */
export interface SlotSnapshot extends Omit<StoredDataSummary, 'format'> {
  readonly slot: SecuritySlot
  readonly dataType: 0 | 1 | 2
  readonly storedBytes: number
  readonly capacityBytes: number
  readonly format: string | null
  /** Whether the product may come with something in this slot, and whether what it holds is that; absent: neither. */
  readonly preload?: { readonly held: boolean }
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
