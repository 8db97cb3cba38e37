import { factoryValue, settings, type SettingDeclaration, type SettingName } from '../../shared/commands/settings.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'

/** The numbers of one AT instance: echo, result style, S registers, report modes (at-reference 2, D-25). */
export class Settings {
  private readonly values = new Map<SettingName, number>()

  constructor(private readonly profile: ModuleProfile) {
    this.loadFactory('full')
  }

  get(name: SettingName): number {
    // The factory's values are all there from the beginning.
    return this.values.get(name)!
  }

  /** Sets what its declaration allows and answers true, or changes nothing and answers false. */
  set(name: SettingName, value: number): boolean {
    const declaration = byName.get(name)!
    if (declaration.readOnly || !declaration.ranges.some(([from, to]) => value >= from && value <= to)) return false
    this.values.set(name, value)
    return true
  }

  loadFactory(sections: Sections): void {
    for (const one of inSections(sections)) this.values.set(one.name, factoryValue(one, this.profile))
  }

  /** Loads what &W stored; what an older image lacks keeps the factory value. */
  loadStored(stored: Readonly<Record<string, number>>, sections: Sections): void {
    this.loadFactory(sections)
    for (const one of inSections(sections)) {
      const value = stored[one.name]
      if (value !== undefined && !one.readOnly) this.set(one.name, value)
    }
  }

  /** All of them, as &W stores them. */
  toStored(): Record<string, number> {
    return Object.fromEntries(this.values)
  }
}

export type Sections = 'base' | 'extended' | 'full'

const byName: ReadonlyMap<SettingName, SettingDeclaration> = new Map(settings.map((one) => [one.name, one]))

function inSections(sections: Sections): typeof settings {
  return sections === 'full' ? settings : settings.filter((one) => one.section === sections)
}
