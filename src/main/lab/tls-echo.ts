import { startTlsListener, type Converse, type LabServer } from './tls-listener.ts'
import type { Visits } from './visit.ts'

/** Starts a TLS 1.0 server that sends back what it receives. */
export function startTlsEcho(visits: Visits): Promise<LabServer> {
  return startTlsListener(visits, converseEcho)
}

export const converseEcho: Converse = (tls) => ({ data: (bytes) => tls.send(bytes) })
