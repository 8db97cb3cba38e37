import type { SwitchesSnapshot } from '../../shared/calls/snapshot.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import {
  changedSettings,
  profileSwitches,
  switchPositions,
  withSwitches,
  type SwitchChange,
  type SwitchSettings
} from '../../shared/products/switches.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'

/**
 * The profile switches that a person has set. They stay when the product changes. The module reads its profile whenever
 * it needs a capability, so a change needs no restart.
 */
export class ProfileSwitches {
  #settings: SwitchSettings
  /** The profile of the product without switches. */
  #own: ModuleProfile
  #running: Writable<ModuleProfile>

  constructor(settings: SwitchSettings, own: ModuleProfile) {
    this.#settings = settings
    this.#own = own
    this.#running = withSwitches(own, settings)
  }

  get settings(): SwitchSettings {
    return this.#settings
  }

  /** Returns the profile for a new module. Later changes modify this object. */
  profileFor(own: ModuleProfile): ModuleProfile {
    this.#own = own
    this.#running = withSwitches(own, this.#settings)
    return this.#running
  }

  /**
   * Sets one switch, or resets it to the product's value. Reported on the timeline, so that a transcript repeats it.
   */
  set(change: SwitchChange, timeline: TimelineReporter): void {
    this.#settings = changedSettings(this.#settings, change)
    Object.assign(this.#running, withSwitches(this.#own, this.#settings))
    timeline.report({
      kind: 'note',
      sentence: this.#sentenceOf(change),
      act: { name: 'switch', argument: { ...change } }
    })
  }

  get snapshot(): SwitchesSnapshot {
    const usual = switchPositions(this.#own)
    const set = profileSwitches.map(({ name }) => name).filter((name) => this.#settings[name] !== undefined)
    return { now: { ...usual, ...this.#settings }, usual, set }
  }

  #sentenceOf({ name, value }: SwitchChange): string {
    const { acts } = profileSwitches.find((one) => one.name === name)!
    const what = value === null ? 'has the value of the product again' : `is ${value}`
    return `The profile switch ${name} ${what}, from ${acts} on.`
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
