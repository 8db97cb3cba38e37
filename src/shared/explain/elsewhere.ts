import {
  parametersOf,
  rangesOf,
  type CommandDeclaration,
  type NumberParameter,
  type ParameterDeclaration
} from '../commands/declaration.ts'
import { products, profileOf } from '../products/catalog.ts'
import type { FamilyName, ModuleProfile } from '../products/profile.ts'
import { versionOrder } from '../products/software.ts'
import { listText } from './words.ts'

/** Which products and software versions have what the chosen one lacks. Derived from the profiles and declarations. */
export interface Elsewhere {
  /** A software version of the same product that has it, preferably the oldest newer one; `null` when there is none. */
  readonly software: string | null
  readonly softwareIsNewer: boolean
  /** The other products that have it, in words: `HE910 and UE910`; `null` when there are none. */
  readonly others: string | null
}

/**
 * Returns the products and versions for which `has` is true, other than this product with this software; `null` when
 * there are none.
 */
export function elsewhere(
  product: string,
  software: string,
  has: (profile: ModuleProfile) => boolean
): Elsewhere | null {
  const having = everyProfile().filter(has)
  const own = having.filter((one) => one.product === product).map((one) => one.software)
  const newer = own.find((one) => orderOf(one) > orderOf(software))
  const names = new Set(having.filter((one) => one.product !== product).map((one) => one.product))
  const chosen = newer ?? own.at(-1) ?? null
  if (chosen === null && names.size === 0) return null
  return {
    software: chosen,
    softwareIsNewer: newer !== undefined,
    others: names.size === 0 ? null : productsText(names)
  }
}

export const hasCommand =
  (command: CommandDeclaration) =>
  (profile: ModuleProfile): boolean =>
    command.exists?.(profile) ?? true

/** Tests whether a product's command has so many parameters. */
export const takesCount =
  (command: CommandDeclaration, count: number) =>
  (profile: ModuleProfile): boolean =>
    hasCommand(command)(profile) && parametersOf(command, profile).length >= count

/** Tests whether a product's command allows this value. */
export const takesValue =
  (command: CommandDeclaration, parameter: NumberParameter, value: number) =>
  (profile: ModuleProfile): boolean =>
    hasCommand(command)(profile) &&
    parametersOf(command, profile).includes(parameter) &&
    rangesOf(parameter, profile).some(([from, to]) => value >= from && value <= to)

/** Returns parameters that this product lacks and other products have, up to `count` parameters in all. */
export function parametersBeyond(
  command: CommandDeclaration,
  profile: ModuleProfile,
  count: number
): readonly ParameterDeclaration[] {
  const fullest = everyProfile()
    .filter(takesCount(command, count))
    .map((one) => parametersOf(command, one))
    .at(0)
  return fullest?.slice(parametersOf(command, profile).length, count) ?? []
}

let profiles: readonly ModuleProfile[] | null = null

/** Returns each product with each of its software versions, oldest first. Cached. */
function everyProfile(): readonly ModuleProfile[] {
  profiles ??= products.flatMap(({ name, software }) => software.map((version) => profileOf(name, version.name)))
  return profiles
}

const orderOf = (software: string): number => versionOrder(software)?.order ?? 0

/**
 * Names products in words: a whole family by its name; part of one by software lines or, where that is not exact, by
 * product names.
 */
function productsText(names: ReadonlySet<string>): string {
  const families = [...new Set(products.map(({ family }) => family))]
  return listText(families.flatMap((family) => familyText(family, names)))
}

function familyText(family: FamilyName, names: ReadonlySet<string>): string[] {
  const all = products.filter((one) => one.family === family)
  const having = all.filter(({ name }) => names.has(name))
  if (having.length === 0) return []
  // The only member that lacks it may be this product itself.
  if (having.length >= all.length - 1 && all.length > 1) return [family]
  const lineOf = ({ minimum }: (typeof all)[number]): number => versionOrder(minimum)?.line ?? 0
  const lines = [...new Set(having.map(lineOf))]
  const exact = all.filter((one) => lines.includes(lineOf(one))).length === having.length
  if (exact) return [`${family} with software ${listText(lines.map(String), 'or')}`]
  return having.length <= FEW ? having.map(({ name }) => name) : [`some ${family} products`]
}

/** Longer lists of names are not read. */
const FEW = 4
