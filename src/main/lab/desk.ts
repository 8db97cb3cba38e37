import type { LabChange, LabSettings } from '../../shared/lab/calls.ts'
import { usualSettings } from '../../shared/lab/calls.ts'
import type { LabFaultId } from '../../shared/lab/faults.ts'
import type { LabFarEndId } from '../../shared/lab/lab.ts'
import type { TlsIdentity } from '../tls/endpoint.ts'
import { memorySessionStore, type SessionStore } from '../tls/session-store.ts'
import { readCertificate } from '../x509/certificate.ts'
import { checkServerPath } from '../x509/path.ts'
import type { ArmedFaults, Claim } from './armed-faults.ts'
import type { LabCertificates } from './certificates.ts'
import { armedFtpFaults } from './ftps-faults.ts'
import type { LabSocket } from './net.ts'
import { PlainDesk } from './plain/desk.ts'
import { suitesNamed, type Visit, type VisitFault, type Visits } from './visit.ts'

/**
 * The settings of the lab servers, changed while the lab runs. A connection keeps the settings that held when it began.
 */
export class LabDesk {
  private readonly states: Record<LabFarEndId, FarEndState>
  /** Certificates for armed faults, made when the fault was armed. */
  private readonly misfits = new Map<string, TlsIdentity>()

  /** The settings of the servers without TLS. */
  readonly plain: PlainDesk

  constructor(private readonly parts: DeskParts) {
    this.plain = new PlainDesk(parts.faults, parts.breakInto)
    const fresh = (): FarEndState => ({
      settings: usualSettings,
      identity: parts.certificates.usual,
      sessions: memorySessionStore(),
      connections: 0,
      changing: Promise.resolve()
    })
    this.states = { tls: fresh(), https: fresh(), ftps: fresh() }
  }

  settings(farEnd: LabFarEndId): LabSettings {
    return this.states[farEnd].settings
  }

  connections(farEnd: LabFarEndId): number {
    return this.states[farEnd].connections
  }

  /** Changes settings. Changes run in order, so that a slow certificate is not overtaken by a later change. */
  set({ farEnd, ...change }: LabChange): Promise<void> {
    const state = this.states[farEnd]
    const next = state.changing.then(async () => {
      const identity = await this.parts.certificates.identity(change.certificate ?? state.settings.certificate)
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      state.settings = { ...state.settings, ...given }
      state.identity = identity
      // A kept session would be resumed with the old suite and without a certificate.
      state.sessions = memorySessionStore()
    })
    state.changing = next.catch(() => {})
    return next
  }

  /** Makes the certificate that a fault needs, so that it exists when a connection comes. */
  async prepare(faultId: LabFaultId, misbehaviour: Claim['fault']['misbehaviour']): Promise<void> {
    if (misbehaviour?.fault.kind !== 'identity') return
    this.misfits.set(faultId, await this.parts.certificates.identity(misbehaviour.fault.identity))
  }

  visits(farEnd: LabFarEndId): Visits {
    return (socket) => this.visit(farEnd, socket)
  }

  private visit(farEnd: LabFarEndId, socket: LabSocket): Visit {
    const state = this.states[farEnd]
    state.connections += 1
    const claim = this.parts.faults.claim(farEnd)
    if (claim) socket.on('close', () => claim.release())
    const { settings } = state
    return {
      suites: suitesNamed(settings.suites),
      identity: (claim && this.misfits.get(claim.fault.id)) ?? state.identity,
      clientCertificates: this.clientCertificates(settings),
      sessions: claim ? null : state.sessions,
      recordBytes: settings.recordBytes,
      delayMs: settings.delayMs,
      fault: claim ? this.faultOf(claim, socket.remotePort ?? null) : null
    }
  }

  private faultOf(claim: Claim, remotePort: number | null): VisitFault {
    const { fault, parameter } = claim
    let struck = false
    return {
      fault,
      parameter,
      ftp: armedFtpFaults(fault.id, parameter),
      strike: () => {
        if (struck) return
        struck = true
        this.parts.breakInto(remotePort, (cause) => claim.strike(cause))
      }
    }
  }

  private clientCertificates({ clientCertificate }: LabSettings): Visit['clientCertificates'] {
    if (clientCertificate === 'no') return { ask: 'never' }
    const { certificates, nowMs } = this.parts
    const ca = readCertificate(certificates.caDer)
    return {
      ask: clientCertificate === 'asked' ? 'request' : 'require',
      check: (chainDer) => checkServerPath(chainDer, ca, clientPolicy, nowMs()),
      authorities: []
    }
  }
}

/** Accepts any certificate of the lab's authority that is valid today. */
const clientPolicy = {
  checkExpiry: true,
  checkNotBefore: true,
  acceptSha256Signatures: true,
  maxCertificateBytes: 16_384
}

export interface DeskParts {
  readonly certificates: LabCertificates
  readonly faults: ArmedFaults
  nowMs(): number
  /**
   * Applies a fault to the connection from this port. `report` puts it on the timeline; its argument is the event that
   * the fault interrupts, or `null` where that is not known.
   */
  breakInto(remotePort: number | null, report: (cause: number | null) => number): void
}

interface FarEndState {
  settings: LabSettings
  identity: TlsIdentity
  sessions: SessionStore
  connections: number
  changing: Promise<void>
}
