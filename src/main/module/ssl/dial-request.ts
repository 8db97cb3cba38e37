import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { ClockChip } from '../hardware/clock-chip.ts'
import type { Nvm } from '../hardware/nvm.ts'
import type { PacketContext } from '../network/packet-context.ts'
import { slowCpuOf } from '../tls-connection/cpu.ts'
import { clientRequest } from './client-request.ts'
import type { DialParts, DialRequest } from './dial.ts'
import type { FastDial } from './kept-session.ts'
import type { SecurityData } from './security-data.ts'
import { tlsCommandFailure } from './failures.ts'

/** What a dial asks for, as #SSLD and #SSLFASTD give it. */
export interface SslDial {
  readonly host: string
  readonly port: number
  readonly closureType: number
  readonly online: boolean
  /** Null or missing: defTo of #SSLCFG. */
  readonly timeout100ms: number | undefined
  /** A kept session to offer (G-4.4-1). */
  readonly resume?: FastDial
}

/** What the SSL socket works with. */
export interface SslSocketParts extends DialParts {
  readonly profile: ModuleProfile
  readonly nvm: Nvm
  readonly clockChip: ClockChip
  readonly securityData: SecurityData
  /** PDP context 1, the only one SSL works with (G-2.1-2). */
  readonly context: PacketContext
}

/** Joins what was asked to what is configured: suites, authentication, stored data, limits of the product. */
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

/** 837 when what the auth mode needs is not stored or not usable (D-27); null when it is all there. */
export function storedDataRefusal({ nvm, securityData, transport }: SslSocketParts): CommandFailure | null {
  const missing = transport.checkStored(securityData.forDial(nvm.contents.sslSecurity.authMode), securityData.policy)
  return missing && tlsCommandFailure(missing)
}
