import { alertCodes, alertMeaning, alertName } from './alerts.ts'
import { describeCertificate } from './certificate-fields.ts'
import { certificateTypes } from './certificate-types.ts'
import { FieldReader, hexText } from './field-reader.ts'
import type { TlsField } from './field-reader.ts'
import { contentTypeCodes, extensionName, handshakeTypes, suiteMeaning, versionName } from './names.ts'
import type { TlsMessageEvent, TlsRecordEvent } from './trace.ts'

export type { TlsField } from './field-reader.ts'

/**
 * Splits a message into fields for a person (RFC 2246 7), each with its bytes, value and meaning. `bytes` has the
 * header, like `TlsMessageEvent.raw`. Never throws: for a malformed message, the last field says so.
 */
export function describeMessage({ name, raw }: Pick<TlsMessageEvent, 'name' | 'raw'>): readonly TlsField[] {
  const reader = new FieldReader(raw ?? new Uint8Array())
  return reader.attempt(() => {
    if (name === 'Alert') describeAlert(reader)
    else if (name === 'ChangeCipherSpec')
      reader.uint(1, 'type', (type) => (type === 1 ? 'change_cipher_spec' : 'unknown'))
    else describeHandshake(reader)
  })
}

/**
 * Returns the parts of a record (RFC 2246 6.2). Ranges within an encrypted fragment are those of its plaintext: TLS 1.0
 * encryption does not move bytes.
 */
export function describeRecord(record: TlsRecordEvent): readonly TlsField[] {
  const { contentType, wireBytes, plainBytes, encrypted, version = TLS_1_0, macBytes = 0 } = record
  const paddingBytes = encrypted ? wireBytes - plainBytes - macBytes : 0
  const fields: TlsField[] = []
  let offset = 0
  const add = (bytes: number, name: string, value: string, meaning: string | null): void => {
    if (bytes <= 0) return
    fields.push({ startByte: offset, endByte: offset + bytes, depth: 0, name, value, meaning })
    offset += bytes
  }
  add(1, 'content type', `${contentTypeCodes[contentType]}`, contentType)
  add(2, 'version', hexText(Uint8Array.of(version >> 8, version & 255)), versionName(version))
  add(
    2,
    'length',
    `${wireBytes}`,
    encrypted ? `${plainBytes} bytes of content and what protects it` : 'all of it content'
  )
  add(plainBytes, 'content', `${plainBytes} bytes`, encrypted ? 'encrypted' : 'in the clear')
  add(macBytes, 'MAC', `${macBytes} bytes`, 'over sequence number, type, version, length and content')
  add(
    paddingBytes,
    'padding',
    `${paddingBytes} bytes of ${paddingBytes - 1}`,
    'fills the last block; the last byte counts the others'
  )
  return fields
}

const TLS_1_0 = 0x0301

function describeAlert(reader: FieldReader): void {
  const level = reader.uint(
    1,
    'level',
    (value) => ({ 1: 'warning: the connection may go on', 2: 'fatal' })[value] ?? 'unknown'
  )
  reader.uint(1, 'description', (code) => {
    const name = alertName(code)
    const meaning = name in alertCodes ? `${name}: ${alertMeaning(code)}` : 'unknown to TLS 1.0'
    return level === 2 || code === 0 ? meaning : `${meaning} (a warning)`
  })
}

function describeHandshake(reader: FieldReader): void {
  const type = reader.uint(1, 'message type', (code) => handshakeTypes[code] ?? 'unknown to TLS 1.0')
  reader.uint(3, 'length', (length) => `${length} bytes follow`)
  const body = bodies[handshakeTypes[type] ?? '']
  if (body) body(reader)
  else if (reader.remaining > 0) reader.opaque(reader.remaining, 'body')
  if (reader.remaining > 0)
    reader.opaque(reader.remaining, 'left over', () => 'bytes that belong to no field: the message is malformed')
}

const bodies: Readonly<Record<string, (reader: FieldReader) => void>> = {
  ClientHello: (reader) => {
    reader.uint(2, 'version', (version) => `${versionName(version)}, the highest that the client speaks`, 'hex')
    describeRandom(reader)
    describeSessionId(reader, 'a full handshake is asked for', 'the session that the client would take up again')
    reader.vector(
      2,
      'cipher suites',
      (bytes) => `${bytes / 2} proposed, the preferred one first`,
      (list) => {
        list.uint(2, 'suite', suiteMeaning, 'hex')
      }
    )
    reader.vector(1, 'compression methods', null, (list) => list.uint(1, 'method', compressionMeaning))
    describeExtensions(reader)
  },
  ServerHello: (reader) => {
    reader.uint(2, 'version', (version) => `${versionName(version)}, spoken from here on`, 'hex')
    describeRandom(reader)
    describeSessionId(
      reader,
      'the server keeps no session',
      'the session; equal to that of ClientHello, it is taken up again'
    )
    reader.uint(2, 'cipher suite', suiteMeaning, 'hex')
    reader.uint(1, 'compression method', compressionMeaning)
    describeExtensions(reader)
  },
  Certificate: (reader) => {
    let number = 0
    const meaning = (bytes: number): string => (bytes === 0 ? 'empty: the sender has none' : "the sender's own first")
    reader.vector(3, 'certificate list', meaning, (list) => {
      number++
      const certificate = list.vector(3, `certificate ${number}`, (bytes) => `${bytes} bytes of DER`, null)
      describeCertificate(certificate)
    })
  },
  ServerKeyExchange: (reader) => reader.opaque(reader.remaining, 'parameters', () => 'no RSA suite has any'),
  CertificateRequest: (reader) => {
    reader.vector(1, 'certificate types', null, (list) => {
      list.uint(1, 'type', (type) => certificateTypes[type] ?? 'not in TLS 1.0')
    })
    const authorities = (bytes: number): string =>
      bytes === 0 ? 'none named: any will do' : 'whose certificates the server takes'
    reader.vector(2, 'authorities', authorities, (list) => {
      list.vector(2, 'distinguished name', null, null).opaqueRest('DER of the name')
    })
  },
  CertificateVerify: (reader) => {
    reader
      .vector(2, 'signature', () => "of MD5 and SHA-1 over all messages so far, by the client's key", null)
      .opaqueRest('signature')
  },
  ClientKeyExchange: (reader) => {
    const meaning = (): string => "the premaster secret, encrypted with the server's RSA key"
    reader.vector(2, 'encrypted premaster secret', meaning, null).opaqueRest('RSA block')
  },
  Finished: (reader) => {
    const meaning = (): string => 'proves that both sides saw the same handshake and have the same master secret'
    reader.opaque(Math.min(12, reader.remaining), 'verify data', meaning)
  },
  HelloRequest: () => undefined,
  ServerHelloDone: () => undefined
}

function compressionMeaning(method: number): string {
  return method === 0 ? 'null' : 'not in TLS 1.0'
}

function describeRandom(reader: FieldReader): void {
  reader.uint(
    4,
    'gmt_unix_time',
    (seconds) => `${new Date(1000 * seconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  )
  reader.opaque(28, 'random bytes', () => 'so that no two connections have the same keys')
}

function describeSessionId(reader: FieldReader, empty: string, present: string): void {
  reader.vector(1, 'session id', (bytes) => (bytes === 0 ? empty : present), null).opaqueRest('id')
}

function describeExtensions(reader: FieldReader): void {
  if (reader.remaining === 0) return
  reader.vector(2, 'extensions', null, (list) => {
    const type = list.uint(2, 'extension type', extensionName, 'hex')
    const content = list.vector(2, extensionName(type), null, null)
    if (type === SERVER_NAME && content.remaining > 0) describeServerName(content)
    else content.opaqueRest('content')
  })
}

const SERVER_NAME = 0

function describeServerName(content: FieldReader): void {
  content.vector(2, 'server names', null, (list) => {
    list.uint(1, 'name type', (type) => (type === 0 ? 'host_name' : 'unknown'))
    const name = list.vector(2, 'name', null, null)
    name.opaque(name.remaining, 'name', (bytes) => String.fromCharCode(...bytes).replace(/[^\x20-\x7e]/g, '?'))
  })
}
