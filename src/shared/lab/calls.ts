import * as v from 'valibot'
import { allSuites } from '../tls/suites.ts'
import { labFaults, type LabFaultId } from './faults.ts'
import { labCertificateIds, labFarEndIds, type LabCertificateId, type LabFarEndId, type LabServerId } from './lab.ts'
import { plainChange, plainServerIds, type PlainChange, type PlainServerSnapshot } from './plain.ts'

/** API calls for the lab servers and the armed faults. */
export interface LabCalls {
  /**
   * Changes the settings of a lab server from its next connection on. What is left out stays. Resolves once a needed
   * certificate is made. Refuses while the lab is off.
   */
  setLab(change: LabChange | PlainChange): Promise<void>
  /** Arms a fault. It replaces the same fault armed for the same server. Refuses a fault that can never strike. */
  armFault(order: FaultOrder): Promise<ArmedId>
  /** Clears an armed fault, or all. No effect when it is gone. */
  clearFault(which: FaultToClear): Promise<void>
  /** Returns the commands to reach a server from the module's present state. */
  labCommands(query: LabCommandsQuery): Promise<readonly LabCommand[]>
}

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

const farEnd = v.picklist(labFarEndIds)

export const labChange = v.strictObject({
  farEnd,
  certificate: v.optional(v.picklist(labCertificateIds)),
  /** Short names in the server's order of preference. */
  suites: v.optional(
    v.pipe(v.array(v.picklist(allSuites.map((suite) => suite.shortName))), v.minLength(1), v.maxLength(5))
  ),
  /** Whether the server asks for a client certificate, and whether it goes on without one. */
  clientCertificate: v.optional(v.picklist(['no', 'asked', 'demanded'])),
  /** Largest content of a sent record, in bytes. */
  recordBytes: v.optional(whole(20, 16_384)),
  /** Delay before each response, in host time. */
  delayMs: v.optional(whole(0, 60_000))
})

/** A change of any server. */
export const anyLabChange = v.union([labChange, plainChange])

export const faultOrder = v.strictObject({
  fault: v.picklist(labFaults.map((fault) => fault.id)),
  times: v.picklist(['next', 'always']),
  /** By default the next server, or any connection for a network fault. */
  farEnd: v.optional(v.picklist([...labFarEndIds, ...plainServerIds])),
  /** In the unit of the fault; its usual value by default. */
  parameter: v.optional(v.number())
})

export const faultToClear = v.union([
  v.strictObject({ id: whole(1, Number.MAX_SAFE_INTEGER) }),
  v.strictObject({ all: v.literal(true) })
])

export const labCommandsQuery = v.strictObject({ farEnd, authMode: v.picklist([0, 1, 2]) })

export type LabChange = v.InferOutput<typeof labChange>
export type FaultOrder = v.InferOutput<typeof faultOrder>
export type FaultToClear = v.InferOutput<typeof faultToClear>
export type LabCommandsQuery = v.InferOutput<typeof labCommandsQuery>

export interface ArmedId {
  readonly id: number
}

export const labApiCalls = {
  setLab: v.tuple([anyLabChange]),
  armFault: v.tuple([faultOrder]),
  clearFault: v.tuple([faultToClear]),
  labCommands: v.tuple([labCommandsQuery])
} as const

/** One line to type, or the entry at a prompt. */
export interface LabCommand {
  /** Latin-1, including CR or Ctrl-Z. */
  readonly send: string
  /** What the module must send before the next line: a result code, or the prompt. */
  readonly until: 'OK' | 'CONNECT' | '>'
  readonly aim: string
}

/** The settings of a lab server; `LabChange` describes each. */
export interface LabSettings {
  readonly certificate: LabCertificateId
  readonly suites: readonly string[]
  readonly clientCertificate: 'no' | 'asked' | 'demanded'
  readonly recordBytes: number
  readonly delayMs: number
}

/** All suites, strong ones first; NULL only if nothing else is offered. */
export const usualSettings: LabSettings = {
  certificate: 'good',
  suites: ['AES256-SHA', 'AES128-SHA', 'RC4-SHA', 'RC4-MD5', 'NULL-SHA'],
  clientCertificate: 'no',
  recordBytes: 16_384,
  delayMs: 0
}

export interface LabSnapshot {
  readonly tls: { readonly host: string; readonly port: number } | null
  /** PEM file of the certificate authority. */
  readonly caFile: string | null
  /** SHA-1 fingerprint of that certificate, as `AB:CD:…` like that of a slot; `null` while the lab is off. */
  readonly caSha1Fingerprint: string | null
  /** Empty while the lab is off. */
  readonly farEnds: readonly LabFarEndSnapshot[]
  /** The servers without TLS; empty while the lab is off. */
  readonly plainServers: readonly PlainServerSnapshot[]
  /** In the order in which they strike. */
  readonly faults: readonly ArmedFault[]
  /** The latest strikes, oldest first. */
  readonly strikes: readonly FaultStrike[]
}

export interface LabFarEndSnapshot {
  readonly id: LabFarEndId
  /** The real address. */
  readonly host: string
  readonly port: number
  /** The address that the module dials. */
  readonly dial: { readonly host: string; readonly port: number }
  readonly settings: LabSettings
  /** Number of accepted connections since the start. */
  readonly connections: number
}

export interface ArmedFault {
  readonly id: number
  readonly fault: LabFaultId
  readonly times: 'next' | 'always'
  /** `null` for every server where it can strike. */
  readonly farEnd: LabServerId | null
  readonly parameter: number | null
  readonly strikes: number
}

export interface FaultStrike {
  readonly fault: LabFaultId
  /** `null` for a fault on the way. */
  readonly farEnd: LabServerId | null
  readonly moduleMs: number
  /** Its timeline event. */
  readonly seq: number
}

/** The state of a lab that is off. */
export const noLab: LabSnapshot = {
  tls: null,
  caFile: null,
  caSha1Fingerprint: null,
  farEnds: [],
  plainServers: [],
  faults: [],
  strikes: []
}
