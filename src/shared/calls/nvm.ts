import * as v from 'valibot'

/**
 * Calls of the API for the three slots of security data: filled, emptied and read by hand, and asked whether they would do. A stored
 * private key is never handed out, in no call and no event.
 */
/** A host name or an IPv4 address, as a call takes it and a form checks it. */
export const hostForm = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,253}[A-Za-z0-9])?$/

export interface NvmCalls {
  /** What a file would be in a slot: as it is, and mended. Stores nothing. */
  offerFile(file: FileForSlot): Promise<SlotOffer>
  /** Stores a file in a slot, as #SSLSECDATA would. Refuses with a sentence; the slot keeps what it had then. */
  writeSlot(write: SlotWrite): Promise<SlotChange>
  /** Empties a slot; what it held is kept in memory so that this can be taken back. */
  deleteSlot(which: WhichSlot): Promise<SlotChange>
  /** Brings back what the slot held before that change. Refuses where that is not known any more, or belongs to another product. */
  undoSlotChange(which: SlotChange): Promise<void>
  /** The CA certificate that the module comes with (G-3.3-8), and the slot as from the factory; null: it comes with none. Refuses with a sentence. */
  setPreloadedCa(change: PreloadedCa): Promise<void>
  /** The stored certificate as a file to save. Refuses for the private key, and for an empty slot. */
  readSlot(which: WhichSlot): Promise<SlotFile>
  /** Whether the slots would do for the far end that was met last. */
  wouldItWork(): Promise<SlotVerdicts>
  /** Asks a host for its certificates, apart from the module (guide chapter 3.3.1). Refuses while four other questions are open. */
  beginChainFetch(where: ChainSource): Promise<ChainFetchId>
  /** How far that is. A question that is over is told until four newer ones have been asked. */
  chainFetch(which: ChainFetchId): Promise<ChainFetch>
}

/** `<DataType>` of #SSLSECDATA (G-3.3-1). */
const dataType = v.picklist([0, 1, 2])
/** What a prompt takes at once; a certificate of 8192 bits with its whole chain is well below. */
const fileBytes = v.pipe(v.instance(Uint8Array), v.maxLength(65_536))

/** Of several certificates in a file: which one, from 0; left out: the one that the slot is for. */
const pick = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(31)))

export const fileForSlot = v.strictObject({ dataType, bytes: fileBytes, pick })
export const slotWrite = v.strictObject({
  dataType,
  bytes: fileBytes,
  /** `as-is`: byte for byte. `mended`: as the module wants it. */
  form: v.picklist(['as-is', 'mended']),
  pick
})
export const whichSlot = v.strictObject({ dataType })
const id = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER))
export const slotChange = v.strictObject({ changeId: id })
export const preloadedCa = v.strictObject({ bytes: v.nullable(fileBytes) })
export const chainSource = v.strictObject({
  /** A name or a dotted address, as #SSLD takes it. */
  host: v.pipe(v.string(), v.regex(hostForm, 'expected a host name or an address such as 127.0.0.1')),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  /** `ftps`: AUTH TLS comes first (G-5-2). */
  protocol: v.picklist(['tls', 'ftps'])
})
export const chainFetchId = v.strictObject({ fetchId: id })

/**
 * A change of a slot as transcripts have it; null: it was emptied, left out: it was a key, whose bytes are kept nowhere else.
 * `preloaded`: it is the CA certificate that the module comes with.
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
  /** Byte for byte; null where the slot could not take it at all, which `refusal` tells. */
  readonly asIs: SlotForm | null
  /** As the module wants it; null where nothing is to be mended or nothing can be. */
  readonly mended: SlotForm | null
  /** What mending changes, a few words each: `22 CRs taken out`. */
  readonly changes: readonly string[]
  /** Why the module could not use it whatever is done to it, one sentence; null: it could. */
  readonly refusal: string | null
  /** What is to be thought of before it is stored, a sentence each. */
  readonly warnings: readonly string[]
  /** The certificates in the file, where there are several. */
  readonly certificates: readonly { readonly subject: string; readonly isRoot: boolean }[]
  /** Which of them is meant. */
  readonly pick: number
}

export interface SlotForm {
  readonly storedBytes: number
  readonly format: 'PEM' | 'DER' | 'unknown'
  readonly subject: string | null
  readonly keyBits: number | null
  /** Why a dial would refuse it; null: it would not. */
  readonly fault: string | null
}

export interface SlotFile {
  readonly fileName: string
  readonly bytes: Uint8Array
}

export interface SlotVerdicts {
  /** The far end whose certificates were met last; null: none yet. */
  readonly farEnd: string | null
  /** One for each slot, in their order. */
  readonly slots: readonly SlotVerdict[]
}

export interface SlotVerdict {
  /** `unknown`: no far end to judge by yet. `empty`: nothing is stored. */
  readonly word: 'yes' | 'no' | 'unknown' | 'empty'
  /** Whether the auth mode that is set asks for this slot (G-3.2-5). */
  readonly asked: boolean
  /** A few words: `verifies far end`. */
  readonly brief: string
  /** The whole of it, one or two sentences. */
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
  /** Where that led, when a route leads it elsewhere. */
  readonly leadsTo: string | null
  /** `TLSv1.2`: what the client on this machine settled on, which is not what the module would. */
  readonly protocol: string
  /** The server's own first, the root last where it could be had. */
  readonly certificates: readonly ChainCertificate[]
  /** Why the chain ends before a root, one sentence; null: it ends with one. */
  readonly gap: string | null
  /** Which of them to store: the root, or the last one where there is no root. */
  readonly suggested: number
}

export interface ChainCertificate {
  readonly subject: string
  readonly issuer: string
  readonly role: 'server' | 'intermediate' | 'root'
  /** `sent` by the server; else where it was found. */
  readonly origin: 'sent' | 'lab' | 'stored' | 'known roots'
  readonly notBeforeMs: number
  readonly notAfterMs: number
  /** `RSA 2048`, `EC P-256`. */
  readonly key: string
  /** `SHA-256 with RSA`. */
  readonly signature: string
  /** `AB:CD:…`. */
  readonly sha1Fingerprint: string
  /** PEM, to store with `writeSlot`. */
  readonly pem: Uint8Array
  /** How it would lie in the slot; null where `cannot` says why it would not. */
  readonly form: { readonly format: 'PEM' | 'DER'; readonly storedBytes: number } | null
  readonly cannot: string | null
  /** Why the module would still refuse the server with it stored, one sentence; null: it would verify the chain. */
  readonly refuses: string | null
}
