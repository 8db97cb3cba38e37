import { isOnTheWay, type LabFault, type LabFaultId, type TcpFaultId } from './faults.ts'
import type { LabServerId } from './lab.ts'
import { isPlainServer, plainServer } from './plain.ts'

/** Returns whether a fault can strike at a server; with `null`, wherever it can. */
export function strikesAt(fault: LabFault, farEnd: LabServerId | null): boolean {
  if (isOnTheWay(fault)) return farEnd === null
  if (farEnd !== null && isPlainServer(farEnd))
    return isPlainFault(fault.id) && plainServer(farEnd).protocols.includes('tcp')
  return farEnd === null || fault.where !== 'ftp' || farEnd === 'ftps'
}

/**
 * The faults that strike at a TCP connection to a plain server, as sentences without their subject. The behaviour is in
 * `main/lab/plain/faults.ts`.
 */
export const plainFaults = {
  reset: 'resets TCP once the module has sent a number of bytes',
  'silent-from-start': 'accepts the TCP connection and never sends anything',
  'closes-at-start': 'closes TCP as soon as it is open',
  'closes-in-transfer': 'closes TCP when the first data arrives',
  'slow-drip': 'sends a byte at a time'
} as const satisfies Partial<Readonly<Record<LabFaultId, string>>> & Readonly<Record<TcpFaultId, string>>
export type PlainFaultId = keyof typeof plainFaults

export function isPlainFault(id: LabFaultId): id is PlainFaultId {
  return Object.hasOwn(plainFaults, id)
}

/** Returns what a fault does at a server, or on the way. */
export function doesAt(fault: LabFault, server: string | null): string {
  return server !== null && isPlainServer(server) && isPlainFault(fault.id) ? plainFaults[fault.id] : fault.does
}
