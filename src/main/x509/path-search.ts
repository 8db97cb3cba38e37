import type { KeyObject } from 'node:crypto'
import { counted } from '../../shared/english/counted.ts'
import type { FailureFact } from '../../shared/rules/failure-facts.ts'
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
  /** Position in what the server sent, from 1; `null` for the stored certificate. */
  readonly position: number | null
  readonly isAnchor: boolean
}

/** From the server's own certificate to the anchor, which is last. */
export type CertificatePath = readonly PathLink[]

/** Limit on signature checks in one search. Cross-signed chains branch, and hostile ones without end. */
const MAX_SIGNATURE_CHECKS = 64

/**
 * Finds the paths that names and signatures allow (RFC 2459 6, D-26), the shortest first. Whether a path is acceptable
 * is decided by the policy.
 */
export class PathSearch {
  private readonly anchor: PathLink
  private readonly others: readonly PathLink[]
  /** Key size in bits of each signature check, in order: the cost of the search. */
  readonly checkedKeyBits: number[] = []
  /** Whether the limit was reached, so that the last failure is not the reason. */
  private exhausted = false
  /** Why the search failed at the place where it got furthest. */
  private deepest: { readonly depth: number; readonly failure: TlsFailure } | null = null

  constructor(anchor: PathLink, others: readonly PathLink[]) {
    this.anchor = anchor
    // If the chain contains the anchor, as most do, the stored certificate is used in its place.
    this.others = others.filter((other) => !sameCertificate(other, anchor))
  }

  /** Why no path was found. */
  get reason(): TlsFailure {
    if (this.exhausted) {
      return refusal(
        'unknown_ca',
        `the chain is so entangled that ${counted(MAX_SIGNATURE_CHECKS, 'signature check')} found no path to ${this.anchor.title}`,
        {
          rule: 'G-3.3-9',
          finding: 'chain-not-trusted',
          facts: factsOf(this.anchor)
        }
      )
    }
    return (
      this.deepest?.failure ??
      refusal('unknown_ca', 'no path of signatures leads to the stored CA certificate', {
        rule: 'G-3.3-9',
        finding: 'chain-not-trusted',
        facts: factsOf(this.anchor)
      })
    )
  }

  *pathsFrom(leaf: PathLink): Generator<CertificatePath> {
    if (sameCertificate(leaf, this.anchor)) yield [this.anchor]
    else yield* this.extend([leaf])
  }

  private *extend(path: CertificatePath): Generator<CertificatePath> {
    const last = path.at(-1)!
    const unused = [this.anchor, ...this.others].filter((link) => !path.some((used) => sameCertificate(used, link)))
    const namedIssuers = unused.filter((link) => isNamedIssuer(link, last))
    if (namedIssuers.length === 0) this.note(path.length, this.noIssuer(path))
    for (const issuer of namedIssuers) {
      if (!this.signed(last, issuer, path.length)) continue
      if (issuer.isAnchor) yield [...path, issuer]
      else yield* this.extend([...path, issuer])
    }
  }

  private signed(link: PathLink, issuer: PathLink, depth: number): boolean {
    if (this.checkedKeyBits.length >= MAX_SIGNATURE_CHECKS) {
      this.exhausted = true
      return false
    }
    const { reason, keyBits } = checkSignature(link, issuer)
    this.checkedKeyBits.push(keyBits)
    if (reason) this.note(depth, reason)
    return reason === null
  }

  /** Returns the failure for a path whose last certificate has no issuer outside the path. */
  private noIssuer(path: CertificatePath): TlsFailure {
    const last = path.at(-1)!
    const { issuer } = last.certificate
    const used = path.find((link) => isNamedIssuer(link, last))
    const anchor = this.anchor.title
    const particulars = {
      expected: `an issuer that leads to ${this.anchor.certificate.subject.text}`,
      got: `issuer ${issuer.text}`,
      rule: 'G-3.3-9',
      facts: factsOf(last, this.anchor)
    }
    if (used === last) {
      const signed = checkSignature(last, last).reason === null ? 'signed itself' : 'names itself as its issuer'
      return refusal('unknown_ca', `the chain ends at ${last.title}, which ${signed} and is not ${anchor}`, {
        ...particulars,
        finding: 'certificate-self-signed'
      })
    }
    if (used) {
      const sentence = `${last.title} was issued by ${used.title}, which it leads to itself: the chain goes in a circle and never reaches ${anchor}`
      return refusal('unknown_ca', sentence, { ...particulars, finding: 'chain-in-circle' })
    }
    const sentence = `${last.title} was issued by ${issuer.shortText}, which is neither ${anchor} nor was sent along`
    return refusal('unknown_ca', sentence, { ...particulars, finding: 'chain-not-trusted' })
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

/** `reason`: why `issuer` has not signed `link`, or `null`. `keyBits`: size of the key that was tried, 0 if none. */
function checkSignature(
  link: PathLink,
  issuer: PathLink
): { readonly reason: TlsFailure | null; readonly keyBits: number } {
  let key: KeyObject
  try {
    key = rsaKey(issuer.certificate.publicKey)
  } catch (error) {
    return { reason: refusalOfFault(error, issuer.title, factsOf(issuer)), keyBits: 0 }
  }
  const keyBits = key.asymmetricKeyDetails?.modulusLength ?? 0
  try {
    if (signatureVerifies(link.certificate, key)) return { reason: null, keyBits }
  } catch (error) {
    return { reason: refusalOfFault(error, link.title, factsOf(link)), keyBits: 0 }
  }
  const reason = refusal(
    'bad_certificate',
    `the signature of ${link.title} does not verify with the key of ${issuer.title}`,
    {
      expected: `a signature by the key of ${issuer.certificate.subject.text}`,
      got: 'a signature by another key, or a changed certificate',
      rule: 'G-3.3-9',
      finding: 'signature-wrong',
      facts: factsOf(link, issuer)
    }
  )
  return { reason, keyBits }
}

export function factsOf(...links: readonly PathLink[]): FailureFact[] {
  return links.map(({ certificate, position }) => certificateFact(certificate, position))
}
