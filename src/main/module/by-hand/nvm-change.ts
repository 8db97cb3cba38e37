import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Module } from '../module.ts'
import { base64OfBytes, dataTypeNames, type DataType } from '../ssl/security-data.ts'

/**
 * Changes to the slots of security data that a person makes through the window. Each is reported on the timeline, and
 * the old content is kept for undo. The bytes of a private key are neither reported nor returned.
 * It refuses data that #SSLSECDATA refuses: command missing on the product, too many bytes, no bytes. It also refuses
 * while no AT instance could give the command: during a dial and in online mode (G-4.2-2). It needs no #SSLEN, SIM or
 * power: enabling SSL would take the socket from the host (G-3.1-3, 835).
 */
export class SlotChanges {
  private readonly kept: KeptChange[] = []
  private nextId = 1

  constructor(private readonly timeline: TimelineReporter) {}

  /**
   * Stores `bytes` in a slot, or empties it with `null`. Returns the number for `undo`. Throws an error of one
   * sentence.
   */
  change(module: Module, dataType: DataType, bytes: Uint8Array | null): number {
    refuse(module, bytes)
    const { securityData, profile } = module.parts
    const before = securityData.read(dataType)
    const name = dataTypeNames[dataType]
    this.put(
      module,
      dataType,
      bytes,
      bytes === null ? `${name} deleted by hand.` : `${name} stored by hand, ${bytes.length} bytes.`
    )
    const changeId = this.nextId++
    this.kept.push({ changeId, product: profile.product, dataType, before, after: securityData.read(dataType) })
    if (this.kept.length > MAX_KEPT_CHANGES) this.kept.shift()
    return changeId
  }

  /**
   * Restores the content from before that change. Refuses when the slot was changed since, perhaps by a host. Throws an
   * error of one sentence.
   */
  undo(module: Module, changeId: number): void {
    const found = this.kept.find((one) => one.changeId === changeId)
    if (!found) throw new Error('What that slot held before is not kept any more.')
    const { profile, securityData } = module.parts
    const { product } = profile
    if (found.product !== product) throw new Error(`That was a slot of ${found.product}; the board is ${product} now.`)
    refuse(module, found.before)
    const name = dataTypeNames[found.dataType]
    if (!isSame(securityData.read(found.dataType), found.after))
      throw new Error(`${name} has been changed since; the slot keeps what it has now.`)
    this.put(
      module,
      found.dataType,
      found.before,
      found.before === null ? `${name} taken out again.` : `${name} brought back, ${found.before.length} bytes.`
    )
    this.kept.splice(this.kept.indexOf(found), 1)
  }

  /**
   * Sets the module's factory CA certificate, or removes it with `null`, and resets the slot to factory state (D-41).
   * `keep` stores it for other modules and is called after all checks. Throws an error of one sentence.
   */
  preload(module: Module, bytes: Uint8Array | null, keep: (bytes: Uint8Array | null) => void): void {
    refuse(module, bytes)
    const { profile, securityData } = module.parts
    if (!profile.takesPreloadedCa)
      throw new Error(`${profile.product} cannot have a preloaded CA certificate; HE910 and UE910 products can.`)
    keep(bytes)
    const sentence =
      bytes === null
        ? 'The preloaded CA certificate was removed by hand.'
        : `A preloaded CA certificate of ${bytes.length} bytes was set by hand.`
    const argument = { dataType: 1, base64: bytes === null ? null : base64OfBytes(bytes), preloaded: true }
    securityData.preload(bytes, this.timeline.report({ kind: 'note', sentence, act: { name: 'nvm', argument } }))
  }

  private put(
    { parts: { securityData } }: Module,
    dataType: DataType,
    bytes: Uint8Array | null,
    sentence: string
  ): void {
    const secret = dataType === PRIVATE_KEY && bytes !== null
    const argument = { dataType, ...(secret ? {} : { base64: bytes === null ? null : base64OfBytes(bytes) }) }
    const cause = this.timeline.report({
      kind: 'note',
      sentence,
      act: { name: 'nvm', argument, ...(secret ? { hidden: ['base64'] } : {}) }
    })
    if (bytes === null) securityData.delete(dataType, cause)
    else securityData.write(dataType, bytes, cause)
  }
}

interface KeptChange {
  readonly changeId: number
  readonly product: string
  readonly dataType: DataType
  /** `null` when the slot was empty. */
  readonly before: Uint8Array | null
  readonly after: Uint8Array | null
}

/** Twice what one window remembers; at most some 80 kB. */
export const MAX_KEPT_CHANGES = 40

const PRIVATE_KEY: DataType = 2

function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : Buffer.compare(one, other) === 0
}

function refuse(module: Module, bytes: Uint8Array | null): void {
  const { profile, commands } = module.parts
  if (!commands.has('#SSLSECDATA'))
    throw new Error(`${profile.product} with software ${profile.software} has no SSL and no slots for it.`)
  if (bytes?.length === 0) throw new Error('There is nothing to store; the slot keeps what it had.')
  if (bytes && bytes.length > profile.securityDataBytes) {
    throw new Error(`A slot takes ${profile.securityDataBytes} bytes; these are ${bytes.length}.`)
  }
  const state = module.chartsNow().find((chart) => chart.id === 'ssl')!.state
  const busy = BUSY[state]
  if (busy !== undefined)
    throw new Error(`${busy}; #SSLSECDATA could not be given now either, so the slots stay as they are.`)
}

/** States of the SSL socket in which its AT instance takes no commands. */
const BUSY: Readonly<Record<string, string>> = {
  dialling: 'A dial is under way',
  handshake: 'A handshake is under way',
  'open.online': 'The socket is online'
}
