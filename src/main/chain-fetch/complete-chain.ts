import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'

/** A certificate of a chain, and where it is from. */
export interface ChainLink {
  readonly der: Buffer
  readonly origin: 'sent' | KnownOrigin
}

export type KnownOrigin = 'lab' | 'stored' | 'known roots'

/** Certificates of authorities that are at hand, by where they are from. */
export type KnownAuthorities = readonly { readonly der: Buffer; readonly origin: KnownOrigin }[]

/** Up to its root, or as far as it can be followed. */
export interface CompleteChain {
  readonly links: readonly ChainLink[]
  /** Whether the last one signed itself. */
  readonly hasRoot: boolean
}

/**
 * Follows what a server sent up to a root: what it did not send is looked for among the authorities at hand, `known` first, then the
 * roots that this machine's Node.js brings. `sent` has the server's own certificate first, the others in any order.
 */
export function completeChain(sent: readonly Buffer[], known: KnownAuthorities): CompleteChain {
  const links: ChainLink[] = [{ der: sent[0]!, origin: 'sent' }]
  let last = new X509Certificate(sent[0]!)
  while (!isRoot(last) && links.length < MAX_LINKS) {
    const next =
      issuerAmong(
        last,
        sent.map((der) => ({ der, origin: 'sent' as const }))
      ) ??
      issuerAmong(last, known) ??
      issuerAmong(last, machineRoots())
    if (!next || links.some(({ der }) => der.equals(next.der))) break
    links.push(next)
    last = new X509Certificate(next.der)
  }
  return { links, hasRoot: isRoot(last) }
}

function issuerAmong(of: X509Certificate, authorities: readonly ChainLink[]): ChainLink | null {
  return authorities.find(({ der }) => !der.equals(of.raw) && issued(new X509Certificate(der), of)) ?? null
}

/** By name and key id (`checkIssued`), and by the signature where this machine's library still checks its algorithm. */
function issued(authority: X509Certificate, of: X509Certificate): boolean {
  if (!of.checkIssued(authority)) return false
  try {
    return of.verify(authority.publicKey)
  } catch {
    return true
  }
}

function isRoot(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer
}

let roots: KnownAuthorities | null = null

/** Some 140 of them: read once, and only when somebody asks. */
function machineRoots(): KnownAuthorities {
  roots ??= rootCertificates.map((pem) => ({
    der: Buffer.from(new X509Certificate(pem).raw),
    origin: 'known roots' as const
  }))
  return roots
}

/** More than a chain has; ends a circle of cross-signed authorities. */
const MAX_LINKS = 16
