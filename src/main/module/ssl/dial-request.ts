import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { ClockChip } from '../hardware/clock-chip.ts'
import type { Nvm } from '../hardware/nvm.ts'
import type { PacketContext } from '../network/packet-context.ts'
import { slowCpuOf } from '../tls-connection/cpu.ts'
import { clientRequest } from './client-request.ts'
import type { DialParts, DialRequest } from './dial.ts'
import { tlsCommandFailure } from './failures.ts'
import type { FastDial } from './kept-session.ts'
import type { SecurityData } from './security-data.ts'

/** The arguments of #SSLD and #SSLFASTD. */
export interface SslDial {
  readonly host: string
  readonly port: number
  readonly closureType: number
  readonly online: boolean
  /** `undefined` for defTo of #SSLCFG. */
  readonly timeout100ms: number | undefined
  /** A kept TLS session to offer (G-4.4-1). */
  readonly resume?: FastDial
}

/** What the SSL socket needs from the module. */
export interface SslSocketParts extends DialParts {
  readonly profile: ModuleProfile
  readonly nvm: Nvm
  readonly clockChip: ClockChip
  readonly securityData: SecurityData
  /** PDP context 1, the only one that SSL uses (G-2.1-2). */
  readonly context: PacketContext
}

/**
 * Combines the arguments of a dial with the configuration: suites, authentication, stored data, limits of the product.
 */
export function dialRequest(
  { host, port, timeout100ms, resume }: SslDial,
  parts: SslSocketParts,
  cpuMode: number
): DialRequest {
  const { nvm, profile } = parts
  return {
    host,
    port,
    packetTimeoutMs: (timeout100ms ?? nvm.contents.sslConfig.defTo) * 100,
    cpu: slowCpuOf(profile, cpuMode),
    client: clientRequest(parts, `${host}:${port}`, resume?.session ?? null)
  }
}

/** Returns 837 when data that the authentication mode needs is missing or unusable (D-27), else `null`. */
export function storedDataRefusal({ nvm, securityData, transport }: SslSocketParts): CommandFailure | null {
  const missing = transport.checkStored(securityData.forDial(nvm.contents.sslSecurity.authMode), securityData.policy)
  return missing && tlsCommandFailure(missing)
}
