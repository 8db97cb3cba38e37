/** @module The products, their software versions and what each can do. */

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
  /** From the test range of type allocation codes (00101010), which no real device carries. */
  readonly imei: string
}

/** One product as it stands in the applicability table. */
interface ProductRow {
  readonly name: string
  /** All 15 digits. A recorded transcript holds them: give a new product a number that is free, and never change one. */
  readonly imei: string
  /** G-0-2: other names under which the product is sold. */
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
      // G-4.0-1: the record limit does not hold for the GE910 products, the V3 one among them.
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
    imei: product.imei,
    // The six digits between the type allocation code and the check digit.
    serialNumber: `0001${product.imei.slice(8, 14)}`
  }
}

/** A product or software version that does not exist; the message is fit for a person. */
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

/** `GE864-QUAD V2`, `ge864-quad-v2` and `GE864QUADV2` are the same name. */
function normal(name: string): string {
  return name.toUpperCase().replace(/[\s_-]/g, '')
}
