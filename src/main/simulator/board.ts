import type { Clock } from '../../shared/contracts/clock.ts'
import type { MobileNetwork } from '../../shared/contracts/bearer.ts'
import type { RandomSource } from '../../shared/contracts/random.ts'
import type { SecureTransport } from '../../shared/contracts/security.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import { profileOf } from '../../shared/products/catalog.ts'
import type { SwitchSettings } from '../../shared/products/switches.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { RadioAccess } from '../bearer/radio-access.ts'
import type { ArmedFaults } from '../lab/armed-faults.ts'
import type { LabDesk } from '../lab/desk.ts'
import { SlotChanges } from '../module/by-hand/nvm-change.ts'
import { PowerSupply } from '../module/hardware/power-supply.ts'
import { SimCard } from '../module/hardware/sim-card.ts'
import type { HostLines } from '../../shared/hardware/port-lines.ts'
import { Module, type ModulePort } from '../module/module.ts'
import { ProfileSwitches } from '../module/profile-switches.ts'
import type { NvmShelf, SavedStore } from '../state/nvm-shelf.ts'
import { secretDigest } from './secret-digest.ts'

/** What the board stands in: time, network, lab and ports, of this machine or of memory alone. */
export interface Surroundings {
  readonly clock: Clock
  readonly timeline: TimelineReporter
  readonly network: MobileNetwork & RadioAccess
  readonly shelf: NvmShelf
  readonly faults: ArmedFaults
  /** How fast time runs: of the clock itself, or of what drives it. */
  readonly pace: BoardPace
  /** What is asked of the lab's far ends. Throws one sentence while the lab is off. */
  desk(): LabDesk
  /** Where the chance of the module with that number comes from. */
  random(moduleNumber: number): RandomSource
  /** Where answer times are drawn from; null: answers come at once (D-37). */
  latency(random: RandomSource): RandomSource | null
  transport(random: RandomSource): SecureTransport
  /** One for each AT instance. */
  readonly ports: readonly ModulePort[]
  /** Another module has taken the place of the first: what the ports know, it has to be told. */
  moduleChanged?(): void
  /** Keeps the CA certificate that modules come with, for the next run too. */
  keepPreloadedCa?(bytes: Uint8Array | null): void
}

export interface BoardPace {
  readonly speed: number
  setSpeed(speed: number): void
}

export interface BoardChoice {
  readonly product: string
  /** Null: the newest. */
  readonly software: string | null
  readonly switches: SwitchSettings
  readonly preloadedCa: Uint8Array | null
}

/**
 * The module on its board, with what stays when another module is put there: card, supply, profile switches, CA certificate. The one
 * place where a module is made, whoever asks for it: a simulator that is served, and one that checks a transcript.
 */
export class Board {
  readonly card = new SimCard()
  readonly supply = new PowerSupply()
  readonly switches: ProfileSwitches
  readonly slotChanges: SlotChanges
  #preloadedCa: Uint8Array | null
  #modulesMade = 0
  /** As the hosts of the AT instances moved them by an act; lines of real ports are told by those. */
  readonly #lines = new Map<number, HostLines>()
  #module: Module
  #store: SavedStore

  /** A module that is off, with its NVM. Throws an UnknownChoice, or a StateError when its NVM cannot be had. */
  constructor(
    readonly around: Surroundings,
    { product, software, switches, preloadedCa }: BoardChoice
  ) {
    const own = profileOf(product, software)
    this.switches = new ProfileSwitches(switches, own)
    this.slotChanges = new SlotChanges(around.timeline)
    this.#preloadedCa = preloadedCa
    ;[this.#module, this.#store] = this.#make(own)
  }

  get module(): Module {
    return this.#module
  }

  /** NVM of the present product. */
  get store(): SavedStore {
    return this.#store
  }

  get timeline(): TimelineReporter {
    return this.around.timeline
  }

  /** Puts another module on the board and starts it; all or nothing: the old one stays until the new one is there. */
  selectProduct(product: string, software: string | null): void {
    const [module, store] = this.#make(profileOf(product, software))
    const { profile } = module.parts
    const argument = { product: profile.product, software: profile.software }
    const cause = this.timeline.report({
      kind: 'note',
      sentence: `The module becomes ${profile.product} with software ${profile.software}.`,
      act: { name: 'product', argument }
    })
    this.#module.unplug(cause)
    this.#module = module
    this.#store = store
    this.around.moduleChanged?.()
    for (const [instance, lines] of this.#lines) module.instances[instance]?.uart.hostLines(lines)
    module.pressOn(cause)
  }

  /** Another program has the AT instance's port. */
  changeClient(instance: number): void {
    this.timeline.report(
      { kind: 'port', sentence: 'Another program has the port.', act: { name: 'client', argument: {} } },
      null,
      instance
    )
    this.#module.instances[instance]?.clientChanged()
  }

  /** The host at that AT instance moves DTR or RTS. Throws one sentence when there is no such instance. */
  moveLines(instance: number, lines: HostLines): void {
    const one = this.#module.instances[instance]
    if (!one) throw new Error(`there is no AT instance ${instance}`)
    this.timeline.report(
      { kind: 'port', sentence: 'The host has moved its lines.', act: { name: 'lines', argument: { ...lines } } },
      null,
      instance
    )
    this.#lines.set(instance, lines)
    one.uart.hostLines(lines)
  }

  /** Gives the module, and those that come after it, another CA certificate as factory data. Throws one sentence. */
  preloadCa(bytes: Uint8Array | null): void {
    this.slotChanges.preload(this.#module, bytes, (kept) => {
      this.#preloadedCa = kept
      this.around.keepPreloadedCa?.(kept)
    })
  }

  #make(own: ModuleProfile): [Module, SavedStore] {
    const { around } = this
    // First, for it may be refused: the switches must not go over to a product that does not come.
    const store = around.shelf.storeOf(own.product)
    const profile = this.switches.profileFor(own)
    const random = around.random(this.#modulesMade++)
    const module = new Module({
      profile,
      clock: around.clock,
      timeline: around.timeline,
      store,
      network: around.network,
      transport: around.transport(random),
      latency: around.latency(random),
      preloadedCa: this.#preloadedCa,
      sim: this.card,
      digest: secretDigest,
      supply: this.supply,
      ports: around.ports
    })
    return [module, store]
  }
}
