import type { Cancellable } from '../../../shared/contracts/bearer.ts'
import type { TlsEndpoint } from '../../../shared/contracts/tls.ts'
import type { IpConnection } from '../network/ip-connection.ts'
import type { HandshakeLog } from './handshake-log.ts'
import type { HandshakeWatch } from './handshake-watch.ts'

/** The data of a connection in each stage. */
export type Stage =
  | { readonly kind: 'new' }
  | { readonly kind: 'resolving'; readonly lookUp: Cancellable; stopLimit(): void }
  | { readonly kind: 'connecting'; readonly tcp: IpConnection; stopLimit(): void }
  | { readonly kind: 'plain'; readonly tcp: IpConnection }
  | {
      readonly kind: 'handshake'
      readonly tcp: IpConnection
      readonly tls: TlsEndpoint
      readonly log: HandshakeLog
      readonly watch: HandshakeWatch
    }
  | { readonly kind: 'secured'; readonly tcp: IpConnection; readonly tls: TlsEndpoint }
  /** `tcp` is `null` when there was none. */
  | { readonly kind: 'ended'; readonly tcp: IpConnection | null }

/** Ends an open connection, and drops one that is still being opened. */
export function endTcp(stage: Stage): void {
  if (stage.kind === 'connecting') stage.tcp.destroy()
  else if (stage.kind !== 'ended' && 'tcp' in stage) stage.tcp.end()
}

/** Stops everything that a stage waits for: a look-up, a time limit, the next record. */
export function stopWaiting(stage: Stage): void {
  if ('lookUp' in stage) stage.lookUp.cancel()
  if ('stopLimit' in stage) stage.stopLimit()
  if ('watch' in stage) stage.watch.stop()
}

export const nothingToStop = (): void => {}
