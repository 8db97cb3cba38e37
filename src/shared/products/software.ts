import { gsmSuites, umtsSuites } from '../tls/suites.ts'
import { slowProcessor } from './certificate-costs.ts'
import { additionsAt, additionsOf, type SoftwareLineNumber } from './late-additions.ts'
import type { Capabilities } from './profile.ts'

/**
 * A software line with its versions (D-28). The line is the major number. Versions are ordered by the minor number and
 * then the last digit; the customer digits (`xx`) are ignored.
 */
export interface SoftwareLine {
  readonly number: SoftwareLineNumber
  readonly base: Capabilities
  /** Oldest first. */
  readonly versions: readonly SoftwareVersion[]
}

export interface SoftwareVersion {
  /** Such as `10.00.xx7`. */
  readonly name: string
  /** What it adds, in a few words. */
  readonly adds: string
  readonly confidence: 'documented' | 'seen' | 'inferred'
  /** How it differs from the line's base. */
  readonly differs: Partial<Capabilities>
}

const gsm: Capabilities = {
  radio: 'gsm',
  commandLineChars: 400,
  maxInstances: 3,
  hasSsl: true,
  suites: gsmSuites,
  securityDataBytes: 2047,
  hasCertificateFormat: false,
  maxClosureType: 1,
  pemLineEnds: 'lf-only',
  keyFormats: ['pkcs1', 'pkcs8'],
  takesPreloadedCa: false,
  maxRecordBytes: 15_800,
  checkNotBefore: true,
  checkExpiry: true,
  acceptSha256Signatures: true,
  criticalExtensions: 'ignored',
  hasSendExt: true,
  hasRingMode: true,
  hasCpuMode: true,
  hasFtpSendSize: true,
  receiveLimit: { value: 1500, confidence: 'seen', source: 'a GL868 driver asks for 1499' },
  socketSendBytes: { value: 1500, confidence: 'documented', source: 'the guide of a 3G module' },
  hasLateSockets: true,
  tellsAccessTechnology: false,
  certificateCosts: slowProcessor,
  keepsSslEnabled: false,
  predefinedContext: true,
  bootMs: 100,
  bootBanner: null,
  defaultBaud: 0,
  maxBaud: 115_200
}

const umts: Capabilities = {
  ...gsm,
  radio: 'umts',
  suites: umtsSuites,
  hasCertificateFormat: true,
  maxClosureType: 0,
  pemLineEnds: 'any',
  keyFormats: ['pkcs1'],
  takesPreloadedCa: true,
  maxRecordBytes: 16_384,
  receiveLimit: { value: 1000, confidence: 'seen', source: 'one DE910 driver says so' },
  tellsAccessTechnology: true,
  certificateCosts: null,
  defaultBaud: 115_200,
  maxBaud: 921_600
}

/** A version, and what it adds besides the table of late additions; `null` for nothing. */
interface VersionRow {
  readonly name: string
  readonly adds: string | null
  readonly confidence: SoftwareVersion['confidence']
  readonly differs?: Partial<Capabilities>
}

const noSsl = (name: string): VersionRow => ({
  name,
  adds: 'no SSL commands yet',
  confidence: 'inferred',
  differs: { hasSsl: false }
})
const guide = (name: string, adds = 'SSL as the guide describes it'): VersionRow => ({
  name,
  adds,
  confidence: 'documented'
})
const newest = (name: string, confidence: 'seen' | 'inferred' = 'seen'): VersionRow => ({
  name,
  adds: null,
  confidence
})

function line(number: SoftwareLine['number'], base: Capabilities, rows: readonly VersionRow[]): SoftwareLine {
  const names = rows.map(({ name }) => name)
  const versions = rows.map(({ name, adds, confidence, differs }, index) => ({
    name,
    adds: adds ?? additionsOf(number, name).join(', '),
    confidence,
    differs: { ...additionsAt(number, names, index), ...differs }
  }))
  return { number, base, versions }
}

export const softwareLines: readonly SoftwareLine[] = [
  line(10, gsm, [
    noSsl('10.00.xx3'),
    {
      name: '10.00.xx5',
      adds: 'SSL with security data of 1535 bytes at most',
      confidence: 'seen',
      differs: { securityDataBytes: 1535 }
    },
    guide('10.00.xx7'),
    newest('10.01.xx3')
  ]),
  line(12, umts, [noSsl('12.00.xx3'), guide('12.00.xx4'), newest('12.00.xx5', 'inferred')]),
  // The GE910 products take records of any legal size (G-4.0-1) and have a fast enough processor (G-4.1-6).
  line(13, { ...gsm, maxRecordBytes: 16_384, certificateCosts: null }, [
    noSsl('13.00.xx2'),
    guide('13.00.xx3'),
    guide('13.00.xx4', 'SSL on the GE910-GNSS too'),
    newest('13.00.xx9')
  ]),
  line(16, gsm, [
    noSsl('16.00.xx1'),
    guide('16.00.xx2', 'SSL on the DUAL V3 products'),
    guide('16.00.xx3', 'SSL on the QUAD V3 products too'),
    newest('16.01.xx3')
  ])
]

/** Returns the line of a version. Throws for an unknown version, which is a bug. */
export function softwareLine(software: string): SoftwareLine['number'] {
  const line = softwareLines.find(({ versions }) => versions.some(({ name }) => name === software))
  if (!line) throw new Error(`There is no software ${software}.`)
  return line.number
}

/** Returns the place of a version: its line, and an order by minor number and last digit; `null` for any other text. */
export function versionOrder(text: string): { line: number; order: number } | null {
  const match = /^(\d\d)\.(\d\d)\.[\dx]{2}(\d)$/i.exec(text)
  return match ? { line: Number(match[1]), order: Number(match[2]) * 10 + Number(match[3]) } : null
}
