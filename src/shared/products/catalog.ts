import { withCheckDigit } from './luhn.ts'
import type { Capabilities, FamilyName, ModuleProfile } from './profile.ts'
import { softwareLines, versionOrder, type SoftwareVersion } from './software.ts'

/**
 * Products that can be chosen, as family › product › software: the guide's applicability table (G-0-1), each with the
 * first version that has SSL on it.
 */
export interface Product {
  readonly name: string
  readonly family: FamilyName
  /** The table's minimum software version. */
  readonly minimum: string
  /** Versions of its line, oldest first. */
  readonly software: readonly SoftwareVersion[]
  /** Other names it is sold under; it answers with `name` (G-0-2). */
  readonly aliases: readonly string[]
  /** What this product differs in from its software. */
  readonly differs: Partial<Capabilities>
  /** Six digits of the IMEI, before the check digit. */
  readonly imeiSerial: string
}

/** The applicability table: family, minimum version, products. */
const table: readonly (readonly [FamilyName, string, readonly string[]])[] = [
  ['GC', '10.00.xx7', ['GC864-QUAD', 'GC864-QUAD V2', 'GC864-DUAL V2']],
  [
    'GE/GL',
    '10.00.xx7',
    [
      'GE864-QUAD',
      'GE864-QUAD V2',
      'GE864-QUAD Automotive V2',
      'GE864-QUAD ATEX',
      'GE864-DUAL V2',
      'GE864-GPS',
      'GE865-QUAD',
      'GL865-DUAL',
      'GL865-QUAD',
      'GL868-DUAL'
    ]
  ],
  ['GE/GL', '13.00.xx3', ['GE910-QUAD']],
  ['GE/GL', '13.00.xx4', ['GE910-GNSS']],
  ['GE/GL', '16.00.xx2', ['GL865-DUAL V3', 'GL868-DUAL V3']],
  ['GE/GL', '16.00.xx3', ['GL865-QUAD V3', 'GE910-QUAD V3']],
  ['GT', '10.00.xx7', ['GT863-PY', 'GT864-QUAD', 'GT864-PY']],
  [
    'HE910',
    '12.00.xx4',
    ['HE910', 'HE910-GA', 'HE910-D', 'HE910-EUR', 'HE910-EUD', 'HE910-EUG', 'HE910-NAG', 'HE910-NAR', 'HE910-NAD']
  ],
  ['UE910', '12.00.xx4', ['UE910-EUR', 'UE910-EUD', 'UE910-NAR', 'UE910-NAD']]
]

/** G-0-2: a type name under which two products are sold. */
const aliases: Readonly<Record<string, readonly string[]>> = { HE910: ['HE910-G', 'HE910-DG'] }

/** G-4.0-1: the record limit does not hold for the GE910 products, the V3 one among them. */
const productDiffers: Readonly<Record<string, Partial<Capabilities>>> = { 'GE910-QUAD V3': { maxRecordBytes: 16_384 } }

export const products: readonly Product[] = table
  .flatMap(([family, minimum, names]) => names.map((name) => ({ family, minimum, name })))
  .map(({ family, minimum, name }, index) => ({
    name,
    family,
    minimum,
    software: softwareLines.find((one) => one.number === versionOrder(minimum)!.line)!.versions,
    aliases: aliases[name] ?? [],
    differs: productDiffers[name] ?? {},
    imeiSerial: String(5001 + index).padStart(6, '0')
  }))

export const defaultProduct = 'HE910'

/**
 * The profile of a product and software version; the newest version when none is named. Names and versions are taken in
 * any case, and without the customer digits. Throws an UnknownChoice whose message is one sentence that lists what
 * there is.
 */
export function profileOf(productName: string, softwareName?: string | null): ModuleProfile {
  const product = productNamed(productName)
  const version = softwareName ? versionNamed(product, softwareName) : product.software.at(-1)!
  const base = softwareLines.find((one) => one.versions.includes(version))!.base
  const belowMinimum = versionOrder(version.name)!.order < versionOrder(product.minimum)!.order
  return {
    ...base,
    ...product.differs,
    ...version.differs,
    // G-0-3: the first version with SSL differs by product within a line; 10.00.xx5 is outside the guide's table (D-28).
    hasSsl: belowMinimum ? version.name === '10.00.xx5' : (version.differs.hasSsl ?? base.hasSsl),
    product: product.name,
    family: product.family,
    software: version.name,
    model: product.name,
    imei: withCheckDigit(TEST_TYPE_ALLOCATION + product.imeiSerial),
    serialNumber: `0001${product.imeiSerial}`
  }
}

/** A product or software version that does not exist; the message is fit for a person. */
export class UnknownChoice extends Error {}

/** The test range of type allocation codes: no real device carries it. */
const TEST_TYPE_ALLOCATION = '00101010'

function productNamed(name: string): Product {
  const wanted = normal(name)
  const product = products.find((one) => [one.name, ...one.aliases].some((known) => normal(known) === wanted))
  if (product) return product
  throw new UnknownChoice(`There is no product ${name}; there are: ${products.map((one) => one.name).join(', ')}.`)
}

function versionNamed(product: Product, name: string): SoftwareVersion {
  const asked = versionOrder(name)
  const version = product.software.find((one) => {
    const known = versionOrder(one.name)!
    return asked !== null && asked.line === known.line && asked.order === known.order
  })
  if (version) return version
  throw new UnknownChoice(
    `${product.name} has no software version ${name}; it has: ${product.software.map((one) => one.name).join(', ')}.`
  )
}

/** `GE864-QUAD V2`, `ge864-quad-v2` and `GE864QUADV2` are the same name. */
function normal(name: string): string {
  return name.toUpperCase().replace(/[\s_-]/g, '')
}
