import type { MobileNetwork } from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import type { RandomSource } from '../../shared/contracts/random.ts'
import type { SecureTransport } from '../../shared/contracts/security.ts'
import type { HostLines } from '../../shared/hardware/port-lines.ts'
import { profileOf } from '../../shared/products/catalog.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { SwitchSettings } from '../../shared/products/switches.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { RadioAccess } from '../bearer/radio-access.ts'
import type { ArmedFaults } from '../lab/armed-faults.ts'
import type { LabDesk } from '../lab/desk.ts'
import { SlotChanges } from '../module/by-hand/nvm-change.ts'
import { PowerSupply } from '../module/hardware/power-supply.ts'
import { SimCard } from '../module/hardware/sim-card.ts'
import { type ModulePort } from '../module/module-options.ts'
import { Module } from '../module/module.ts'
import { ProfileSwitches } from '../module/profile-switches.ts'
import type { NvmShelf, SavedStore } from '../state/nvm-shelf.ts'
import { secretDigest } from './secret-digest.ts'

/** What surrounds the board: time, network, lab and ports, of this machine or in memory. */
export interface Surroundings {
  readonly clock: Clock
  readonly timeline: TimelineReporter
  readonly network: MobileNetwork & RadioAccess
  readonly shelf: NvmShelf
  readonly faults: ArmedFaults
  /** The speed of time: of the clock itself, or of what drives it. */
  readonly pace: BoardPace
  /** The lab controller. Throws an error of one sentence while the lab is off. */
  desk(): LabDesk
  /** Returns the random numbers of the module with that number. */
  random(moduleNumber: number): RandomSource
  /** Returns the source of response times, or `null` when responses come at once (D-37). */
  latency(random: RandomSource): RandomSource | null
  transport(random: RandomSource): SecureTransport
  /** One for each AT instance. */
  readonly ports: readonly ModulePort[]
  /** Tells the ports that the module was replaced. */
  moduleChanged?(): void
  /** Keeps the factory CA certificate of modules for the next run. */
  keepPreloadedCa?(bytes: Uint8Array | null): void
}

export interface BoardPace {
  readonly speed: number
  setSpeed(speed: number): void
}

export interface BoardChoice {
  readonly product: string
  /** `null` for the newest. */
  readonly software: string | null
  readonly switches: SwitchSettings
  readonly preloadedCa: Uint8Array | null
}

/**
 * The module on its board, with what stays when the module is replaced: SIM card, supply, profile switches, CA
 * certificate. The only place where a module is made, both for serving and for checking a transcript.
 */
export class Board {
  readonly card = new SimCard()
  readonly supply = new PowerSupply()
  readonly switches: ProfileSwitches
  readonly slotChanges: SlotChanges
  #preloadedCa: Uint8Array | null
  #modulesMade = 0
  /** Host lines by AT instance, as set by acts. Real ports report their own lines. */
  readonly #lines = new Map<number, HostLines>()
  #module: Module
  #store: SavedStore

  /**
   * Makes a module that is powered off, with its NVM. Throws an UnknownChoice, or a StateError when the NVM is not
   * available.
   */
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

  /** The NVM store of the present product. */
  get store(): SavedStore {
    return this.#store
  }

  get timeline(): TimelineReporter {
    return this.around.timeline
  }

  /** Replaces the module and powers the new one on. When it fails, the old module stays. */
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

  /** Notes that another program has opened the port of the AT instance. */
  changeClient(instance: number): void {
    this.timeline.report(
      { kind: 'port', sentence: 'Another program has the port.', act: { name: 'client', argument: {} } },
      null,
      instance
    )
    this.#module.instances[instance]?.clientChanged()
  }

  /** Sets the host's DTR and RTS at an AT instance. Throws an error of one sentence when there is no such instance. */
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

  /** Sets the factory CA certificate of the module and of later ones. Throws an error of one sentence. */
  preloadCa(bytes: Uint8Array | null): void {
    this.slotChanges.preload(this.#module, bytes, (kept) => {
      this.#preloadedCa = kept
      this.around.keepPreloadedCa?.(kept)
    })
  }

  #make(own: ModuleProfile): [Module, SavedStore] {
    const { around } = this
    // First, because it may throw: the switches must not change for a module that is not made.
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
