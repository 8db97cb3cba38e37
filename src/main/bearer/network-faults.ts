import type { TcpConnection, TcpEvents } from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import type { NetworkFaultId } from '../../shared/lab/faults.ts'
import type { RadioAccess } from './radio-access.ts'

/** A fault of the network that was armed for a connection which is to open now. */
export interface FaultOnTheWay {
  readonly id: NetworkFaultId
  readonly parameter: number | null
  /** Puts it on the timeline; answers its event. */
  strike(cause: number | null): number
}

/** A connection whose first packet is lost, because the network goes away under it: nothing ever comes of it. */
export class LostConnection implements TcpConnection {
  constructor(network: RadioAccess, clock: Clock, fault: FaultOnTheWay, events: TcpEvents) {
    // Not before the caller has its connection.
    clock.schedule(0, () => {
      const report = (cause: number | null): number => {
        const seq = fault.strike(cause)
        behaviours[fault.id](network, clock, fault.parameter, seq)
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

/** What each fault of the network does, when the first packet of a connection is on its way. */
const behaviours: Readonly<
  Record<NetworkFaultId, (network: RadioAccess, clock: Clock, parameter: number | null, cause: number) => void>
> = {
  /** Coverage is back after so many seconds of module time; 0: when somebody brings it back. */
  'network-loss': (network, clock, seconds, cause) => {
    network.loseCoverage(cause)
    if (seconds) clock.schedule(seconds * 1000, () => network.restoreCoverage(cause))
  },
  'context-dropped': (network, _clock, _parameter, cause) => network.dropContext(CONTEXT, cause)
}

/** All connections use it (G-2.1-2). */
const CONTEXT = 1
