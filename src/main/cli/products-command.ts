import { products, profileOf, type Product } from '../../shared/products/catalog.ts'
import type { Capabilities, ModuleProfile } from '../../shared/products/profile.ts'
import { UsageError } from '../options/options.ts'

/**
 * Runs `telit-sim products [--json]`: lists the values of `--product` and `--software` and how they differ (G-0-1,
 * D-28). Returns the text for stdout. Throws a UsageError for unknown arguments.
 */
export function productsCommand(args: readonly string[]): string {
  const unknown = args.find((one) => one !== '--json')
  if (unknown !== undefined) throw new UsageError(`products takes --json and nothing else, not ${unknown}.`)
  return args.includes('--json') ? `${JSON.stringify(asData())}\n` : asText()
}

/** Returns one JSON object, so that a program can parse the whole output. */
function asData(): object {
  return {
    families: familyNames().map((family) => ({
      name: family,
      products: products.filter((product) => product.family === family).map(productData)
    }))
  }
}

function productData(product: Product): object {
  const newest = profileOf(product.name)
  return {
    name: product.name,
    aliases: product.aliases,
    model: newest.model,
    imei: newest.imei,
    minimum: product.minimum,
    software: product.software.map(({ name, adds, confidence }) => ({
      name,
      adds,
      confidence,
      capabilities: capabilityData(profileOf(product.name, name))
    }))
  }
}

/** Returns the capabilities of a profile, with suites by name and without the fields that identify the product. */
function capabilityData(profile: ModuleProfile): object {
  const {
    product: _product,
    family: _family,
    software: _software,
    model: _model,
    imei: _imei,
    serialNumber: _serial,
    ...capabilities
  } = profile
  const { suites, ...rest }: Capabilities = capabilities
  return { ...rest, suites: suiteNames(suites.numbered), proposedSuites: suiteNames(suites.automatic) }
}

/** Returns the text for people. Products of a family that are alike in all their versions are listed together. */
function asText(): string {
  const blocks = familyNames().flatMap((family) => {
    const members = products.filter((product) => product.family === family)
    return [...new Set(members.map(differences))].map((kind) => {
      const alike = members.filter((product) => differences(product) === kind)
      const [one] = alike as [Product]
      return [
        `${family}: ${alike.map(named).join(', ')}`,
        ...one.software.flatMap((version) => versionLines(one, version.name))
      ].join('\n')
    })
  })
  return `${blocks.join('\n\n')}\n`
}

function versionLines(product: Product, software: string): string[] {
  const { adds, confidence } = product.software.find((one) => one.name === software)!
  const profile = profileOf(product.name, software)
  const newest = product.software.at(-1)!.name === software ? '; the default' : ''
  // What a version adds to its line may reach this product only with a later version.
  const brings =
    profile.hasSsl || product.software[0]!.name === software ? adds : 'no SSL commands yet on these products'
  return [`  ${software}  ${brings} (${confidence}${newest})`, `             ${traits(profile).join(', ')}`]
}

function traits(profile: ModuleProfile): string[] {
  const when = (has: boolean, text: string): string[] => (has ? [text] : [])
  const lines = `command lines to ${profile.commandLineChars} characters`
  if (!profile.hasSsl) return [lines]
  return [
    `suites ${suiteNames(profile.suites.numbered)
      .map((name, index) => `${index + 1} ${name}`)
      .join(', ')}`,
    profile.hasCertificateFormat ? 'PEM and DER' : 'PEM',
    `keys as ${profile.keyFormats.map((format) => format.replace('pkcs', 'PKCS#')).join(' and ')}`,
    `data to ${profile.securityDataBytes} bytes`,
    `records to ${profile.maxRecordBytes} bytes`,
    ...when(profile.maxClosureType === 1, '#SSLFASTD'),
    ...when(profile.hasSendExt, '#SSLSENDEXT'),
    ...when(profile.hasRingMode, 'SSLSRING'),
    ...when(profile.hasCpuMode, '#CPUMODE'),
    lines
  ]
}

function familyNames(): string[] {
  return [...new Set(products.map((product) => product.family))]
}

function named(product: Product): string {
  return product.aliases.length === 0 ? product.name : `${product.name} (also sold as ${product.aliases.join(', ')})`
}

function differences(product: Product): string {
  return JSON.stringify(
    product.software.map((version) => [version.name, capabilityData(profileOf(product.name, version.name))])
  )
}

function suiteNames(suites: readonly { readonly shortName: string }[]): string[] {
  return suites.map((suite) => suite.shortName)
}
