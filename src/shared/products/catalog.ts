import { gsmSuites, umtsSuites } from '../suites.ts'
import { withCheckDigit } from './luhn.ts'
import type { FamilyName, ModuleProfile } from './profile.ts'

/**
 * Products and software versions that can be chosen, as family › product › software. Two products so far; the others
 * of the guide's applicability table (G-0-1) are further rows of the same kind.
 */
export interface Product {
  readonly name: string
  readonly family: FamilyName
  /** Newest last (D-28: ordered by minor number, then by the last digit). */
  readonly software: readonly SoftwareVersion[]
  /** Last six digits before the IMEI's check digit. */
  readonly imeiSerial: string
}

export interface SoftwareVersion {
  readonly name: string
  /** What it differs in from what its family says. */
  readonly capabilities: Partial<ModuleProfile>
  readonly confidence: 'documented' | 'seen' | 'inferred'
}

/** What all modules of one radio generation have in common. */
const gsm = {
  radio: 'gsm',
  commandLineChars: 400,
  maxInstances: 3,
  hasSsl: true,
  suites: gsmSuites,
  securityDataBytes: 2047,
  maxClosureType: 1,
  pemLineEnds: 'lf-only',
  keyFormats: ['pkcs1', 'pkcs8'],
  checkNotBefore: true,
  checkExpiry: true,
  acceptSha256Signatures: true,
  keepsSslEnabled: false,
  predefinedContext: true,
  bootMs: 100,
  defaultBaud: 0,
  maxBaud: 115_200
} as const

const umts = {
  ...gsm,
  radio: 'umts',
  suites: umtsSuites,
  maxClosureType: 0,
  pemLineEnds: 'any',
  keyFormats: ['pkcs1'],
  defaultBaud: 115_200,
  maxBaud: 921_600
} as const

const radioOfFamily: Record<FamilyName, typeof gsm | typeof umts> = { GC: gsm, 'GE/GL': gsm, GT: gsm, HE910: umts, UE910: umts }

export const products: readonly Product[] = [
  {
    name: 'HE910',
    family: 'HE910',
    imeiSerial: '005001',
    software: [{ name: '12.00.xx5', capabilities: {}, confidence: 'inferred' }]
  },
  {
    name: 'GE865-QUAD',
    family: 'GE/GL',
    imeiSerial: '005002',
    software: [{ name: '10.01.xx3', capabilities: {}, confidence: 'seen' }]
  }
]

export const defaultProduct = 'HE910'

/** The test range of type allocation codes: no real device carries it. */
const testTypeAllocation = '00101010'

/**
 * The profile of a product and software version; the newest version when none is named.
 * Throws an UnknownChoice whose message is one sentence that lists what there is.
 */
export function profileOf(productName: string, softwareName?: string | null): ModuleProfile {
  const product = products.find((one) => one.name.toLowerCase() === productName.toLowerCase())
  if (!product) throw new UnknownChoice(`There is no product ${productName}; there are: ${products.map((one) => one.name).join(', ')}.`)
  const newest = product.software.at(-1)!
  const version = softwareName ? product.software.find((one) => sameVersion(one.name, softwareName)) : newest
  if (!version) {
    const known = product.software.map((one) => one.name).join(', ')
    throw new UnknownChoice(`${product.name} has no software version ${softwareName}; it has: ${known}.`)
  }
  const serial = product.imeiSerial
  return {
    ...radioOfFamily[product.family],
    product: product.name,
    family: product.family,
    software: version.name,
    model: product.name,
    imei: withCheckDigit(testTypeAllocation + serial),
    serialNumber: `0001${serial}`,
    ...version.capabilities
  }
}

/** A product or software version that does not exist; the message is fit for a person. */
export class UnknownChoice extends Error {}

/** D-28: the customer digits (written `xx`) never count, so `12.00.004` and `12.00.xx4` name the same version. */
function sameVersion(known: string, asked: string): boolean {
  const parts = /^(\d\d)\.(\d\d)\.[\dx]{2}(\d)$/
  const [a, b] = [parts.exec(known), parts.exec(asked.toLowerCase())]
  return a !== null && b !== null && a[1] === b[1] && a[2] === b[2] && a[3] === b[3]
}
