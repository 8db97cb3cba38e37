import { factoryValue, settings, type SettingDeclaration, type SettingName } from '../../shared/commands/settings.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'

/**
 * The numeric settings of one AT instance: echo, result code format, S registers, report modes (at-reference 2, D-25).
 */
export class Settings {
  private readonly values = new Map<SettingName, number>()

  constructor(private readonly profile: ModuleProfile) {
    this.loadFactory('full')
  }

  get(name: SettingName): number {
    // All settings get their factory values at the start.
    return this.values.get(name)!
  }

  /** Sets a value if its declaration allows it. Returns false, without effect, if not. */
  set(name: SettingName, value: number): boolean {
    const declaration = byName.get(name)!
    if (declaration.readOnly || !declaration.ranges.some(([from, to]) => value >= from && value <= to)) return false
    this.values.set(name, value)
    return true
  }

  loadFactory(sections: Sections): void {
    for (const one of inSections(sections)) this.values.set(one.name, factoryValue(one, this.profile))
  }

  /** Loads what &W stored. A setting that an older image lacks gets its factory value. */
  loadStored(stored: Readonly<Record<string, number>>, sections: Sections): void {
    this.loadFactory(sections)
    for (const one of inSections(sections)) {
      const value = stored[one.name]
      if (value !== undefined && !one.readOnly) this.set(one.name, value)
    }
  }

  /** Returns all settings, as &W stores them. */
  toStored(): Record<string, number> {
    return Object.fromEntries(this.values)
  }
}

export type Sections = 'base' | 'extended' | 'full'

const byName: ReadonlyMap<SettingName, SettingDeclaration> = new Map(settings.map((one) => [one.name, one]))

function inSections(sections: Sections): typeof settings {
  return sections === 'full' ? settings : settings.filter((one) => one.section === sections)
}
