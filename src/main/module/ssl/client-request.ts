import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import type { KeptSession } from '../../../shared/contracts/tls.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { proposedSuites } from '../../../shared/tls/suites.ts'
import type { ClockChip } from '../hardware/clock-chip.ts'
import type { Nvm } from '../hardware/nvm.ts'
import type { SecurityData } from './security-data.ts'

/**
 * Returns what a TLS client must do by #SSLSECCFG and #SSLSECDATA. For the SSL socket and both connections of FTPS
 * (G-5-5).
 */
export function clientRequest(
  parts: ClientRequestParts,
  farEnd: string,
  resume: KeptSession | null
): SecureClientRequest {
  const { nvm, securityData, profile, clockChip } = parts
  const { suite, authMode } = nvm.contents.sslSecurity
  const { checkNotBefore, checkExpiry, acceptSha256Signatures, criticalExtensions, securityDataBytes } = profile
  return {
    suites: proposedSuites(profile.suites, suite),
    stored: securityData.forDial(authMode),
    storedPolicy: securityData.policy,
    serverPolicy: {
      checkNotBefore,
      checkExpiry,
      acceptSha256Signatures,
      criticalExtensions,
      maxCertificateBytes: securityDataBytes
    },
    clockChipMs: () => clockChip.utcMs(),
    farEnd,
    resume,
    maxReceivedPlaintextBytes: profile.maxRecordBytes
  }
}

export interface ClientRequestParts {
  readonly nvm: Nvm
  readonly securityData: SecurityData
  readonly profile: ModuleProfile
  readonly clockChip: ClockChip
}
