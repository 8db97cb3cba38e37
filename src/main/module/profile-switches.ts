import type { ModuleProfile } from '../../shared/products/profile.ts'
import {
  changedSettings,
  profileSwitches,
  switchPositions,
  withSwitches,
  type SwitchChange,
  type SwitchSettings
} from '../../shared/products/switches.ts'
import type { SwitchesSnapshot } from '../../shared/calls/snapshot.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'

/**
 * The profile switches of one simulator as a person has set them. They outlast a change of product. The module reads its profile
 * anew whenever it needs a capability, so a change counts without a restart.
 */
export class ProfileSwitches {
  #settings: SwitchSettings
  /** The product with nothing switched. */
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

  /** The profile for a module that is made now; later changes go into it. */
  profileFor(own: ModuleProfile): ModuleProfile {
    this.#own = own
    this.#running = withSwitches(own, this.#settings)
    return this.#running
  }

  /** Sets one switch, or gives it back to the product; noted in the timeline, so that a recorded session does it again. */
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
