/** @module What the API calls take and return, by group. */

import type { Endpoint } from '../contracts/bearer.ts'
import type { StoredDataSummary } from '../contracts/security.ts'
import type { PortKind } from '../contracts/serial-port.ts'
import type { Pace } from '../hardware/line-rates.ts'
import type { NetworkConditions } from '../hardware/network-conditions.ts'
import type { PortLines } from '../hardware/port-lines.ts'
import type { SecuritySlot } from '../hardware/security-slots.ts'
import type { LabSnapshot } from '../lab/calls.ts'
import type { SwitchName, SwitchPositions } from '../products/switches.ts'
import type { ErrorReport } from '../rules/errors.ts'
import type { KeyLogSnapshot, RecordingSnapshot } from './exports.ts'
import type { HandshakeSnapshot } from './handshakes.ts'

/** The state of everything that the window shows, at one moment. */
export interface Snapshot {
  readonly moduleMs: number
  /** Milliseconds of module time per millisecond of host time. */
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
  /** The conditions of the network, which `setNetwork` changes. */
  readonly conditions: NetworkConditions
  readonly sim: SimSnapshot
  /** Whether the power supply is on. The module itself may still be off. */
  readonly supply: { readonly on: boolean }
  readonly context: {
    readonly id: number
    readonly type: string
    readonly apn: string
    readonly address: string | null
  }
  readonly ssl: SslSnapshot
  /** The six plain sockets, in the order of their connection ids. */
  readonly sockets: readonly SocketSnapshot[]
  /** +CMEE of AT0: how it reports errors of commands. */
  readonly errorReport: ErrorReport
  readonly slots: readonly SlotSnapshot[]
  /** Profile switches: present values, values of the product, and which a person has set. */
  readonly switches: SwitchesSnapshot
  readonly timers: readonly TimerSnapshot[]
  readonly handshake: HandshakeSnapshot | null
  readonly lab: LabSnapshot
  /** The folder of the NVM image, or `null` when nothing is kept. */
  readonly nvm: { readonly folder: string | null; readonly savedAtMs: number | null; readonly fault: string | null }
  readonly timeline: { readonly nextSeq: number; readonly dropped: number }
  /** The window shows a badge while it is on. */
  readonly keyLog: KeyLogSnapshot
  /** Files named by the command line. */
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
  /** The codes of the board's own card are not secret. */
  readonly pin: string
  readonly puk: string
  readonly imsi: string
  readonly iccid: string
}

export interface ChartSnapshot {
  readonly id: string
  /** Path of the present state, such as `open.online`. */
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
  /** What to open in a terminal program: the link of a pty, `tcp 127.0.0.1:PORT` for TCP. */
  readonly name: string
  readonly clientPresent: boolean
  readonly client: string | null
  readonly bytesFromHost: number
  readonly bytesToHost: number
  /** Its modem lines; absent when they are not known. */
  readonly lines?: PortLines
  /** Whether its host owns the AT instance because it sent first. What other hosts send is refused. */
  readonly has: boolean
  /** Bytes of its host that were refused because another one owns the instance. */
  readonly refusedBytes: number
  /** Bytes lost in either direction: nobody read them, a UART was full, or the rates differ. */
  readonly lostBytes: number
  readonly pace: Pace
  /** The rate of the line or, without pacing, the one that the host has set; `null` for none. */
  readonly baud: number | null
  /** Why it does not work at present, in one sentence, or `null`. */
  readonly trouble: string | null
}

export interface SslSnapshot {
  /** The first digit of `#SSLS`. */
  readonly status: 0 | 1 | 2
  readonly statusWord: string
  readonly farEnd: string | null
  readonly suite: { readonly number: number; readonly name: string } | null
  readonly authMode: number
  readonly suiteSetting: number
  /**
   * The format that #SSLSECDATA takes: 0 DER, 1 PEM; `null` where the product has no choice and takes PEM (G-3.2-2).
   */
  readonly certificateFormat: 0 | 1 | null
  readonly closureType: number
  readonly owner: number | null
  readonly sentBytes: number
  readonly sentRecords: number
  readonly receivedBytes: number
  readonly receivedRecords: number
  /** Received bytes that the host has not read yet. */
  readonly heldBytes: number
  /** Whether there is a TLS session that #SSLFASTD could resume (G-4.4-2). */
  readonly sessionKept: boolean
  readonly config: {
    readonly pktSize: number
    readonly maxToS: number
    readonly defTo100ms: number
    readonly txTo100ms: number
  }
  /** The values of #SSLCFG and #SSLSECCFG by the names of their parameters, without those that are not stored. */
  readonly settings: Readonly<Record<'#SSLCFG' | '#SSLSECCFG', Readonly<Record<string, number>>>>
  /** Why the last dial or connection failed, in one sentence. */
  readonly lastFailure: string | null
}

/** A plain socket (at-reference 13). */
export interface SocketSnapshot {
  readonly connId: number
  /** Its chart is the declared chart `socket`; the id has the number behind it: `socket1`. */
  readonly chart: ChartSnapshot
  /** The state digit of #SS. */
  readonly status: 0 | 1 | 2 | 3 | 4 | 5 | 6
  /** The context that #SCFG binds it to. */
  readonly contextId: number
  /** Of the last connection; `null` before any. */
  readonly kind: 'tcp' | 'udp' | null
  readonly direction: 'dialled' | 'accepted' | null
  readonly local: Endpoint | null
  readonly remote: Endpoint | null
  /** The port at which it listens; `null` when it does not. */
  readonly listeningPort: number | null
  /** The address of this machine that leads to its listener; `null` for none. */
  readonly forwardedFrom: Endpoint | null
  /** Counted since the last connection was opened. */
  readonly sentBytes: number
  readonly receivedBytes: number
  /** Received bytes that the host has not read yet. */
  readonly heldBytes: number
  /** Bytes of online mode that wait for the next packet. */
  readonly waitingBytes: number
  /** The number of #SLASTCLOSURE. */
  readonly lastClosure: 0 | 1 | 2 | 3 | 4
  /** The AT instance that opened it; `null` before any. */
  readonly owner: number | null
  readonly closureType: 0 | 255
  /** Those that run. */
  readonly timers: readonly TimerSnapshot[]
}

/** A slot of #SSLSECDATA with the summary of its data. `format` is `null` when it is empty. */
export interface SlotSnapshot extends Omit<StoredDataSummary, 'format'> {
  readonly slot: SecuritySlot
  readonly dataType: 0 | 1 | 2
  readonly storedBytes: number
  readonly capacityBytes: number
  readonly format: string | null
  /** Present if the product may ship with data in this slot. `held`: whether the slot holds that data. */
  readonly preload?: { readonly held: boolean }
}

/** A bar in the window: bytes against pktSize, or time against a limit. */
export interface TimerSnapshot {
  readonly name: 'pktSize' | 'txTo' | 'maxTo' | 'command' | 'handshake' | 'escape' | 'ftp'
  readonly running: boolean
  readonly unit: 'bytes' | 'ms'
  /** Bytes waiting, or milliseconds passed, at `moduleMs` of the snapshot. */
  readonly value: number
  /** The limit. While idle, the limit of the next run, or 0 where a command sets it. */
  readonly limit: number
  /** What follows when the limit is reached: `then a record leaves`. */
  readonly consequence: string
}
