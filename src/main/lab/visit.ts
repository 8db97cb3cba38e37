import { usualSettings } from '../../shared/lab/calls.ts'
import type { LabFault } from '../../shared/lab/faults.ts'
import { allSuites, type CipherSuite } from '../../shared/tls/suites.ts'
import type { TlsIdentity } from '../tls/endpoint.ts'
import type { ClientCertificatePolicy } from '../tls/server.ts'
import { memorySessionStore, type SessionStore } from '../tls/session-store.ts'
import type { LabIdentity } from './authority.ts'
import { identityOf } from './certificates.ts'
import type { FtpsFaults } from './ftps-faults.ts'
import type { LabSocket } from './net.ts'

/**
 * The connection script: the settings of the server when the connection began, and the fault that is to strike it. It
 * does not change during the connection.
 */
export interface Visit {
  readonly suites: readonly CipherSuite[]
  readonly identity: TlsIdentity
  readonly clientCertificates: ClientCertificatePolicy
  /** `null` when no sessions are kept, so that each handshake is a full one. */
  readonly sessions: SessionStore | null
  readonly recordBytes: number
  readonly delayMs: number
  readonly fault: VisitFault | null
}

export interface VisitFault {
  readonly fault: LabFault
  readonly parameter: number | null
  /** The FTP faults of this connection. */
  readonly ftp: Partial<FtpsFaults>
  /** Reports that the fault takes effect. Only the first call counts. */
  strike(): void
}

/** Returns the connection script for each connection that a server accepts. */
export type Visits = (socket: LabSocket) => Visit

/** Returns scripts that are always the same, without faults. */
export function steadyVisits(identity: LabIdentity): Visits {
  const visit: Visit = {
    suites: suitesNamed(usualSettings.suites),
    identity: identityOf(identity),
    clientCertificates: { ask: 'never' },
    sessions: memorySessionStore(),
    recordBytes: usualSettings.recordBytes,
    delayMs: 0,
    fault: null
  }
  return () => visit
}

/** Returns suites by their short names. */
export function suitesNamed(names: readonly string[]): readonly CipherSuite[] {
  return names.map((name) => allSuites.find((suite) => suite.shortName === name)!)
}
