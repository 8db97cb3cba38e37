import type { TlsRecordEvent } from '../../shared/tls/trace.ts'

/** Numbers of the TLS 1.0 wire format (RFC 2246 6.2.1, 7.4 and A). */

/** `ProtocolVersion` of TLS 1.0: 3, 1. */
export const TLS_1_0 = 0x0301

export type ContentType = TlsRecordEvent['contentType']

export const contentTypeCodes: Readonly<Record<ContentType, number>> = {
  change_cipher_spec: 20,
  alert: 21,
  handshake: 22,
  application_data: 23
}

/** Index is the code minus 20. */
const contentTypeNames: readonly ContentType[] = ['change_cipher_spec', 'alert', 'handshake', 'application_data']

export function contentTypeName(code: number): ContentType | undefined {
  return contentTypeNames[code - 20]
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

const handshakeTypeNames = new Map<number, HandshakeType>(
  Object.entries(handshakeTypeCodes).map(([name, code]) => [code, name as HandshakeType])
)

export function handshakeTypeName(code: number): HandshakeType | undefined {
  return handshakeTypeNames.get(code)
}

/** `TLS 1.0`, `SSL 3.0`, or the number when it is none that is known. */
export function versionName(version: number): string {
  if (version === 0x0300) return 'SSL 3.0'
  if (version >= 0x0301 && version <= 0x0304) return `TLS 1.${version - 0x0301}`
  return `version 0x${version.toString(16).padStart(4, '0')}`
}

/** ClientHello's stand-in for an empty renegotiation_info (RFC 5746 3.3). */
export const EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff

export const extensionTypeCodes = { server_name: 0x0000, renegotiation_info: 0xff01 } as const

export interface TlsExtension {
  readonly type: number
  readonly data: Buffer
}
