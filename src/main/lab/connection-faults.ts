import type { TcpFaultId } from '../../shared/lab/faults.ts'
import type { LabSocket } from './net.ts'
import type { VisitFault } from './visit.ts'

/** Gets the bytes that arrive. Returns true once the fault has struck and the bytes must be ignored. */
export type Interruption = (bytes: Uint8Array) => boolean

/** Returns what a fault at TCP level does to a connection, below TLS. */
export function interruptionOf(socket: LabSocket, fault: VisitFault | null): Interruption {
  const behaviour = fault && Object.hasOwn(behaviours, fault.fault.id) ? behaviours[fault.fault.id as TcpFaultId] : null
  return behaviour && fault ? behaviour(socket, fault) : () => false
}

const behaviours: Readonly<Record<TcpFaultId, (socket: LabSocket, fault: VisitFault) => Interruption>> = {
  reset: (socket, fault) => {
    let leftBytes = fault.parameter ?? 1
    return (bytes) => {
      if (leftBytes <= 0) return true
      leftBytes -= bytes.length
      if (leftBytes > 0) return false
      fault.strike()
      if (socket.resetAndDestroy) socket.resetAndDestroy()
      else socket.destroy()
      return true
    }
  }
}
