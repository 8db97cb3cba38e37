/** @module The lab as data: its servers, certificates and faults. */

import type { CmeErrorName } from '../rules/errors.ts'
import type { MisfitIdentity } from '../tls/misbehaviour.ts'
import { isPlainServer, plainServer, plainServers, type PlainServerId } from './plain.ts'

/** The lab servers with TLS. */
export const labFarEndIds = ['tls', 'https', 'ftps'] as const
export type LabFarEndId = (typeof labFarEndIds)[number]
/** Any lab server, with TLS or without. */
export type LabServerId = LabFarEndId | PlainServerId

/** The address in the guide's examples. It leads to the TLS echo server (D-30). */
export const guideEchoAddress = { host: '123.124.125.126', port: 443 }
/** The name of the lab's web server (D-30). */
export const webAddress = { host: 'www.example.lab', port: 443 }

export interface LabFarEnd {
  readonly id: LabFarEndId
  readonly title: string
  readonly about: string
  /** An address that leads to it; `null` when it is dialled at its real address. */
  readonly alias: { readonly host: string; readonly port: number } | null
}

export const labFarEnds: readonly LabFarEnd[] = [
  { id: 'tls', title: 'TLS echo', about: 'returns all data that it receives', alias: guideEchoAddress },
  { id: 'https', title: 'Web server', about: 'HTTPS: answers GET / and /large, then closes', alias: webAddress },
  { id: 'ftps', title: 'FTPS', about: 'FTP with TLS (AUTH TLS); any user and password', alias: null }
]

/** The names and addresses of the lab. */
export function labHosts(): ReadonlySet<string> {
  return new Set([guideEchoAddress.host, webAddress.host, ...plainServers.map(({ host }) => host)])
}

export function labFarEnd(id: LabFarEndId): LabFarEnd {
  return labFarEnds.find((one) => one.id === id)!
}

export function labServerTitle(id: LabServerId): string {
  return isPlainServer(id) ? plainServer(id).title : labFarEnd(id).title
}

export const labCertificateIds = [
  'good',
  'expired',
  'not-yet-valid',
  'self-signed',
  'wrong-ca',
  'over-2047',
  'chain-of-four',
  'sha256',
  'rsa-4096'
] as const
export type LabCertificateId = (typeof labCertificateIds)[number]

/** A certificate that a lab server can send. */
export interface LabCertificate {
  readonly id: LabCertificateId
  readonly words: string
  /** What it teaches. */
  readonly teaches: string
  /**
   * The error of a dial in authentication mode 1 with the lab's CA stored and the clock right; `null` when it connects.
   * Authentication mode 0 accepts all of them.
   */
  readonly verifiedError: CmeErrorName | null
}

export const labCertificates: readonly LabCertificate[] = [
  {
    id: 'good',
    words: 'good',
    teaches: 'Issued by the lab’s CA and signed with SHA-1, as was usual at the time of the guide.',
    verifiedError: null
  },
  {
    id: 'expired',
    words: 'expired',
    teaches: 'Expired a year ago. The module compares it with its own clock: set the clock back, and it is valid.',
    verifiedError: 'sslHandshake'
  },
  {
    id: 'not-yet-valid',
    words: 'not yet valid',
    teaches: 'Becomes valid in a year. To a module whose clock was never set, every certificate looks like this.',
    verifiedError: 'sslHandshake'
  },
  {
    id: 'self-signed',
    words: 'self-signed',
    teaches: 'Signed with its own key. Only a module that has this certificate as its CA accepts it.',
    verifiedError: 'sslHandshake'
  },
  {
    id: 'wrong-ca',
    words: 'wrong CA',
    teaches: 'Issued by a CA that the module does not have: the certificate in slot 1 is of another CA.',
    verifiedError: 'sslHandshake'
  },
  {
    id: 'over-2047',
    words: 'over 2047 bytes',
    teaches: 'Valid, but larger than the modules can authenticate, and than a slot can hold (G-2.2-5).',
    verifiedError: 'sslHandshake'
  },
  {
    id: 'chain-of-four',
    words: 'chain of four',
    teaches: 'Server, two intermediates, root. The module needs only the root; the server sends the rest.',
    verifiedError: null
  },
  {
    id: 'sha256',
    words: 'SHA-256',
    teaches:
      'Signed with SHA-256, like any certificate since 2016. With the profile switch sha256Chains=refused, the product refuses it.',
    verifiedError: null
  },
  {
    id: 'rsa-4096',
    words: '4096 bit',
    teaches:
      'A key of 4096 bits. On software 10 and 16 the processor needs 12 s for it. That is longer than the default timeout of a dial: 839, unless #CPUMODE is 2 or 4. Software 12 and 13 accept it.',
    verifiedError: null
  }
]

/** Certificates that faults use, in addition to those that can be chosen. */
export type LabIdentityKind = LabCertificateId | MisfitIdentity
