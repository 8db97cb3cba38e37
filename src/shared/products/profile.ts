import type { SuiteNumbering } from '../tls/suites.ts'
import type { CertificateCosts } from './certificate-costs.ts'

/**
 * What a product can do with one software version. Code checks these capabilities and never the product's name, so a
 * new product needs only a new row of data.
 */
export interface ModuleProfile extends Capabilities {
  /** The order name: `GE865-QUAD`. */
  readonly product: string
  readonly family: FamilyName
  readonly software: string
  /** The response to `+CGMM`. */
  readonly model: string
  /** 15 digits with a valid check digit; invented, from the range for tests. */
  readonly imei: string
  readonly serialNumber: string
}

/** Everything that can differ between products and software versions. */
export interface Capabilities {
  /** Whether a GSM product (the guide's GC, GE/GL, GT) or a UMTS product (HE910, UE910). */
  readonly radio: 'gsm' | 'umts'
  /** Longest command line, including the prefix (D-20). */
  readonly commandLineChars: number
  /** Number of AT instances of the hardware (at-reference 10). */
  readonly maxInstances: number

  /** Whether the #SSL commands exist (G-0-3). */
  readonly hasSsl: boolean
  readonly suites: SuiteNumbering
  /** Largest content of a slot in bytes (G-2.2-5; 1535 in the first software with SSL, D-28). */
  readonly securityDataBytes: number
  /** Whether `#SSLSECCFG` has a certificate format, and so DER can be entered (G-3.2-2, G-3.3-6). */
  readonly hasCertificateFormat: boolean
  /**
   * Highest closureType of #SSLD and #SSLH. 0 where no TLS session can be kept and #SSLFASTD does not exist (G-4.1-2,
   * G-4.4-3).
   */
  readonly maxClosureType: 0 | 1
  /** Whether a CR makes a stored PEM unusable (G-3.3-5). */
  readonly pemLineEnds: 'lf-only' | 'any'
  /** Private key formats that the module can read (D-32). */
  readonly keyFormats: readonly ('pkcs1' | 'pkcs8')[]
  /** Whether the module may ship with a CA certificate (G-3.3-8). */
  readonly takesPreloadedCa: boolean
  /** Largest plaintext of a received record in bytes (G-4.0-1). TLS allows 16384. */
  readonly maxRecordBytes: number
  /** Whether notBefore is checked (D-26). */
  readonly checkNotBefore: boolean
  readonly checkExpiry: boolean
  readonly acceptSha256Signatures: boolean
  /** What happens to critical extensions that the modules do not evaluate. */
  readonly criticalExtensions: 'ignored' | 'refused'
  /** Whether `#SSLSENDEXT` exists (D-9). */
  readonly hasSendExt: boolean
  /** Whether the 7th and 8th value of `#SSLCFG` have an effect: SSLSRING and the NO CARRIER mode (D-1, D-2). */
  readonly hasRingMode: boolean
  /** Whether `#CPUMODE` exists, which a slow processor needs (G-4.1-6, D-33). */
  readonly hasCpuMode: boolean
  /** Whether `#FTPCFG` has a fourth value (at-reference 7). */
  readonly hasFtpSendSize: boolean
  /** Limit of `#SSLRECV` in bytes (D-6). */
  readonly receiveLimit: KnownValue
  /** Limit of `#SSEND` in bytes (D-113). */
  readonly socketSendBytes: KnownValue
  /** Whether #SCFGEXT3, #SLASTCLOSURE and the forms of NO CARRIER with a connection exist (D-112). */
  readonly hasLateSockets: boolean
  /** Whether +CREG, +CGREG and +COPS show the access technology, and +COPS can set it (D-40). */
  readonly tellsAccessTechnology: boolean
  /** Processor time of certificates in a handshake; `null` where the processor is fast enough (G-4.1-6). */
  readonly certificateCosts: CertificateCosts | null

  /** Whether #SSLEN is kept at power-off (D-25). */
  readonly keepsSslEnabled: boolean
  /** Whether PDP context 1 is defined in the factory (D-29). */
  readonly predefinedContext: boolean
  /** Time from power-on until commands are accepted, in milliseconds of module time (D-36). */
  readonly bootMs: number
  /** What a module sends after booting, or `null` (D-36). */
  readonly bootBanner: string | null
  /** The factory value of `+IPR`; 0 is autobaud. */
  readonly defaultBaud: number
  readonly maxBaud: number
}

/** A number about which the sources say little, with its confidence and source. */
export interface KnownValue {
  readonly value: number
  readonly confidence: 'documented' | 'seen' | 'inferred'
  /** The source, as the second half of a sentence. */
  readonly source: string
}

export type FamilyName = 'GC' | 'GE/GL' | 'GT' | 'HE910' | 'UE910'
