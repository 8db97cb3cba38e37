import type { CmeErrorName, SeenByHost } from '../rules/errors.ts'
import { misbehaviourSeen, tlsMisbehaviours, type MisfitIdentity, type TlsMisbehaviour } from '../tls/misbehaviours.ts'

/**
 * What the lab's far ends can show and how things can be made to go wrong there and on the way: the one table that the far ends,
 * the window and the tests read.
 */
export const labFarEndIds = ['tls', 'https', 'ftps'] as const
export type LabFarEndId = (typeof labFarEndIds)[number]

/** The address that the guide's examples dial; it leads to the TLS echo (D-30). */
export const guideEchoAddress = { host: '123.124.125.126', port: 443 }
/** The name of the lab's web server (D-30). */
export const webAddress = { host: 'www.example.lab', port: 443 }

export interface LabFarEnd {
  readonly id: LabFarEndId
  readonly title: string
  readonly about: string
  /** An address of its own that leads there; null: it is dialled where it really is. */
  readonly alias: { readonly host: string; readonly port: number } | null
}

export const labFarEnds: readonly LabFarEnd[] = [
  { id: 'tls', title: 'TLS echo', about: 'sends back what it gets', alias: guideEchoAddress },
  { id: 'https', title: 'Web server', about: 'HTTPS: answers GET / and /large, then closes', alias: webAddress },
  { id: 'ftps', title: 'FTPS', about: 'FTP with TLS (AUTH TLS); any user and password', alias: null }
]

export function labFarEnd(id: LabFarEndId): LabFarEnd {
  return labFarEnds.find((one) => one.id === id)!
}

export const labCertificateIds = ['good', 'expired', 'not-yet-valid', 'self-signed', 'wrong-ca', 'over-2047', 'chain-of-four', 'sha256', 'rsa-4096'] as const
export type LabCertificateId = (typeof labCertificateIds)[number]

/** A certificate that a far end can show. */
export interface LabCertificate {
  readonly id: LabCertificateId
  readonly words: string
  /** What one learns from it. */
  readonly teaches: string
  /** Error of a dial in auth mode 1 with the lab's CA stored and the clock right; null: it connects. Auth mode 0 takes all of them. */
  readonly verifiedError: CmeErrorName | null
}

export const labCertificates: readonly LabCertificate[] = [
  { id: 'good', words: 'good', teaches: 'Issued by the lab’s CA and signed with SHA-1, as in the guide’s time.', verifiedError: null },
  { id: 'expired', words: 'expired', teaches: 'Ended a year ago. The module’s clock judges it: set the clock back, and it is good.', verifiedError: 'sslHandshake' },
  { id: 'not-yet-valid', words: 'not yet valid', teaches: 'Begins in a year. A module whose clock was never set finds every certificate like this.', verifiedError: 'sslHandshake' },
  { id: 'self-signed', words: 'self-signed', teaches: 'Vouches for itself. Only a module that has this very certificate as its CA takes it.', verifiedError: 'sslHandshake' },
  { id: 'wrong-ca', words: 'wrong CA', teaches: 'Issued by an authority the module does not have: the CA in slot 1 is another.', verifiedError: 'sslHandshake' },
  { id: 'over-2047', words: 'over 2047 bytes', teaches: 'Good, but larger than the modules can authenticate, and than a slot could hold (G-2.2-5).', verifiedError: 'sslHandshake' },
  { id: 'chain-of-four', words: 'chain of four', teaches: 'Server, two intermediates, root. The module needs the root alone; the server sends the rest.', verifiedError: null },
  { id: 'sha256', words: 'SHA-256', teaches: 'Signed with SHA-256, as any certificate since 2016. With the profile switch sha256Chains=refused the product refuses it.', verifiedError: null },
  { id: 'rsa-4096', words: '4096 bit', teaches: 'A key of 4096 bits. On software 10 and 16 the processor needs 12 s for it. That is longer than the default timeout of a dial: 839, unless #CPUMODE is 2 or 4. Software 12 and 13 accept it.', verifiedError: null }
]

/** What a fault shows or needs, beyond the certificates that can be chosen. */
export type LabIdentityKind = LabCertificateId | MisfitIdentity

export type LabFaultGroup = 'Network' | 'Connection' | 'Handshake' | 'Records' | 'Certificate' | 'FTP'
export const labFaultGroups: readonly LabFaultGroup[] = ['Network', 'Connection', 'Handshake', 'Records', 'Certificate', 'FTP']

export interface LabFault {
  readonly id: string
  /** Short, for lists and badges. */
  readonly words: string
  /** What happens, a sentence without its subject. */
  readonly does: string
  /** What the host sees of it; how an error reads is for +CMEE to say. */
  readonly seen: SeenByHost
  /** Where it strikes. `network`: any connection of the module, wherever it leads. */
  readonly where: 'network' | 'tcp' | 'tls' | 'ftp'
  readonly group: LabFaultGroup
  /** Among those that people look for first. */
  readonly common: boolean
  /** A figure that it takes; null: none. */
  readonly parameter: LabFaultParameter | null
  /** Where it is a misbehaviour of the TLS server. */
  readonly misbehaviour: TlsMisbehaviour | null
}

export interface LabFaultParameter {
  readonly words: string
  readonly unit: 'bytes' | 'ms' | 's'
  readonly least: number
  readonly most: number
  readonly usual: number
}

/** Short words for each misbehaviour of the TLS server, and where it stands in the list. */
const named: Readonly<Record<string, readonly [LabFaultGroup, string, 'common'?]>> = {
  'silent-from-start': ['Connection', 'Silence from the start', 'common'],
  'silent-in-handshake': ['Connection', 'Silence in the handshake'],
  'silent-before-finished': ['Connection', 'Silence before Finished'],
  'silent-in-transfer': ['Connection', 'Silence once connected'],
  'closes-at-start': ['Connection', 'Close at the start'],
  'closes-in-handshake': ['Connection', 'Early close', 'common'],
  'closes-in-transfer': ['Connection', 'Close once connected'],
  'slow-drip': ['Connection', 'Slow', 'common'],
  'closes-politely-in-handshake': ['Handshake', 'close_notify in the handshake'],
  refuses: ['Handshake', 'Alert: handshake_failure', 'common'],
  'access-denied': ['Handshake', 'Alert: access_denied'],
  warning: ['Handshake', 'Warning: unrecognized_name'],
  'wrong-finished': ['Handshake', 'Wrong Finished', 'common'],
  'hello-request-in-handshake': ['Handshake', 'HelloRequest in the handshake'],
  renegotiation: ['Handshake', 'Renegotiation asked for'],
  'data-in-handshake': ['Handshake', 'Data before Certificate'],
  'early-change-cipher-spec': ['Handshake', 'ChangeCipherSpec too early'],
  'unoffered-suite': ['Handshake', 'Suite not offered'],
  compression: ['Handshake', 'Compression not offered'],
  'ssl-3.0': ['Handshake', 'Answers in SSL 3.0'],
  'tls-1.1': ['Handshake', 'Answers in TLS 1.1'],
  'tls-1.2': ['Handshake', 'Answers in TLS 1.2'],
  'truncated-server-hello': ['Handshake', 'ServerHello cut short'],
  'truncated-certificate': ['Handshake', 'Certificate cut short'],
  'bad-mac-in-handshake': ['Records', 'Corrupt record: its Finished'],
  'bad-mac-in-transfer': ['Records', 'Corrupt record: its data', 'common'],
  'bad-padding-in-handshake': ['Records', 'Wrong padding: its Finished'],
  'bad-padding-in-transfer': ['Records', 'Wrong padding: its data'],
  'oversized-in-handshake': ['Records', 'Record too large, in the handshake'],
  'oversized-in-transfer': ['Records', 'Record too large, once connected'],
  'fatal-in-transfer': ['Records', 'Alert: internal_error'],
  'small-records': ['Records', 'Records of 20 bytes'],
  'empty-record': ['Records', 'Empty record'],
  'no-certificate': ['Certificate', 'No certificate'],
  'expired-certificate': ['Certificate', 'Expired certificate'],
  'future-certificate': ['Certificate', 'Certificate not yet valid'],
  'other-authority': ['Certificate', 'Certificate of another CA'],
  'self-signed': ['Certificate', 'Self-signed certificate'],
  'key-of-another': ['Certificate', 'Key of another certificate'],
  'ec-certificate': ['Certificate', 'Certificate with an EC key'],
  'sha256-chain': ['Certificate', 'Chain signed with SHA-256']
}

const own = (fault: Omit<LabFault, 'misbehaviour' | 'parameter' | 'common'> & Partial<LabFault>): LabFault => ({ common: false, parameter: null, misbehaviour: null, ...fault })

/** Error 832 or 606 at the command, or the end of an open session. */
const onTheWay: readonly LabFault[] = [
  own({
    id: 'network-loss', words: 'Network loss', where: 'network', group: 'Network', common: true,
    does: 'takes the module out of reach when its next connection opens', seen: { error: 'sslSocket', more: '; registration is lost' },
    parameter: { words: 'back after', unit: 's', least: 0, most: 3600, usual: 10 }
  }),
  own({
    id: 'context-dropped', words: 'Context dropped', where: 'network', group: 'Network', common: true,
    does: 'deactivates the PDP context when the next connection opens', seen: { error: 'sslSocket', more: '; #SGACT is 0' }
  }),
  own({
    id: 'reset', words: 'Connection reset', where: 'tcp', group: 'Connection', common: true,
    does: 'resets TCP once the module has sent so much', seen: { error: 'sslHandshake', more: '; once connected: NO CARRIER' },
    parameter: { words: 'after', unit: 'bytes', least: 1, most: 1_000_000, usual: 1 }
  })
]

const ofFtp: readonly LabFault[] = [
  own({ id: 'ftp-refuse-tls', words: 'AUTH TLS refused', where: 'ftp', group: 'FTP', does: 'refuses AUTH TLS with 534', seen: { error: 'ftpBadResponse', more: ' at #FTPOPEN' } }),
  own({ id: 'ftp-refuse-login', words: 'Login refused', where: 'ftp', group: 'FTP', does: 'refuses every password with 530', seen: { error: 'ftpBadResponse', more: ' at #FTPOPEN' } }),
  own({ id: 'ftp-refuse-data', words: 'No data connection', where: 'ftp', group: 'FTP', does: 'answers 425 to every transfer', seen: { error: null, more: 'NO CARRIER; #FTPMSG tells 425' } }),
  own({
    id: 'ftp-cut', words: 'Transfer cut', where: 'ftp', group: 'FTP', does: 'cuts a file after so many bytes', seen: { error: null, more: 'NO CARRIER; #FTPMSG tells 426' },
    parameter: { words: 'after', unit: 'bytes', least: 0, most: 1_000_000, usual: 20 }
  }),
  own({
    id: 'ftp-demand-reuse', words: 'Session reuse demanded', where: 'ftp', group: 'FTP',
    does: 'wants data connections to take up the TLS session of the control connection', seen: { error: null, more: 'NO CARRIER; #FTPMSG tells 522 (G-5-4)' }
  })
]

const ofTls: readonly LabFault[] = tlsMisbehaviours.map((misbehaviour): LabFault => {
  const [group, words, common] = named[misbehaviour.name]!
  const { fault } = misbehaviour
  return {
    id: misbehaviour.name, words, group, common: common !== undefined, misbehaviour,
    does: fault.kind === 'drip' ? 'sends a byte at a time' : misbehaviour.sentence,
    seen: seenOf(misbehaviour),
    where: group === 'Connection' ? 'tcp' : 'tls',
    parameter: fault.kind === 'drip' ? { words: 'a byte every', unit: 'ms', least: 1, most: 10_000, usual: fault.intervalMs } : null
  }
})

function seenOf({ answer, fault }: TlsMisbehaviour): SeenByHost {
  if (answer.kind === 'goes on') return { error: null, more: 'nothing: it goes on' }
  if (answer.kind !== 'waits') return misbehaviourSeen(answer)
  return 'at' in fault && fault.at === 'application data' ? { error: null, more: 'no answer' } : { error: 'sslHandshake', more: ', when the wait is over' }
}

/** Every fault that can be armed, by group, those that people look for first at the head of each. */
export const labFaults: readonly LabFault[] = labFaultGroups.flatMap((group) =>
  [...onTheWay, ...ofTls, ...ofFtp].filter((one) => one.group === group).toSorted((a, b) => Number(b.common) - Number(a.common))
)

export function labFaultById(id: string): LabFault | undefined {
  return labFaults.find((one) => one.id === id)
}

/** Whether a fault can strike at that far end; null: wherever it can. */
export function strikesAt(fault: LabFault, farEnd: LabFarEndId | null): boolean {
  if (fault.where === 'network') return farEnd === null
  return farEnd === null || fault.where !== 'ftp' || farEnd === 'ftps'
}
