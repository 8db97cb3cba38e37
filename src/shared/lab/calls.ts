import * as v from 'valibot'
import { labFaults, type LabFaultId } from './faults.ts'
import { labCertificateIds, labFarEndIds, type LabCertificateId, type LabFarEndId } from './lab.ts'
import { allSuites } from '../tls/suites.ts'

/** Calls of the API about the lab's far ends and the faults that are armed. */
export interface LabCalls {
  /**
   * Changes what a far end is like, from its next connection on; what is left out stays. Answers once a certificate that had to
   * be made is there. Refuses with a sentence while the lab is off.
   */
  setLab(change: LabChange): Promise<void>
  /** Arms a fault; one that is armed for the same far end already is replaced. Refuses with a sentence what can never strike. */
  armFault(order: FaultOrder): Promise<ArmedId>
  /** Clears an armed fault, or all; harmless when it is gone. */
  clearFault(which: FaultToClear): Promise<void>
  /** What a host types, from the module's present state on, to reach a far end. */
  labCommands(query: LabCommandsQuery): Promise<readonly LabCommand[]>
}

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

const farEnd = v.picklist(labFarEndIds)

export const labChange = v.strictObject({
  farEnd,
  certificate: v.optional(v.picklist(labCertificateIds)),
  /** Short names in the order in which the server prefers them. */
  suites: v.optional(
    v.pipe(v.array(v.picklist(allSuites.map((suite) => suite.shortName))), v.minLength(1), v.maxLength(5))
  ),
  /** Whether it asks the module for a certificate, and goes on without one. */
  clientCertificate: v.optional(v.picklist(['no', 'asked', 'demanded'])),
  /** Largest content of a record that it sends. */
  recordBytes: v.optional(whole(20, 16_384)),
  /** Before each answer, in the host's time. */
  delayMs: v.optional(whole(0, 60_000))
})

export const faultOrder = v.strictObject({
  fault: v.picklist(labFaults.map((fault) => fault.id)),
  times: v.picklist(['next', 'always']),
  /** Left out: whichever far end is next, or for a fault of the network any connection. */
  farEnd: v.optional(farEnd),
  /** In the fault's own unit; left out: its usual figure. */
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
  setLab: v.tuple([labChange]),
  armFault: v.tuple([faultOrder]),
  clearFault: v.tuple([faultToClear]),
  labCommands: v.tuple([labCommandsQuery])
} as const

/** One line that is typed, or what follows a prompt. */
export interface LabCommand {
  /** Latin-1, with its CR or Ctrl-Z. */
  readonly send: string
  /** What the module prints before the next may be typed: a result, or the prompt. */
  readonly until: 'OK' | 'CONNECT' | '>'
  readonly aim: string
}

/** How a far end is; `LabChange` says what each means. */
export interface LabSettings {
  readonly certificate: LabCertificateId
  readonly suites: readonly string[]
  readonly clientCertificate: 'no' | 'asked' | 'demanded'
  readonly recordBytes: number
  readonly delayMs: number
}

/** Every suite, the strong ones first; NULL only when nothing else is offered. */
export const usualSettings: LabSettings = {
  certificate: 'good',
  suites: ['AES256-SHA', 'AES128-SHA', 'RC4-SHA', 'RC4-MD5', 'NULL-SHA'],
  clientCertificate: 'no',
  recordBytes: 16_384,
  delayMs: 0
}

export interface LabSnapshot {
  readonly tls: { readonly host: string; readonly port: number } | null
  /** The certificate authority as a PEM file. */
  readonly caFile: string | null
  /** SHA-1 fingerprint of that certificate, `AB:CD:…`, as a slot has that of what is stored; `null` while the lab is off. */
  readonly caSha1Fingerprint: string | null
  /** Empty while the lab is off. */
  readonly farEnds: readonly LabFarEndSnapshot[]
  /** In the order in which they strike. */
  readonly faults: readonly ArmedFault[]
  /** The newest strikes, oldest first. */
  readonly strikes: readonly FaultStrike[]
}

export interface LabFarEndSnapshot {
  readonly id: LabFarEndId
  /** Where it really is. */
  readonly host: string
  readonly port: number
  /** What the module dials. */
  readonly dial: { readonly host: string; readonly port: number }
  readonly settings: LabSettings
  /** Connections that it took, since the start. */
  readonly connections: number
}

export interface ArmedFault {
  readonly id: number
  readonly fault: LabFaultId
  readonly times: 'next' | 'always'
  /** Null: wherever it can strike. */
  readonly farEnd: LabFarEndId | null
  readonly parameter: number | null
  readonly strikes: number
}

export interface FaultStrike {
  readonly fault: LabFaultId
  /** Null: on the way. */
  readonly farEnd: LabFarEndId | null
  readonly moduleMs: number
  /** Its event in the timeline. */
  readonly seq: number
}

/** A lab that is off. */
export const noLab: LabSnapshot = {
  tls: null,
  caFile: null,
  caSha1Fingerprint: null,
  farEnds: [],
  faults: [],
  strikes: []
}
