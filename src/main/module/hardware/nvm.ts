/** @module The hardware of the module: NVM, SIM reader, clock chip, power supply and timers. */

import * as v from 'valibot'
import type { NvmStore } from '../../../shared/contracts/nvm-store.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'

/**
 * The data that survives power-off (D-25, at-reference 2.1): PDP contexts, SSL settings, the three slots, user
 * profiles. Sockets, TLS sessions and context states are never stored. The image is a versioned JSON text; the store
 * decides where it is kept.
 */
export class Nvm {
  private image: NvmImage
  fault: string | null = null

  constructor(
    private readonly store: NvmStore,
    profile: ModuleProfile,
    private readonly timeline: TimelineReporter
  ) {
    this.image = this.load(profile)
  }

  get contents(): Readonly<NvmImage> {
    return this.image
  }

  /**
   * Changes the image and saves it at once. `sentence` is for the timeline. Throws an NvmWriteError and keeps the old
   * image when the store fails.
   */
  update(change: Partial<NvmImage>, sentence: string, cause: number | null = null): void {
    const changed = { ...this.image, ...change }
    try {
      this.store.save(JSON.stringify(changed))
    } catch (error) {
      const reason = (error as Error).message
      this.timeline.report({ kind: 'nvm', sentence: reason }, cause)
      throw new NvmWriteError(reason)
    }
    this.image = changed
    this.timeline.report({ kind: 'nvm', sentence }, cause)
  }

  private load(profile: ModuleProfile): NvmImage {
    const loaded = this.store.load()
    let fault = loaded.fault
    if (loaded.image !== null) {
      const parsed = v.safeParse(imageSchema, parseJson(loaded.image), { abortEarly: true })
      if (parsed.success) return parsed.output
      fault ??= `The NVM image is not of the shape this version writes; it was set aside as ${this.store.setAside()}.`
    }
    this.fault = fault
    if (fault) this.timeline.report({ kind: 'nvm', sentence: `${fault} The module starts with an empty NVM.` })
    return factoryImage(profile)
  }
}

/** NVM could not be written. The command fails with 23, memory failure. */
export class NvmWriteError extends Error {
  get failure(): CommandFailure {
    return { ...hostFailure('memoryFailure', this.message), blame: 'module' }
  }
}

/** The ranges of the commands that write these values: an image with others was not written by this program. */
const whole = (from: number, to: number) => v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to))

const context = v.object({
  cid: whole(1, 5),
  type: v.string(),
  apn: v.string(),
  address: v.string(),
  dcomp: whole(0, 1),
  hcomp: whole(0, 1)
})

const socket = v.object({
  connId: whole(1, 6),
  cid: whole(0, 5),
  pktSize: whole(0, 1500),
  maxTo: whole(0, 65_535),
  connTo: whole(10, 1200),
  txTo: whole(0, 257),
  /** `srMode` of #SCFGEXT: the form of SRING. */
  ringMode: whole(0, 3),
  receiveHex: whole(0, 1),
  keepAlive: whole(0, 240),
  acceptsCalls: whole(0, 1),
  sendHex: whole(0, 1),
  /** #SCFGEXT2. */
  bufferStart: whole(0, 1),
  abortsDial: whole(0, 1),
  ringBytes: whole(0, 1),
  ringTo: whole(0, 10),
  noCarrierMode: whole(0, 2),
  /** #SCFGEXT3: whether #SD answers at once, and whether closureType 255 has an effect in command mode. */
  immediate: whole(0, 1),
  keepsClosed: whole(0, 1)
})

const slot = v.nullable(v.pipe(v.string(), v.check(isBase64)))

const userProfile = v.record(v.string(), v.number())

export const imageSchema = v.object({
  version: v.literal(1),
  contexts: v.array(context),
  /** `#SSLCFG` (D-3). */
  sslConfig: v.object({
    pktSize: whole(0, 1500),
    maxTo: whole(0, 65_535),
    defTo: whole(10, 5000),
    txTo: whole(0, 255),
    ringMode: v.optional(whole(0, 2), 0),
    noCarrierMode: v.optional(whole(0, 1), 0),
    unused1: v.optional(whole(0, 65_535), 0),
    unused2: v.optional(whole(0, 65_535), 0)
  }),
  /** `#SSLSECCFG`. */
  sslSecurity: v.object({ suite: whole(0, 4), authMode: v.picklist([0, 1, 2]) }),
  sslEnabled: v.boolean(),
  /** Client certificate, CA certificate, private key, in base64; `null` for an empty slot. */
  slots: v.tuple([slot, slot, slot]),
  /** Whether the CA slot was ever written or deleted, which removes the factory certificate (D-41). */
  preloadedCaGone: v.optional(v.boolean(), false),
  /** Stored by &W in profile 0 and 1; `null` before the first &W. */
  profiles: v.tuple([v.nullable(userProfile), v.nullable(userProfile)]),
  /** What is loaded at power-on: `full` by &P, `base` by &Y. */
  startUp: v.object({ profile: v.picklist([0, 1]), sections: v.picklist(['base', 'full']) }),
  selint: whole(0, 2),
  /** `#SGACTCFG`, if it was set. */
  contextRetries: v.optional(
    v.array(
      v.object({ cid: whole(1, 5), retry: whole(0, 65_535), delayS: whole(0, 65_535), report: whole(0, 65_535) })
    ),
    []
  ),
  /** `#SCFG` to `#SCFGEXT3` of the plain sockets that were configured (at-reference 13). */
  sockets: v.optional(v.array(socket), []),
  /** `+COPS`: the mode, and the network if it was chosen manually. */
  operatorChoice: v.object({
    mode: whole(0, 4),
    operator: v.nullable(v.string()),
    accessTechnology: v.optional(v.nullable(v.picklist([0, 2])), null)
  })
})

export type NvmImage = v.InferOutput<typeof imageSchema>
export type SocketSettings = v.InferOutput<typeof socket>
export type ContextDefinition = v.InferOutput<typeof context>

function factoryImage(profile: ModuleProfile): NvmImage {
  return {
    version: 1,
    contexts: profile.predefinedContext ? [{ cid: 1, type: 'IP', apn: '', address: '', dcomp: 0, hcomp: 0 }] : [],
    sslConfig: { pktSize: 300, maxTo: 90, defTo: 100, txTo: 50, ringMode: 0, noCarrierMode: 0, unused1: 0, unused2: 0 },
    sslSecurity: { suite: 0, authMode: 0 },
    sslEnabled: false,
    slots: [null, null, null],
    preloadedCaGone: false,
    profiles: [null, null],
    startUp: { profile: 0, sections: 'full' },
    selint: 2,
    contextRetries: [],
    sockets: [],
    operatorChoice: { mode: 0, operator: null, accessTechnology: null }
  }
}

/** Not by a pattern of groups of four, which backtracks and overflows the stack on a long text. */
function isBase64(text: string): boolean {
  const digits = text.search(/[^A-Za-z0-9+/]/)
  return text.length % 4 === 0 && (digits < 0 || /^={1,2}$/.test(text.slice(digits)))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
