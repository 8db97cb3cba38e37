import { suiteByWireId } from './suites.ts'
import type { TlsRecordEvent } from './trace.ts'

// Names for the numbers of the wire format (RFC 2246 6.2.1, 7.4 and A; later ones by their RFCs).

export const contentTypeCodes: Readonly<Record<TlsRecordEvent['contentType'], number>> = {
  change_cipher_spec: 20,
  alert: 21,
  handshake: 22,
  application_data: 23
}

export const handshakeTypeCodes = {
  HelloRequest: 0,
  ClientHello: 1,
  ServerHello: 2,
  Certificate: 11,
  ServerKeyExchange: 12,
  CertificateRequest: 13,
  ServerHelloDone: 14,
  CertificateVerify: 15,
  ClientKeyExchange: 16,
  Finished: 20
} as const

export type HandshakeType = keyof typeof handshakeTypeCodes

/** By code. */
export const handshakeTypes: Readonly<Record<number, HandshakeType>> = Object.fromEntries(
  Object.entries(handshakeTypeCodes).map(([name, code]) => [code, name as HandshakeType])
)

/** Returns `TLS 1.0`, `SSL 3.0` and so on, or the number of an unknown version. */
export function versionName(version: number): string {
  if (version === 0x0300) return 'SSL 3.0'
  if (version >= 0x0301 && version <= 0x0304) return `TLS 1.${version - 0x0301}`
  return `version 0x${version.toString(16).padStart(4, '0')}`
}

/** The suite in ClientHello that stands for an empty renegotiation_info (RFC 5746 3.3). */
export const EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff

export function suiteMeaning(wireId: number): string {
  const suite = suiteByWireId(wireId)
  if (suite) return `${suite.name} (${suite.shortName})`
  if (wireId === EMPTY_RENEGOTIATION_INFO_SCSV)
    return 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV: no suite, says that the client knows RFC 5746'
  if (wireId === 0x5600) return 'TLS_FALLBACK_SCSV: no suite, says that the client tried a later version before'
  return 'a suite that the modules do not have'
}

const extensionNames: Readonly<Record<number, string>> = {
  0: 'server_name',
  1: 'max_fragment_length',
  5: 'status_request',
  10: 'supported_groups',
  11: 'ec_point_formats',
  13: 'signature_algorithms',
  16: 'application_layer_protocol_negotiation',
  18: 'signed_certificate_timestamp',
  21: 'padding',
  22: 'encrypt_then_mac',
  23: 'extended_master_secret',
  35: 'session_ticket',
  43: 'supported_versions',
  45: 'psk_key_exchange_modes',
  49: 'post_handshake_auth',
  51: 'key_share',
  0xff01: 'renegotiation_info'
}

export function extensionName(type: number): string {
  return extensionNames[type] ?? `extension ${type}`
}
