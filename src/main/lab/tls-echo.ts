import type { LabIdentity } from './authority.ts'
import { startTlsListener, type Converse, type LabServer } from './tls-listener.ts'

/** A TLS 1.0 server that sends back what it gets. */
export function startTlsEcho(identity: LabIdentity): Promise<LabServer> {
  return startTlsListener(identity, converseEcho)
}

export const converseEcho: Converse = (tls) => ({ data: (bytes) => tls.send(bytes) })
