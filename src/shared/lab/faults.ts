import type { SeenByHost } from '../rules/errors.ts'
import { misbehaviourSeen, type TlsMisbehaviour } from '../tls/misbehaviour.ts'
import { tlsMisbehaviours, type MisbehaviourName, type NamedMisbehaviour } from '../tls/misbehaviours.ts'

/** Where a fault strikes. `network`: at any connection of the module. `datagram`: at any datagram to the module. */
export type LabFaultPlace = 'network' | 'datagram' | 'tcp' | 'tls' | 'ftp'

export type LabFaultGroup = 'Network' | 'Connection' | 'Handshake' | 'Records' | 'Certificate' | 'FTP'
export const labFaultGroups: readonly LabFaultGroup[] = [
  'Network',
  'Connection',
  'Handshake',
  'Records',
  'Certificate',
  'FTP'
]

export interface LabFault {
  readonly id: LabFaultId
  /** A few words, for lists and badges. */
  readonly words: string
  /** What happens, as a sentence without its subject. */
  readonly does: string
  /** What the host sees. The form of an error depends on +CMEE. */
  readonly seen: SeenByHost
  readonly where: LabFaultPlace
  readonly group: LabFaultGroup
  /** True for the faults that people most often look for. */
  readonly common: boolean
  /** The number that can be set; `null` for none. */
  readonly parameter: LabFaultParameter | null
  /** Set for faults of the TLS server. */
  readonly misbehaviour: NamedMisbehaviour | null
}

export interface LabFaultParameter {
  readonly words: string
  readonly unit: 'bytes' | 'ms' | 's'
  readonly least: number
  readonly most: number
  readonly usual: number
}

/** A few words for each fault of the TLS server, with its group in the list. */
const named: Readonly<Record<MisbehaviourName, readonly [LabFaultGroup, string, 'common'?]>> = {
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

/** A fault outside of the TLS server. */
type OwnFault = Omit<LabFault, 'id' | 'misbehaviour' | 'parameter' | 'common'> & {
  readonly id: string
  readonly common?: true
  readonly parameter?: LabFaultParameter
}

/**
 * Faults with error 832 or 606 at the command, or the end of an open session. Their behaviour is in
 * `main/bearer/network-faults.ts`, by id; a missing one does not compile.
 */
const ofNetwork = [
  {
    id: 'network-loss',
    words: 'Network loss',
    where: 'network',
    group: 'Network',
    common: true,
    does: 'takes away the coverage when the next connection opens',
    seen: { error: 'sslSocket', more: '; registration is lost' },
    parameter: { words: 'back after', unit: 's', least: 0, most: 3600, usual: 10 }
  },
  {
    id: 'context-dropped',
    words: 'Context dropped',
    where: 'network',
    group: 'Network',
    common: true,
    does: 'deactivates the PDP context when the next connection opens',
    seen: { error: 'sslSocket', more: '; #SGACT is 0' }
  }
] as const satisfies readonly OwnFault[]

/** Faults of UDP datagrams on their way to the module. Their behaviour is in `main/bearer/datagram-faults.ts`. */
const ofDatagrams = [
  {
    id: 'datagram-lost',
    words: 'Datagram lost',
    where: 'datagram',
    group: 'Network',
    does: 'loses the next UDP datagram to the module',
    seen: { error: null, more: 'nothing of the datagram' }
  },
  {
    id: 'datagram-doubled',
    words: 'Datagram doubled',
    where: 'datagram',
    group: 'Network',
    does: 'delivers the next UDP datagram to the module twice',
    seen: { error: null, more: 'the same datagram twice' }
  },
  {
    id: 'datagrams-reordered',
    words: 'Datagrams reordered',
    where: 'datagram',
    group: 'Network',
    does: 'delivers the next UDP datagram to the module behind the one after it',
    seen: { error: null, more: 'the later datagram first' },
    parameter: { words: 'waits for it at most', unit: 'ms', least: 1, most: 60_000, usual: 1000 }
  }
] as const satisfies readonly OwnFault[]

/** Their behaviour is in `main/lab/connection-faults.ts`. */
const ofTcp = [
  {
    id: 'reset',
    words: 'Connection reset',
    where: 'tcp',
    group: 'Connection',
    common: true,
    does: 'resets TCP once the module has sent a number of bytes',
    seen: { error: 'sslHandshake', more: '; once connected: NO CARRIER' },
    parameter: { words: 'after', unit: 'bytes', least: 1, most: 1_000_000, usual: 1 }
  }
] as const satisfies readonly OwnFault[]

/** Their behaviour is in `main/lab/ftps-faults.ts`. */
const ofFtp = [
  {
    id: 'ftp-refuse-tls',
    words: 'AUTH TLS refused',
    where: 'ftp',
    group: 'FTP',
    does: 'refuses AUTH TLS with 534',
    seen: { error: 'ftpBadResponse', more: ' at #FTPOPEN' }
  },
  {
    id: 'ftp-refuse-login',
    words: 'Login refused',
    where: 'ftp',
    group: 'FTP',
    does: 'refuses every password with 530',
    seen: { error: 'ftpBadResponse', more: ' at #FTPOPEN' }
  },
  {
    id: 'ftp-refuse-data',
    words: 'No data connection',
    where: 'ftp',
    group: 'FTP',
    does: 'answers 425 to every transfer',
    seen: { error: null, more: 'NO CARRIER; #FTPMSG shows 425' }
  },
  {
    id: 'ftp-cut',
    words: 'Transfer cut',
    where: 'ftp',
    group: 'FTP',
    does: 'ends a transfer after a number of bytes',
    seen: { error: null, more: 'NO CARRIER; #FTPMSG shows 426' },
    parameter: { words: 'after', unit: 'bytes', least: 0, most: 1_000_000, usual: 20 }
  },
  {
    id: 'ftp-demand-reuse',
    words: 'Session reuse demanded',
    where: 'ftp',
    group: 'FTP',
    does: 'requires data connections to resume the TLS session of the control connection',
    seen: { error: null, more: 'NO CARRIER; #FTPMSG shows 522 (G-5-4)' }
  }
] as const satisfies readonly OwnFault[]

export type NetworkFaultId = (typeof ofNetwork)[number]['id']
export type DatagramFaultId = (typeof ofDatagrams)[number]['id']
export type TcpFaultId = (typeof ofTcp)[number]['id']
export type FtpFaultId = (typeof ofFtp)[number]['id']
export type LabFaultId = NetworkFaultId | DatagramFaultId | TcpFaultId | FtpFaultId | MisbehaviourName

const own = [...ofNetwork, ...ofDatagrams, ...ofTcp, ...ofFtp].map((fault): LabFault => ({
  common: false,
  parameter: null,
  misbehaviour: null,
  ...fault
}))

const ofTls = tlsMisbehaviours.map((misbehaviour): LabFault => {
  const [group, words, common] = named[misbehaviour.name]
  const { fault } = misbehaviour
  return {
    id: misbehaviour.name,
    words,
    group,
    common: common !== undefined,
    misbehaviour,
    does: fault.kind === 'drip' ? 'sends a byte at a time' : misbehaviour.sentence,
    seen: seenOf(misbehaviour),
    where: group === 'Connection' ? 'tcp' : 'tls',
    parameter:
      fault.kind === 'drip'
        ? { words: 'a byte every', unit: 'ms', least: 1, most: 10_000, usual: fault.intervalMs }
        : null
  }
})

function seenOf({ answer, fault }: TlsMisbehaviour): SeenByHost {
  if (answer.kind === 'goes on') return { error: null, more: 'nothing: the connection continues' }
  if (answer.kind !== 'waits') return misbehaviourSeen(answer)
  return 'at' in fault && fault.at === 'application data'
    ? { error: null, more: 'no answer' }
    : { error: 'sslHandshake', more: ', when the timeout expires' }
}

/** All faults, by group, the most common first in each. */
export const labFaults: readonly LabFault[] = labFaultGroups.flatMap((group) =>
  [...own, ...ofTls].filter((one) => one.group === group).toSorted((a, b) => Number(b.common) - Number(a.common))
)

export function isNetworkFault(id: LabFaultId): id is NetworkFaultId {
  return ofNetwork.some((one) => one.id === id)
}

export function isDatagramFault(id: LabFaultId): id is DatagramFaultId {
  return ofDatagrams.some((one) => one.id === id)
}

/** Returns whether a fault strikes on the way, at no server. */
export function isOnTheWay(fault: LabFault): fault is LabFault & { readonly where: 'network' | 'datagram' } {
  return fault.where === 'network' || fault.where === 'datagram'
}

export function labFaultById(id: LabFaultId): LabFault {
  return labFaults.find((one) => one.id === id)!
}
