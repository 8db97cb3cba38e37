import type { PlainFaultId } from '../../../shared/lab/faults-at-servers.ts'
import type { LabSocket } from '../net.ts'
import type { VisitFault } from '../visit.ts'

/** What a fault does to a connection of a plain server. */
export interface PlainInterruption {
  /** Called once the connection is open. Returns true when the server must not talk on it. */
  started(): boolean
  /** Gets the bytes that arrive. Returns true when the server must not get them. */
  received(bytes: Uint8Array): boolean
}

/** Returns what a fault does to a connection without TLS; `null`: nothing before its bytes are written. */
export function plainInterruption(socket: LabSocket, fault: VisitFault | null): PlainInterruption | null {
  return fault && Object.hasOwn(behaviours, fault.fault.id)
    ? behaviours[fault.fault.id as PlainFaultId](socket, fault)
    : null
}

const behaviours: Readonly<Record<PlainFaultId, (socket: LabSocket, fault: VisitFault) => PlainInterruption>> = {
  reset: (socket, fault) => {
    let leftBytes = fault.parameter ?? 1
    return {
      started: () => false,
      received: (bytes) => {
        if (leftBytes <= 0) return true
        leftBytes -= bytes.length
        if (leftBytes > 0) return false
        fault.strike()
        if (socket.resetAndDestroy) socket.resetAndDestroy()
        else socket.destroy()
        return true
      }
    }
  },
  'silent-from-start': (_socket, fault) => ({ started: () => struck(fault), received: () => true }),
  'closes-at-start': (socket, fault) => ({
    started: () => {
      struck(fault)
      socket.end()
      return true
    },
    received: () => true
  }),
  'closes-in-transfer': (socket, fault) => ({
    started: () => false,
    received: () => {
      struck(fault)
      socket.end()
      return true
    }
  }),
  // The outlet sends slowly.
  'slow-drip': (_socket, fault) => ({
    started: () => {
      fault.strike()
      return false
    },
    received: () => false
  })
}

function struck(fault: VisitFault): true {
  fault.strike()
  return true
}
