import { contentTypeCodes, handshakeTypes } from '../../shared/tls/names.ts'
import type { HandshakeType } from '../../shared/tls/names.ts'
import type { TlsRecordEvent } from '../../shared/tls/trace.ts'

// Numbers of the TLS 1.0 wire format that the engine needs (RFC 2246 6.2.1, 7.4 and A).

export {
  EMPTY_RENEGOTIATION_INFO_SCSV,
  contentTypeCodes,
  handshakeTypeCodes,
  versionName
} from '../../shared/tls/names.ts'
export type { HandshakeType } from '../../shared/tls/names.ts'

/** `ProtocolVersion` of TLS 1.0: 3, 1. */
export const TLS_1_0 = 0x0301

export type ContentType = TlsRecordEvent['contentType']

const contentTypeNames = new Map(Object.entries(contentTypeCodes).map(([name, code]) => [code, name as ContentType]))

export function contentTypeName(code: number): ContentType | undefined {
  return contentTypeNames.get(code)
}

export function handshakeTypeName(code: number): HandshakeType | undefined {
  return handshakeTypes[code]
}

export const extensionTypeCodes = { server_name: 0x0000, renegotiation_info: 0xff01 } as const

export interface TlsExtension {
  readonly type: number
  readonly data: Buffer
}
