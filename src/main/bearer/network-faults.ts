import type { TcpConnection, TcpEvents } from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import type { NetworkFaultId } from '../../shared/lab/faults.ts'
import type { RadioAccess } from './radio-access.ts'

/** A network fault that is armed for the connection that is about to open. */
export interface FaultOnTheWay {
  readonly id: NetworkFaultId
  readonly parameter: number | null
  /** Reports the fault on the timeline and returns the number of its event. */
  strike(cause: number | null): number
}

/** A connection that never opens, because the network is lost while its first packet is on the way. */
export class LostConnection implements TcpConnection {
  constructor(network: RadioAccess, clock: Clock, fault: FaultOnTheWay, contextId: number, events: TcpEvents) {
    // Deferred: the caller does not have its connection yet.
    clock.schedule(0, () => {
      const report = (cause: number | null): number => {
        const seq = fault.strike(cause)
        behaviours[fault.id]({ network, clock, contextId, parameter: fault.parameter }, seq)
        return seq
      }
      if (events.broken) events.broken(report)
      else report(null)
    })
  }

  write(): boolean {
    return true
  }

  setReading(): void {}

  end(): void {}

  destroy(): void {}
}

/** What each network fault does while the first packet of a connection is on its way. */
const behaviours: Readonly<Record<NetworkFaultId, (place: Struck, cause: number) => void>> = {
  /** Coverage returns after this many seconds of module time; with 0, only when a person restores it. */
  'network-loss': ({ network, clock, parameter: seconds }, cause) => {
    network.loseCoverage(cause)
    if (seconds) clock.schedule(seconds * 1000, () => network.restoreCoverage(cause))
  },
  'context-dropped': ({ network, contextId }, cause) => network.dropContext(contextId, cause)
}

interface Struck {
  readonly network: RadioAccess
  readonly clock: Clock
  /** The PDP context of the connection. */
  readonly contextId: number
  readonly parameter: number | null
}
