import { misbehaved } from './failures.ts'
import type { RawHandshakeMessage } from './handshake-joiner.ts'
import { VectorReader } from './vector-reader.ts'
import { uint16, uint8, vector16, vector24, vector8 } from './vector-writer.ts'
import { handshakeTypeCodes, handshakeTypeName } from './wire.ts'
import type { HandshakeType, TlsExtension } from './wire.ts'

/**
 * The handshake messages of RFC 2246 7.4 as values, with their encoding. Decoded messages hold copies and stay valid
 * after their record.
 */
export type HandshakeMessage =
  | { readonly name: 'HelloRequest' }
  | ClientHello
  | ServerHello
  | CertificateMessage
  | { readonly name: 'ServerKeyExchange' }
  | CertificateRequest
  | { readonly name: 'ServerHelloDone' }
  | { readonly name: 'CertificateVerify'; readonly signature: Buffer }
  | { readonly name: 'ClientKeyExchange'; readonly encryptedPremaster: Buffer }
  | { readonly name: 'Finished'; readonly verifyData: Buffer }

export interface ClientHello {
  readonly name: 'ClientHello'
  readonly version: number
  readonly random: Buffer
  readonly sessionId: Buffer
  readonly suiteIds: readonly number[]
  readonly compressionMethods: readonly number[]
  /** `null` when there is no extension block at all, as TLS 1.0 clients send it. */
  readonly extensions: readonly TlsExtension[] | null
}

export interface ServerHello {
  readonly name: 'ServerHello'
  readonly version: number
  readonly random: Buffer
  readonly sessionId: Buffer
  readonly suiteId: number
  readonly compressionMethod: number
  readonly extensions: readonly TlsExtension[] | null
}

export interface CertificateMessage {
  readonly name: 'Certificate'
  /** DER, the sender's own certificate first. */
  readonly chainDer: readonly Buffer[]
}

export interface CertificateRequest {
  readonly name: 'CertificateRequest'
  readonly certificateTypes: readonly number[]
  /** DER of the distinguished names of the authorities that the server trusts; may be empty. */
  readonly authorities: readonly Buffer[]
}

export const RANDOM_BYTES = 32
const MAX_SESSION_ID_BYTES = 32

export function encodeHandshake(message: HandshakeMessage): Buffer {
  return Buffer.concat([uint8(handshakeTypeCodes[message.name]), vector24(encodeBody(message))])
}

/**
 * Decodes a message. Returns `null` for a type that TLS 1.0 does not have. Throws a `decode_error` for a malformed
 * message.
 */
export function decodeHandshake({ typeCode, body }: RawHandshakeMessage): HandshakeMessage | null {
  const name = handshakeTypeName(typeCode)
  if (name === undefined) return null
  const reader = new VectorReader(name, body)
  const message = decodeBody(name, reader)
  reader.end()
  return message
}

function encodeBody(message: HandshakeMessage): Buffer {
  switch (message.name) {
    case 'ClientHello':
      return Buffer.concat([
        uint16(message.version),
        message.random,
        vector8(message.sessionId),
        vector16(...message.suiteIds.map(uint16)),
        vector8(Buffer.from(message.compressionMethods)),
        encodeExtensions(message.extensions)
      ])
    case 'ServerHello':
      return Buffer.concat([
        uint16(message.version),
        message.random,
        vector8(message.sessionId),
        uint16(message.suiteId),
        uint8(message.compressionMethod),
        encodeExtensions(message.extensions)
      ])
    case 'Certificate':
      return vector24(...message.chainDer.map((der) => vector24(der)))
    case 'CertificateRequest':
      return Buffer.concat([
        vector8(Buffer.from(message.certificateTypes)),
        vector16(...message.authorities.map((name) => vector16(name)))
      ])
    case 'CertificateVerify':
      return vector16(message.signature)
    case 'ClientKeyExchange':
      return vector16(message.encryptedPremaster)
    case 'Finished':
      return message.verifyData
    case 'HelloRequest':
    case 'ServerHelloDone':
    case 'ServerKeyExchange':
      return Buffer.alloc(0)
  }
}

function encodeExtensions(extensions: readonly TlsExtension[] | null): Buffer {
  if (extensions === null) return Buffer.alloc(0)
  return vector16(...extensions.map(({ type, data }) => Buffer.concat([uint16(type), vector16(data)])))
}

function decodeBody(name: HandshakeType, reader: VectorReader): HandshakeMessage {
  switch (name) {
    case 'ClientHello':
      return {
        name,
        version: reader.uint16('version'),
        random: copy(reader.fixed(RANDOM_BYTES, 'random')),
        sessionId: copy(reader.vector8('session id', 0, MAX_SESSION_ID_BYTES)),
        suiteIds: decodeSuites(reader),
        compressionMethods: [...reader.vector8('compression methods', 1)],
        extensions: decodeExtensions(reader)
      }
    case 'ServerHello':
      return {
        name,
        version: reader.uint16('version'),
        random: copy(reader.fixed(RANDOM_BYTES, 'random')),
        sessionId: copy(reader.vector8('session id', 0, MAX_SESSION_ID_BYTES)),
        suiteId: reader.uint16('cipher suite'),
        compressionMethod: reader.uint8('compression method'),
        extensions: decodeExtensions(reader)
      }
    case 'Certificate':
      return {
        name,
        chainDer: decodeList(reader, reader.vector24('certificate list'), (list) =>
          copy(list.vector24('certificate', 1))
        )
      }
    case 'CertificateRequest':
      return {
        name,
        certificateTypes: [...reader.vector8('certificate types')],
        authorities: decodeList(reader, reader.vector16('authorities'), (list) =>
          copy(list.vector16('distinguished name', 1))
        )
      }
    case 'ServerKeyExchange':
      // No supported suite has this message. It is named in the trace and refused, whatever its content.
      reader.fixed(reader.remaining, 'parameters')
      return { name }
    case 'CertificateVerify':
      return { name, signature: copy(reader.vector16('signature')) }
    case 'ClientKeyExchange':
      return { name, encryptedPremaster: copy(reader.vector16('encrypted premaster secret')) }
    case 'Finished':
      return { name, verifyData: copy(reader.fixed(12, 'verify data')) }
    case 'HelloRequest':
    case 'ServerHelloDone':
      return { name }
  }
}

function decodeSuites(reader: VectorReader): number[] {
  return decodeList(reader, reader.vector16('cipher suites', 2), (list) => list.uint16('cipher suite'))
}

/** Reads the optional extension block after the compression methods (RFC 3546 2.3). Each extension may come once. */
function decodeExtensions(reader: VectorReader): TlsExtension[] | null {
  if (reader.remaining === 0) return null
  const extensions = decodeList(reader, reader.vector16('extensions'), (list) => ({
    type: list.uint16('extension type'),
    data: copy(list.vector16('extension'))
  }))
  const seen = new Set<number>()
  for (const { type } of extensions) {
    if (seen.has(type)) {
      const particulars = { expected: 'each extension once', got: `extension ${type} twice`, rule: 'RFC 3546 2.3' }
      throw misbehaved('illegal_parameter', `A hello holds the extension ${type} twice.`, particulars)
    }
    seen.add(type)
  }
  return extensions
}

function decodeList<T>(reader: VectorReader, content: Buffer, decodeOne: (list: VectorReader) => T): T[] {
  const list = reader.inner(content)
  const items: T[] = []
  while (list.remaining > 0) items.push(decodeOne(list))
  return items
}

function copy(view: Buffer): Buffer {
  return Buffer.from(view)
}
