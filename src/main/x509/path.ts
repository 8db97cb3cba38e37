/** @module Certificates and keys: reads DER and PEM and judges a chain against the stored certificate. */

import type { KeyObject } from 'node:crypto'
import type { ServerCertificatePolicy } from '../../shared/contracts/security.ts'
import { counted } from '../../shared/english/counted.ts'
import type { FailureFact } from '../../shared/rules/failure-facts.ts'
import type { TlsFailure } from '../../shared/tls/failure.ts'
import type { TlsRemark } from '../../shared/tls/remark.ts'
import { certificateFact } from './certificate-fact.ts'
import { readCertificate, readSubjectPublicKey, rsaKey } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { X509Fault } from './fault.ts'
import { checkPath, remarksOn } from './path-policy.ts'
import { PathSearch } from './path-search.ts'
import type { PathLink } from './path-search.ts'
import { refusal, refusalOfFault } from './refusal.ts'

/** Certificates of a chain that are examined. Real chains have two to four; each one more costs a signature check. */
const MAX_CHAIN_CERTIFICATES = 16

/**
 * Checks a server's chain like the modules do in authentication mode 1 and 2 (D-26): there must be a path of signatures
 * from the server's own certificate to the stored one, which is trusted. Other certificates may be in any order, and
 * superfluous. `clockMs` is the module's clock in milliseconds since 1970 UTC. Returns the server's RSA key, or throws
 * a TlsFailure that names certificate, field and both values.
 */
export function checkServerPath(
  chainDer: readonly Uint8Array[],
  stored: Certificate,
  policy: ServerCertificatePolicy,
  clockMs: number
): KeyObject {
  return acceptServerPath(chainDer, stored, policy, clockMs).key
}

/** The result for an accepted chain. */
export interface AcceptedPath {
  /** The server's RSA key. */
  readonly key: KeyObject
  readonly remarks: readonly TlsRemark[]
  /** Key size in bits of each signature check. */
  readonly checkedKeyBits: readonly number[]
}

/** Like `checkServerPath`, with remarks and the cost of the check. */
export function acceptServerPath(
  chainDer: readonly Uint8Array[],
  stored: Certificate,
  policy: ServerCertificatePolicy,
  clockMs: number
): AcceptedPath {
  const looked = chainDer.slice(0, MAX_CHAIN_CERTIFICATES)
  const received = looked.map((der, index) => ({ der, title: `certificate ${index + 1} of ${chainDer.length}` }))
  for (const [index, { der, title }] of received.entries()) checkSize(der, title, index + 1, policy.maxCertificateBytes)

  const links: PathLink[] = []
  const unreadable: TlsFailure[] = []
  for (const [index, { der, title }] of received.entries()) {
    try {
      links.push(receivedLink(readCertificate(der), title, index + 1))
    } catch (error) {
      // Only the server's own certificate must be readable. Others may turn out not to be needed.
      if (links.length === 0) throw refusalOfFault(error, title)
      unreadable.push(refusalOfFault(error, title))
    }
  }

  const [leaf, ...others] = links
  const key = asRefusal(leaf!.title, () => rsaKey(leaf!.certificate.publicKey), [certificateFact(leaf!.certificate, 1)])
  const anchor: PathLink = {
    certificate: stored,
    title: `the stored CA certificate (${stored.subject.shortText})`,
    position: null,
    isAnchor: true
  }
  const search = new PathSearch(anchor, others)
  let refused: TlsFailure | null = null
  for (const path of search.pathsFrom(leaf!)) {
    const reason = checkPath(path, policy, clockMs)
    if (reason === null) return { key, remarks: remarksOn(path), checkedKeyBits: search.checkedKeyBits }
    refused ??= reason
  }
  throw (
    refused ?? unreadable[0] ?? (chainDer.length > MAX_CHAIN_CERTIFICATES ? tooMany(chainDer.length) : search.reason)
  )
}

function tooMany(certificates: number): TlsFailure {
  const sentence = `the chain has ${certificates} certificates, of which the first ${MAX_CHAIN_CERTIFICATES} do not lead to the stored CA certificate`
  return refusal('unknown_ca', sentence, {
    expected: `a path within ${MAX_CHAIN_CERTIFICATES} certificates`,
    got: `${certificates} certificates`,
    rule: 'G-3.3-9',
    finding: 'chain-not-trusted'
  })
}

/**
 * Returns the server's RSA key without any check (authentication mode 0), even when the rest of the certificate is
 * malformed.
 */
export function serverKeyUnchecked(chainDer: readonly Uint8Array[]): KeyObject {
  return asRefusal(`certificate 1 of ${chainDer.length}`, () => rsaKey(readSubjectPublicKey(chainDer[0]!)))
}

function receivedLink(certificate: Certificate, title: string, position: number): PathLink {
  return { certificate, title: `${title} (${certificate.subject.shortText})`, position, isAnchor: false }
}

function checkSize(der: Uint8Array, title: string, position: number, maxBytes: number): void {
  if (der.length <= maxBytes) return
  throw refusal(
    'unsupported_certificate',
    `${title} is ${counted(der.length, 'byte')} long; the module can authenticate ${maxBytes} at most`,
    {
      expected: `at most ${maxBytes} bytes`,
      got: `${der.length} bytes`,
      rule: 'G-2.2-5',
      finding: 'certificate-too-large',
      facts: [{ kind: 'size', label: title, gotBytes: der.length, limitBytes: maxBytes }, ...factOfDer(der, position)]
    }
  )
}

/** Returns the fact about a certificate, if it can be read. */
function factOfDer(der: Uint8Array, position: number): FailureFact[] {
  try {
    return [certificateFact(readCertificate(der), position)]
  } catch {
    return []
  }
}

function asRefusal<T>(title: string, step: () => T, facts: readonly FailureFact[] = []): T {
  try {
    return step()
  } catch (error) {
    if (error instanceof X509Fault) throw refusalOfFault(error, title, facts)
    throw error
  }
}
