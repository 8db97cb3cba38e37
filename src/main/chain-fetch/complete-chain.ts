import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'

/** A certificate of a chain, and where it comes from. */
export interface ChainLink {
  readonly der: Buffer
  readonly origin: 'sent' | KnownOrigin
}

export type KnownOrigin = 'lab' | 'stored' | 'known roots'

/** Certificates of authorities that are available, with their origin. */
export type KnownAuthorities = readonly { readonly der: Buffer; readonly origin: KnownOrigin }[]

/** A chain up to its root, or as far as it can be followed. */
export interface CompleteChain {
  readonly links: readonly ChainLink[]
  /** Whether the last certificate is self-signed. */
  readonly hasRoot: boolean
}

/**
 * Follows a server's chain up to a root. Certificates that the server did not send are searched in `known`, then in the
 * roots of Node.js. `sent` has the server's own certificate first, the others in any order.
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

/**
 * Returns whether `authority` issued the certificate: by name and key id (`checkIssued`), and by signature where
 * Node.js supports the algorithm.
 */
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

/** Returns the roots of Node.js. There are some 140, so they are read once, on first use. */
function machineRoots(): KnownAuthorities {
  roots ??= rootCertificates.map((pem) => ({
    der: Buffer.from(new X509Certificate(pem).raw),
    origin: 'known roots' as const
  }))
  return roots
}

/** More than any real chain; ends a cycle of cross-signed authorities. */
const MAX_LINKS = 16
