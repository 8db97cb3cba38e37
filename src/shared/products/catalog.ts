/** @module The products, their software versions and what each can do. */

import type { Capabilities, FamilyName, ModuleProfile } from './profile.ts'
import { softwareLines, versionOrder, type SoftwareVersion } from './software.ts'

/**
 * A product that can be chosen, from the guide's applicability table (G-0-1), with the first software version that has
 * SSL on it.
 */
export interface Product {
  readonly name: string
  readonly family: FamilyName
  /** The minimum software version of the table. */
  readonly minimum: string
  /** The versions of its line, oldest first. */
  readonly software: readonly SoftwareVersion[]
  /** Other names under which it is sold. It identifies itself as `name` (G-0-2). */
  readonly aliases: readonly string[]
  /** How this product differs from its software's base. */
  readonly differs: Partial<Capabilities>
  /** From the test range of type allocation codes (00101010), which no real module has. */
  readonly imei: string
}

/** One product in the applicability table. */
interface ProductRow {
  readonly name: string
  /** All 15 digits. Transcripts contain them: give a new product an unused number, and never change one. */
  readonly imei: string
  /** Other names under which the product is sold (G-0-2). */
  readonly aliases?: readonly string[]
  readonly differs?: Partial<Capabilities>
}

/** The applicability table: family, minimum version, products. */
const table: readonly (readonly [FamilyName, string, readonly ProductRow[]])[] = [
  [
    'GC',
    '10.00.xx7',
    [
      { name: 'GC864-QUAD', imei: '001010100050010' },
      { name: 'GC864-QUAD V2', imei: '001010100050028' },
      { name: 'GC864-DUAL V2', imei: '001010100050036' }
    ]
  ],
  [
    'GE/GL',
    '10.00.xx7',
    [
      { name: 'GE864-QUAD', imei: '001010100050044' },
      { name: 'GE864-QUAD V2', imei: '001010100050051' },
      { name: 'GE864-QUAD Automotive V2', imei: '001010100050069' },
      { name: 'GE864-QUAD ATEX', imei: '001010100050077' },
      { name: 'GE864-DUAL V2', imei: '001010100050085' },
      { name: 'GE864-GPS', imei: '001010100050093' },
      { name: 'GE865-QUAD', imei: '001010100050101' },
      { name: 'GL865-DUAL', imei: '001010100050119' },
      { name: 'GL865-QUAD', imei: '001010100050127' },
      { name: 'GL868-DUAL', imei: '001010100050135' }
    ]
  ],
  ['GE/GL', '13.00.xx3', [{ name: 'GE910-QUAD', imei: '001010100050143' }]],
  ['GE/GL', '13.00.xx4', [{ name: 'GE910-GNSS', imei: '001010100050150' }]],
  [
    'GE/GL',
    '16.00.xx2',
    [
      { name: 'GL865-DUAL V3', imei: '001010100050168' },
      { name: 'GL868-DUAL V3', imei: '001010100050176' }
    ]
  ],
  [
    'GE/GL',
    '16.00.xx3',
    [
      { name: 'GL865-QUAD V3', imei: '001010100050184' },
      // The record limit does not apply to the GE910 products, including the V3 (G-4.0-1).
      { name: 'GE910-QUAD V3', imei: '001010100050192', differs: { maxRecordBytes: 16_384 } }
    ]
  ],
  [
    'GT',
    '10.00.xx7',
    [
      { name: 'GT863-PY', imei: '001010100050200' },
      { name: 'GT864-QUAD', imei: '001010100050218' },
      { name: 'GT864-PY', imei: '001010100050226' }
    ]
  ],
  [
    'HE910',
    '12.00.xx4',
    [
      { name: 'HE910', imei: '001010100050234', aliases: ['HE910-G', 'HE910-DG'] },
      { name: 'HE910-GA', imei: '001010100050242' },
      { name: 'HE910-D', imei: '001010100050259' },
      { name: 'HE910-EUR', imei: '001010100050267' },
      { name: 'HE910-EUD', imei: '001010100050275' },
      { name: 'HE910-EUG', imei: '001010100050283' },
      { name: 'HE910-NAG', imei: '001010100050291' },
      { name: 'HE910-NAR', imei: '001010100050309' },
      { name: 'HE910-NAD', imei: '001010100050317' }
    ]
  ],
  [
    'UE910',
    '12.00.xx4',
    [
      { name: 'UE910-EUR', imei: '001010100050325' },
      { name: 'UE910-EUD', imei: '001010100050333' },
      { name: 'UE910-NAR', imei: '001010100050341' },
      { name: 'UE910-NAD', imei: '001010100050358' }
    ]
  ]
]

export const products: readonly Product[] = table.flatMap(([family, minimum, rows]) =>
  rows.map(({ name, imei, aliases = [], differs = {} }) => ({
    name,
    family,
    minimum,
    software: softwareLines.find((one) => one.number === versionOrder(minimum)!.line)!.versions,
    aliases,
    differs,
    imei
  }))
)

export const DEFAULT_PRODUCT = 'HE910'

/**
 * Returns the profile of a product and software version, by default the newest. Case does not matter, and customer
 * digits may be left out. Throws an UnknownChoice that lists the choices.
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
    // The first version with SSL differs by product within a line (G-0-3). 10.00.xx5 is outside of the guide's table
    // (D-28).
    hasSsl: belowMinimum ? version.name === '10.00.xx5' : (version.differs.hasSsl ?? base.hasSsl),
    product: product.name,
    family: product.family,
    software: version.name,
    model: product.name,
    imei: product.imei,
    // The six digits between type allocation code and check digit.
    serialNumber: `0001${product.imei.slice(8, 14)}`
  }
}

/** The product or software version does not exist. The message is one sentence for the person. */
export class UnknownChoice extends Error {}

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

/** Normalises a name: `GE864-QUAD V2`, `ge864-quad-v2` and `GE864QUADV2` are the same. */
function normal(name: string): string {
  return name.toUpperCase().replace(/[\s_-]/g, '')
}
