import { products, profileOf } from '../products/catalog.ts'
import { versionOrder } from '../products/software.ts'
import { commands, commandsOf } from './index.ts'
import { knownElsewhere, type SoftwareLine } from './known-elsewhere.ts'

/**
 * What is known of a command name on a software line (D-42). A command that answers ERROR is not emulated though the
 * hardware has it, or belongs to other products, or is unknown.
 */
export type NameStanding = 'emulated' | 'not emulated here' | 'not on this product' | 'unknown'

/** Returns the standing of a name in upper case with its prefix, such as `+CMGF`. */
export function nameStanding(name: string, line: SoftwareLine): NameStanding {
  if (emulatedOn(line).has(name)) return 'emulated'
  const lines = linesByName.get(name)
  if (lines?.has(line)) return 'not emulated here'
  return lines || declaredNames.has(name) ? 'not on this product' : 'unknown'
}

const declaredNames: ReadonlySet<string> = new Set(commands.map(({ name }) => name))

const linesByName: ReadonlyMap<string, ReadonlySet<SoftwareLine>> = new Map(
  knownElsewhere.flatMap(({ names, lines }) => names.map((name) => [name, new Set(lines)] as const))
)

const emulated = new Map<SoftwareLine, ReadonlySet<string>>()

/** Returns the commands that a product with software of the line has. Cached, because it examines every profile. */
function emulatedOn(line: SoftwareLine): ReadonlySet<string> {
  const known = emulated.get(line)
  if (known) return known
  const profiles = products.flatMap(({ name, software }) =>
    software
      .filter((version) => versionOrder(version.name)?.line === line)
      .map((version) => profileOf(name, version.name))
  )
  const names = new Set(profiles.flatMap((profile) => [...commandsOf(profile).keys()]))
  emulated.set(line, names)
  return names
}
