import * as v from 'valibot'

/** A host name or an IPv4 address, for calls and forms. */
export const hostForm = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,253}[A-Za-z0-9])?$/

/**
 * API calls for the three slots of security data: to fill, empty and read them, and to ask whether they would do for a
 * dial. No call and no event ever returns a stored private key.
 */
export interface NvmCalls {
  /** Returns what a file would be in a slot, unchanged and repaired. Stores nothing. */
  offerFile(file: FileForSlot): Promise<SlotOffer>
  /** Stores a file in a slot, like #SSLSECDATA. When it refuses, the slot is unchanged. */
  writeSlot(write: SlotWrite): Promise<SlotChange>
  /** Empties a slot. Its content is kept in memory for undo. */
  deleteSlot(which: WhichSlot): Promise<SlotChange>
  /**
   * Restores the content of a slot before a change. Refuses when it is no longer known, or belongs to another product.
   */
  undoSlotChange(which: SlotChange): Promise<void>
  /** Sets the factory CA certificate (G-3.3-8) and resets the slot to factory state; `null` for no certificate. */
  setPreloadedCa(change: PreloadedCa): Promise<void>
  /** Returns the stored certificate as a file to save. Refuses for the private key and for an empty slot. */
  readSlot(which: WhichSlot): Promise<SlotFile>
  /** Returns whether the slots would do for the latest server. */
  wouldItWork(): Promise<SlotVerdicts>
  /**
   * Starts to fetch the certificates of a host, independently of the module (guide chapter 3.3.1). Refuses while four
   * others are running.
   */
  beginChainFetch(where: ChainSource): Promise<ChainFetchId>
  /** Returns the progress of a fetch. A finished one is kept until four newer ones have been started. */
  chainFetch(which: ChainFetchId): Promise<ChainFetch>
}

/** `<DataType>` of #SSLSECDATA (G-3.3-1). */
const dataType = v.picklist([0, 1, 2])
/** The most that one entry takes. A certificate with a key of 8192 bits and its chain are far below. */
const fileBytes = v.pipe(v.instance(Uint8Array), v.maxLength(65_536))

/** Index of the certificate in a file with several. By default the one that the slot is for. */
const pick = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(31)))

export const fileForSlot = v.strictObject({ dataType, bytes: fileBytes, pick })
export const slotWrite = v.strictObject({
  dataType,
  bytes: fileBytes,
  /** `as-is`: byte for byte. `mended`: repaired for the module. */
  form: v.picklist(['as-is', 'mended']),
  pick
})
export const whichSlot = v.strictObject({ dataType })
const id = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER))
export const slotChange = v.strictObject({ changeId: id })
export const preloadedCa = v.strictObject({ bytes: v.nullable(fileBytes) })
export const chainSource = v.strictObject({
  /** A host name or a dotted address, like #SSLD. */
  host: v.pipe(v.string(), v.regex(hostForm, 'expected a host name or an address such as 127.0.0.1')),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  /** `ftps`: with AUTH TLS before the handshake (G-5-2). */
  protocol: v.picklist(['tls', 'ftps'])
})
export const chainFetchId = v.strictObject({ fetchId: id })

/**
 * A change of a slot in a transcript. `base64` is `null` when the slot was emptied, and absent for a private key, whose
 * bytes are kept nowhere else. `preloaded`: it is the factory CA certificate.
 */
export const nvmAct = v.strictObject({
  dataType,
  base64: v.optional(v.nullable(v.pipe(v.string(), v.base64()))),
  preloaded: v.optional(v.boolean())
})

export type FileForSlot = v.InferOutput<typeof fileForSlot>
export type SlotWrite = v.InferOutput<typeof slotWrite>
export type WhichSlot = v.InferOutput<typeof whichSlot>
export type SlotChange = v.InferOutput<typeof slotChange>
export type PreloadedCa = v.InferOutput<typeof preloadedCa>
export type ChainSource = v.InferOutput<typeof chainSource>
export type ChainFetchId = v.InferOutput<typeof chainFetchId>

export const nvmApiCalls = {
  offerFile: v.tuple([fileForSlot]),
  writeSlot: v.tuple([slotWrite]),
  deleteSlot: v.tuple([whichSlot]),
  undoSlotChange: v.tuple([slotChange]),
  setPreloadedCa: v.tuple([preloadedCa]),
  readSlot: v.tuple([whichSlot]),
  wouldItWork: v.tuple([]),
  beginChainFetch: v.tuple([chainSource]),
  chainFetch: v.tuple([chainFetchId])
} as const

export interface SlotOffer {
  /** Byte for byte; `null` when the slot cannot take it, for the reason in `refusal`. */
  readonly asIs: SlotForm | null
  /** Repaired for the module; `null` when nothing is to be repaired or can be. */
  readonly mended: SlotForm | null
  /** What the repair changes, in a few words each: `22 CRs taken out`. */
  readonly changes: readonly string[]
  /** Why the module cannot use it, repaired or not, in one sentence; `null` when it can. */
  readonly refusal: string | null
  /** What a person should know before storing it, one sentence each. */
  readonly warnings: readonly string[]
  /** The certificates in the file, when there are several. */
  readonly certificates: readonly { readonly subject: string; readonly isRoot: boolean }[]
  /** Index of the chosen one. */
  readonly pick: number
}

export interface SlotForm {
  readonly storedBytes: number
  readonly format: 'PEM' | 'DER' | 'unknown'
  readonly subject: string | null
  readonly keyBits: number | null
  /** Why a dial would refuse it; `null` when it would not. */
  readonly fault: string | null
}

export interface SlotFile {
  readonly fileName: string
  readonly bytes: Uint8Array
}

export interface SlotVerdicts {
  /** The server that sent the latest certificates; `null` before any. */
  readonly farEnd: string | null
  /** One for each slot, in their order. */
  readonly slots: readonly SlotVerdict[]
}

export interface SlotVerdict {
  /** `unknown`: no server to judge by yet. `empty`: nothing is stored. */
  readonly word: 'yes' | 'no' | 'unknown' | 'empty'
  /** Whether the present authentication mode needs this slot (G-3.2-5). */
  readonly asked: boolean
  /** In a few words: `verifies far end`. */
  readonly brief: string
  /** The verdict in one or two sentences. */
  readonly sentence: string
  readonly rule: string | null
}

export type ChainFetch =
  | { readonly state: 'running' }
  | { readonly state: 'failed'; readonly sentence: string }
  | { readonly state: 'done'; readonly chain: FetchedChain }

export interface FetchedChain {
  /** `HOST:PORT` as it was asked for. */
  readonly source: string
  /** The address to which a route redirected it, or `null`. */
  readonly leadsTo: string | null
  /** The version that this machine negotiated, such as `TLSv1.2`. The module's may differ. */
  readonly protocol: string
  /** The server's own first, the root last if it was found. */
  readonly certificates: readonly ChainCertificate[]
  /** Why the chain ends before a root, in one sentence; `null` when it ends with one. */
  readonly gap: string | null
  /** Index of the one to store: the root, or the last one without a root. */
  readonly suggested: number
}

export interface ChainCertificate {
  readonly subject: string
  readonly issuer: string
  readonly role: 'server' | 'intermediate' | 'root'
  /** `sent` by the server, or where else it was found. */
  readonly origin: 'sent' | 'lab' | 'stored' | 'known roots'
  readonly notBeforeMs: number
  readonly notAfterMs: number
  /** Such as `RSA 2048` or `EC P-256`. */
  readonly key: string
  /** Such as `SHA-256 with RSA`. */
  readonly signature: string
  /** As `AB:CD:…`. */
  readonly sha1Fingerprint: string
  /** PEM, to be stored by `writeSlot`. */
  readonly pem: Uint8Array
  /** How it would be stored in the slot; `null` when `cannot` says why that is not possible. */
  readonly form: { readonly format: 'PEM' | 'DER'; readonly storedBytes: number } | null
  readonly cannot: string | null
  /**
   * Why the module would still refuse the server with it stored, in one sentence; `null` when it would accept the
   * chain.
   */
  readonly refuses: string | null
}
