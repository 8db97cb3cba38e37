import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Module } from '../module.ts'
import { base64OfBytes, dataTypeNames, type DataType } from '../ssl/security-data.ts'

/**
 * What a person does to the slots of security data at the bench, past the AT line: noted in the timeline as theirs, and what it
 * replaced is kept so that it can be taken back. The bytes of a private key get neither into the note nor out of here.
 *
 * What #SSLSECDATA refuses for the data's sake is refused here too: no such command, more bytes than a slot has, none at all. So is
 * every moment at which no AT instance could give it: while a dial is under way, and online (G-4.2-2). It needs no #SSLEN, no SIM
 * and no power: enabling SSL would take the socket from the host that means to enable it itself (G-3.1-3, 835).
 */
export class SlotChanges {
  private readonly kept: KeptChange[] = []
  private nextId = 1

  constructor(private readonly timeline: TimelineReporter) {}

  /** Stores `bytes`, or with null empties the slot; answers under which number that can be taken back. Throws one sentence. */
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
   * Brings back what was there before that change, and not over what came into the slot since: whoever wrote that, a host perhaps, was
   * never asked. Throws one sentence.
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
   * Gives the module another CA certificate as its factory data, or with null none; the slot is as from the factory then (D-41). `keep`
   * stores it for other modules, once nothing speaks against it. Throws one sentence.
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
  /** Null: the slot was empty. */
  readonly before: Uint8Array | null
  readonly after: Uint8Array | null
}

/** Twice what one window remembers; some 80 KB at most. */
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
