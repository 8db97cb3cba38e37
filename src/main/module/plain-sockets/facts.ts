import type { Endpoint } from '../../../shared/contracts/bearer.ts'
import type { Chart } from '../chart.ts'
import type { SocketSettings } from '../hardware/nvm.ts'
import type { LastClosure } from './state.ts'

/** The state of a plain socket for the commands that ask for it, and for the window. */
export interface SocketFacts {
  readonly connId: number
  readonly chart: Chart<'socket'>
  /** Of the last connection; `null` before any. */
  readonly kind: 'tcp' | 'udp' | null
  readonly direction: 'dialled' | 'accepted' | null
  readonly local: Endpoint | null
  readonly remote: Endpoint | null
  /** The port at which it listens; `null` when it does not. */
  readonly listeningPort: number | null
  readonly listeningKind: 'tcp' | 'udp' | null
  /** The caller that waits for #SA; `null` for none. */
  readonly caller: Endpoint | null
  /** The address of this machine that leads to the listener; `null` for none. */
  readonly forwardedFrom: Endpoint | null
  /** Counted since the last connection was opened. */
  readonly sentBytes: number
  readonly receivedBytes: number
  readonly heldBytes: number
  /** Bytes of online mode that wait for the next packet. */
  readonly waitingBytes: number
  readonly unsentBytes: number
  readonly lastClosure: LastClosure
  readonly owner: number | null
  readonly settings: SocketSettings
  readonly closureType: 0 | 255
}

/** Returns the state digit of #SS (at-reference 13). */
export function statusOf({ chart, heldBytes }: Pick<SocketFacts, 'chart' | 'heldBytes'>): SocketStatus {
  switch (chart.state) {
    case 'closed':
    case 'closing':
      return 0
    case 'open.online':
      return 1
    case 'open.command':
      return heldBytes > 0 ? 3 : 2
    case 'open.draining':
      return 3
    case 'listening':
      return 4
    case 'incoming':
      return 5
    case 'opening':
      return 6
  }
}

export type SocketStatus = 0 | 1 | 2 | 3 | 4 | 5 | 6
