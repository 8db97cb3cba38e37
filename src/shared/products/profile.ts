import type { CertificateCosts } from './certificate-costs.ts'
import type { SuiteNumbering } from '../tls/suites.ts'

/**
 * What a product with one software version can do. Behaviour asks for these capabilities and never for a product's
 * name, so a new product is a new row of data.
 */
export interface ModuleProfile extends Capabilities {
  /** As people order it: `GE865-QUAD`. */
  readonly product: string
  readonly family: FamilyName
  readonly software: string
  /** What `+CGMM` answers. */
  readonly model: string
  /** 15 digits with a valid check digit; made up, from the range kept for tests. */
  readonly imei: string
  readonly serialNumber: string
}

/** Everything that products and software versions may differ in. */
export interface Capabilities {
  /** Commands exist for `gsm` (the guide's GC, GE/GL, GT) or `umts` (HE910, UE910). */
  readonly radio: 'gsm' | 'umts'
  /** Longest command line, prefix included (D-20). */
  readonly commandLineChars: number
  /** AT instances the hardware has (at-reference 10). */
  readonly maxInstances: number

  /** Whether the #SSL commands exist at all (G-0-3). */
  readonly hasSsl: boolean
  readonly suites: SuiteNumbering
  /** Largest stored security datum, bytes (G-2.2-5; 1535 in the first SSL software, D-28). */
  readonly securityDataBytes: number
  /** Whether `#SSLSECCFG` has a certificate format, and with it the entry of DER (G-3.2-2, G-3.3-6). */
  readonly hasCertificateFormat: boolean
  /** Highest closureType of #SSLD and #SSLH: 0 where no session can be kept and #SSLFASTD is missing (G-4.1-2, G-4.4-3). */
  readonly maxClosureType: 0 | 1
  /** Whether a CR in a stored PEM spoils it (G-3.3-5). */
  readonly pemLineEnds: 'lf-only' | 'any'
  /** Private key formats the module can read (D-32). */
  readonly keyFormats: readonly ('pkcs1' | 'pkcs8')[]
  /** Whether a CA certificate may have come with the module, so that none need be stored (G-3.3-8). */
  readonly takesPreloadedCa: boolean
  /** Largest plaintext of a received record, bytes (G-4.0-1); TLS itself allows 16384. */
  readonly maxRecordBytes: number
  /** D-26. */
  readonly checkNotBefore: boolean
  readonly checkExpiry: boolean
  readonly acceptSha256Signatures: boolean
  /** What becomes of critical extensions that the modules do not act upon. */
  readonly criticalExtensions: 'ignored' | 'refused'
  /** Whether `#SSLSENDEXT` exists (D-9). */
  readonly hasSendExt: boolean
  /** Whether the 7th and 8th value of `#SSLCFG` do something: SSLSRING and the NO CARRIER mode (D-1, D-2). */
  readonly hasRingMode: boolean
  /** `#CPUMODE`, which a slow processor needs (G-4.1-6, D-33). */
  readonly hasCpuMode: boolean
  /** Whether `#FTPCFG` has a fourth value (at-reference 7). */
  readonly hasFtpSendSize: boolean
  /** Most bytes that `#SSLRECV` takes at once (D-6). */
  readonly receiveLimit: KnownValue
  /** Whether +CREG, +CGREG and +COPS tell the access technology, and +COPS takes it (D-40). */
  readonly tellsAccessTechnology: boolean
  /** What certificates cost the processor in a handshake; `null` where it is fast enough (G-4.1-6). */
  readonly certificateCosts: CertificateCosts | null

  /** Whether #SSLEN is kept at power-off (D-25). */
  readonly keepsSslEnabled: boolean
  /** Whether context 1 is there from the factory (D-29). */
  readonly predefinedContext: boolean
  /** From power-on to the first command that is heard, module time in milliseconds (D-36). */
  readonly bootMs: number
  /** What a module prints once it has booted; null: nothing (D-36). */
  readonly bootBanner: string | null
  /** `+IPR` from the factory: 0 is autobaud. */
  readonly defaultBaud: number
  readonly maxBaud: number
}

/** A number of which the sources say little: how sure it is, and from what. */
export interface KnownValue {
  readonly value: number
  readonly confidence: 'documented' | 'seen' | 'inferred'
  /** Who says so, as the second half of a sentence. */
  readonly source: string
}

export type FamilyName = 'GC' | 'GE/GL' | 'GT' | 'HE910' | 'UE910'
