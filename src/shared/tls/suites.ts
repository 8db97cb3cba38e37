/** @module TLS as data: suites, alerts, field names, failures and misbehaviours. */

/**
 * One of the five cipher suites of the guide (chapter 2.2.1; numbering by family in G-2.2-2, G-2.2-3). Identifiers from
 * RFC 2246 A.5 and RFC 3268.
 */
export interface CipherSuite {
  /** Two-byte identifier in ClientHello and ServerHello. */
  readonly wireId: number
  readonly name: string
  /** The short name of OpenSSL, as people type it. */
  readonly shortName: string
  readonly bulk: 'rc4' | 'aes-128-cbc' | 'aes-256-cbc' | 'null'
  readonly keyBytes: number
  readonly ivBytes: number
  readonly mac: 'md5' | 'sha1'
  readonly macBytes: number
}

const rc4 = { bulk: 'rc4', keyBytes: 16, ivBytes: 0 } as const
const sha1 = { mac: 'sha1', macBytes: 20 } as const

export const RC4_MD5: CipherSuite = {
  wireId: 0x0004,
  name: 'TLS_RSA_WITH_RC4_128_MD5',
  shortName: 'RC4-MD5',
  ...rc4,
  mac: 'md5',
  macBytes: 16
}
export const RC4_SHA: CipherSuite = {
  wireId: 0x0005,
  name: 'TLS_RSA_WITH_RC4_128_SHA',
  shortName: 'RC4-SHA',
  ...rc4,
  ...sha1
}
export const AES128_SHA: CipherSuite = {
  wireId: 0x002f,
  name: 'TLS_RSA_WITH_AES_128_CBC_SHA',
  shortName: 'AES128-SHA',
  bulk: 'aes-128-cbc',
  keyBytes: 16,
  ivBytes: 16,
  ...sha1
}
export const AES256_SHA: CipherSuite = {
  wireId: 0x0035,
  name: 'TLS_RSA_WITH_AES_256_CBC_SHA',
  shortName: 'AES256-SHA',
  bulk: 'aes-256-cbc',
  keyBytes: 32,
  ivBytes: 16,
  ...sha1
}
export const NULL_SHA: CipherSuite = {
  wireId: 0x0002,
  name: 'TLS_RSA_WITH_NULL_SHA',
  shortName: 'NULL-SHA',
  bulk: 'null',
  keyBytes: 0,
  ivBytes: 0,
  ...sha1
}

export const allSuites: readonly CipherSuite[] = [RC4_MD5, RC4_SHA, AES128_SHA, AES256_SHA, NULL_SHA]

export function suiteByWireId(wireId: number): CipherSuite | undefined {
  return allSuites.find((suite) => suite.wireId === wireId)
}

/** The numbers of the suites in `#SSLSECCFG` and `#SSLS` for one family, and what value 0 proposes, in order. */
export interface SuiteNumbering {
  /** Value n of the AT command is `numbered[n - 1]`. */
  readonly numbered: readonly CipherSuite[]
  /** What value 0 proposes (G-3.2-3). */
  readonly automatic: readonly CipherSuite[]
}

export const gsmSuites: SuiteNumbering = {
  numbered: [RC4_MD5, RC4_SHA, AES256_SHA],
  automatic: [RC4_MD5, RC4_SHA, AES256_SHA]
}
export const umtsSuites: SuiteNumbering = {
  numbered: [RC4_MD5, RC4_SHA, AES128_SHA, NULL_SHA],
  automatic: [AES128_SHA, RC4_SHA, RC4_MD5]
}

/** Returns the suites that `#SSLSECCFG` value `value` proposes (G-3.2-3, G-3.2-4). */
export function proposedSuites(numbering: SuiteNumbering, value: number): readonly CipherSuite[] {
  const single = numbering.numbered[value - 1]
  return single ? [single] : numbering.automatic
}

/** Returns the number that `#SSLS` prints for a suite in use; never 0 (D-31). */
export function suiteNumber(numbering: SuiteNumbering, suite: CipherSuite): number {
  return numbering.numbered.indexOf(suite) + 1
}
