import type { TlsEndpoint, TlsEvents } from '../../shared/contracts/tls.ts'
import { createMisbehavingServer, type MisbehavingEvents } from '../tls/misbehaviour.ts'
import { createTlsServer, type TlsServerOptions } from '../tls/server.ts'
import type { SessionStore } from '../tls/session-store.ts'
import type { LabWorld } from './net.ts'
import type { Visit, VisitFault } from './visit.ts'

/**
 * Returns the TLS server for one connection, with the fault of its connection script. `hangUp` ends TCP after what was
 * output.
 */
export function serverOf(
  visit: Visit,
  world: LabWorld,
  events: TlsEvents & { hangUp(): void },
  sessions: SessionStore | null = visit.sessions
): TlsEndpoint {
  const { fault } = visit
  const options: TlsServerOptions = {
    suites: visit.suites,
    random: world.random,
    clockMs: () => world.nowMs(),
    identity: visit.identity,
    clientCertificates: visit.clientCertificates,
    limits: { maxSentPlaintextBytes: visit.recordBytes },
    sessions
  }
  const misbehaviour = fault?.fault.misbehaviour
  if (!misbehaviour) return createTlsServer(options, events)
  return createMisbehavingServer(options, misbehaviour.fault, strikingEvents(fault, events))
}

/**
 * Reports the strike when the fault takes effect. Silence during data transfer strikes only when the module has sent
 * data that gets no answer.
 */
function strikingEvents(fault: VisitFault, events: TlsEvents & { hangUp(): void }): MisbehavingEvents {
  const when = fault.fault.misbehaviour!.fault
  const waitsForData = when.kind === 'silence' && when.at === 'application data'
  if (!waitsForData) return { ...events, struck: () => fault.strike() }
  return {
    ...events,
    data: (bytes) => {
      fault.strike()
      events.data(bytes)
    }
  }
}
