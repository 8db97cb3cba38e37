import type { LabFault } from '../../shared/lab/faults.ts'
import { usualSettings } from '../../shared/lab/calls.ts'
import { allSuites, type CipherSuite } from '../../shared/tls/suites.ts'
import type { TlsIdentity } from '../tls/endpoint.ts'
import type { ClientCertificatePolicy } from '../tls/server.ts'
import { memorySessionStore, type SessionStore } from '../tls/session-store.ts'
import type { LabIdentity } from './authority.ts'
import { identityOf } from './certificates.ts'
import type { FtpsFaults } from './ftps-faults.ts'
import type { LabSocket } from './net.ts'

/** What one connection gets: how the far end is at that moment, and what is to go wrong. Stays so while the connection lasts. */
export interface Visit {
  readonly suites: readonly CipherSuite[]
  readonly identity: TlsIdentity
  readonly clientCertificates: ClientCertificatePolicy
  /** Null: no session is kept, so that each handshake is a full one. */
  readonly sessions: SessionStore | null
  readonly recordBytes: number
  readonly delayMs: number
  readonly fault: VisitFault | null
}

export interface VisitFault {
  readonly fault: LabFault
  readonly parameter: number | null
  /** What goes wrong in a session of FTP. */
  readonly ftp: Partial<FtpsFaults>
  /** It takes effect now: once, reported. */
  strike(): void
}

/** Asked for each connection that a far end takes. */
export type Visits = (socket: LabSocket) => Visit

/** A far end that is always the same, and at which nothing goes wrong. */
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

/** Suites by their short names. */
export function suitesNamed(names: readonly string[]): readonly CipherSuite[] {
  return names.map((name) => allSuites.find((suite) => suite.shortName === name)!)
}
