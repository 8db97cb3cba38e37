import type { KeyObject } from 'node:crypto'
import type { FailureFact } from '../../shared/failure-facts.ts'
import type { TlsFailure } from '../../shared/tls/failure.ts'
import { certificateFact } from './certificate-fact.ts'
import { rsaKey } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { refusal, refusalOfFault } from './refusal.ts'
import { signatureVerifies } from './signature.ts'

/** A certificate in a path, with its name for sentences. */
export interface PathLink {
  readonly certificate: Certificate
  readonly title: string
  /** Place in what the far end sent, from 1; null: it is the stored one. */
  readonly position: number | null
  readonly isAnchor: boolean
}

/** From the server's own certificate to the anchor, which is the last. */
export type CertificatePath = readonly PathLink[]

/** Signature checks in one search: cross-signed chains branch, and a hostile one would branch without end. */
const MAX_SIGNATURE_CHECKS = 64

/**
 * Finds the paths that names and signatures allow (RFC 2459 6, D-26), the shortest way to the anchor first. Whether a path
 * is also good enough is for the policy to say.
 */
export class PathSearch {
  private readonly anchor: PathLink
  private readonly others: readonly PathLink[]
  private signatureChecks = 0
  /** Why the search got no further, from where it got furthest. */
  private deepest: { readonly depth: number; readonly failure: TlsFailure } | null = null

  constructor(anchor: PathLink, others: readonly PathLink[]) {
    this.anchor = anchor
    // Where the chain holds the anchor itself, as most do, the stored one is used in its place.
    this.others = others.filter((other) => !sameCertificate(other, anchor))
  }

  /** Why no path was found. */
  get reason(): TlsFailure {
    return this.deepest?.failure ?? refusal('unknown_ca', 'no path of signatures leads to the stored CA certificate', {
      rule: 'G-3.3-9', finding: 'chain-not-trusted', facts: factsOf(this.anchor)
    })
  }

  *pathsFrom(leaf: PathLink): Generator<CertificatePath> {
    if (sameCertificate(leaf, this.anchor)) yield [this.anchor]
    else yield* this.extend([leaf])
  }

  private *extend(path: CertificatePath): Generator<CertificatePath> {
    const last = path.at(-1)!
    const unused = [this.anchor, ...this.others].filter((link) => !path.some((used) => sameCertificate(used, link)))
    const namedIssuers = unused.filter((link) => isNamedIssuer(link, last))
    if (namedIssuers.length === 0) this.note(path.length, this.noIssuer(last))
    for (const issuer of namedIssuers) {
      if (!this.signed(last, issuer, path.length)) continue
      if (issuer.isAnchor) yield [...path, issuer]
      else yield* this.extend([...path, issuer])
    }
  }

  private signed(link: PathLink, issuer: PathLink, depth: number): boolean {
    if (++this.signatureChecks > MAX_SIGNATURE_CHECKS) {
      const sentence = `the chain is so entangled that ${MAX_SIGNATURE_CHECKS} signature checks found no path`
      this.note(depth, refusal('bad_certificate', sentence, { rule: 'G-3.3-9', finding: 'certificate-unusable' }))
      return false
    }
    const reason = signatureRefusal(link, issuer)
    if (reason) this.note(depth, reason)
    return reason === null
  }

  private noIssuer(link: PathLink): TlsFailure {
    const { issuer, subject } = link.certificate
    const anchor = this.anchor.title
    const sentence = issuer.canonical === subject.canonical
      ? `the chain ends at ${link.title}, which signed itself and is not ${anchor}`
      : `${link.title} was issued by ${issuer.shortText}, which is neither ${anchor} nor was sent along`
    return refusal('unknown_ca', sentence, {
      expected: `an issuer that leads to ${this.anchor.certificate.subject.text}`, got: `issuer ${issuer.text}`, rule: 'G-3.3-9',
      finding: issuer.canonical === subject.canonical ? 'certificate-self-signed' : 'chain-not-trusted', facts: factsOf(link, this.anchor)
    })
  }

  private note(depth: number, failure: TlsFailure): void {
    if (this.deepest === null || depth > this.deepest.depth) this.deepest = { depth, failure }
  }
}

function isNamedIssuer(link: PathLink, of: PathLink): boolean {
  return link.certificate.subject.canonical === of.certificate.issuer.canonical
}

function sameCertificate(one: PathLink, other: PathLink): boolean {
  return one.certificate.der.equals(other.certificate.der)
}

function signatureRefusal(link: PathLink, issuer: PathLink): TlsFailure | null {
  let key: KeyObject
  try {
    key = rsaKey(issuer.certificate.publicKey)
  } catch (error) {
    return refusalOfFault(error, issuer.title, factsOf(issuer))
  }
  try {
    if (signatureVerifies(link.certificate, key)) return null
  } catch (error) {
    return refusalOfFault(error, link.title, factsOf(link))
  }
  return refusal('bad_certificate', `the signature of ${link.title} does not verify with the key of ${issuer.title}`, {
    expected: `a signature by the key of ${issuer.certificate.subject.text}`,
    got: 'a signature by another key, or a changed certificate',
    rule: 'G-3.3-9', finding: 'signature-wrong', facts: factsOf(link, issuer)
  })
}

export function factsOf(...links: readonly PathLink[]): FailureFact[] {
  return links.map(({ certificate, position }) => certificateFact(certificate, position))
}
