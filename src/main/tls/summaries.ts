import { counted } from '../../shared/english/counted.ts'
import { alertCodes, alertName } from '../../shared/tls/alerts.ts'
import { RSA_SIGN } from '../../shared/tls/certificate-types.ts'
import { suiteByWireId } from '../../shared/tls/suites.ts'
import type { HandshakeMessage } from './messages.ts'
import { VectorReader } from './vector-reader.ts'
import { EMPTY_RENEGOTIATION_INFO_SCSV, extensionTypeCodes, versionName } from './wire.ts'
import type { TlsExtension } from './wire.ts'

// One line for people about each message: its content, not its encoding.

/** Describes a certificate (DER) for people; never throws. Passed in, since the engine does not read X.509. */
export type DescribeCertificate = (der: Uint8Array) => string

/** Suites or certificates that are listed by name. The rest is counted. */
const MAX_LISTED = 6

export function summarizeHandshake(message: HandshakeMessage, describeCertificate: DescribeCertificate): string {
  switch (message.name) {
    case 'ClientHello': {
      const suites = message.suiteIds.filter((id) => id !== EMPTY_RENEGOTIATION_INFO_SCSV)
      const serverName = serverNameOf(message.extensions)
      return [
        versionName(message.version),
        `offers ${counted(suites.length, 'suite')}: ${suiteNames(suites)}`,
        ...(message.sessionId.length > 0 ? ['asks to resume a session'] : []),
        ...(serverName === null ? [] : [`for ${serverName}`]),
        ...(message.extensions === null ? [] : [counted(message.extensions.length, 'extension')])
      ].join(', ')
    }
    case 'ServerHello':
      return [
        versionName(message.version),
        `takes ${suiteName(message.suiteId)}`,
        message.sessionId.length > 0 ? 'the session can be resumed' : 'the session cannot be resumed',
        ...(message.extensions === null ? [] : [counted(message.extensions.length, 'extension')])
      ].join(', ')
    case 'Certificate':
      if (message.chainDer.length === 0) return 'no certificate'
      return `${counted(message.chainDer.length, 'certificate')}: ${listed(message.chainDer, ' ← ', describeCertificate)}`
    case 'CertificateRequest': {
      const { certificateTypes, authorities } = message
      const types = certificateTypes.includes(RSA_SIGN)
        ? 'an RSA certificate'
        : `a certificate of type ${certificateTypes.join(', ')}`
      return `asks for ${types}, names ${counted(authorities.length, 'authority', 'authorities')}`
    }
    case 'ClientKeyExchange':
      return `premaster secret in ${counted(message.encryptedPremaster.length, 'byte')} of RSA`
    case 'CertificateVerify':
      return `signature of ${counted(message.signature.length, 'byte')} over the handshake`
    case 'Finished':
      return `verify data ${message.verifyData.toString('hex')}`
    case 'ServerKeyExchange':
      return 'key exchange parameters, which no RSA suite has'
    case 'HelloRequest':
      return 'asks for a new handshake'
    case 'ServerHelloDone':
      return 'the rest is up to the client'
  }
}

export function summarizeAlert(levelIsFatal: boolean, code: number): string {
  if (code === alertCodes.close_notify) return 'close_notify: nothing more will be sent'
  return `${levelIsFatal ? 'fatal' : 'warning'} ${alertText(code)}`
}

/** Returns an alert as `handshake_failure (40)`. */
export function alertText(code: number): string {
  const name = alertName(code)
  return name in alertCodes ? `${name} (${code})` : name
}

/** Returns suites by name, as many as fit a sentence. */
export function suiteNames(wireIds: readonly number[]): string {
  return listed(wireIds, ', ', suiteName)
}

export function suiteName(wireId: number): string {
  return suiteByWireId(wireId)?.shortName ?? `0x${wireId.toString(16).padStart(4, '0')}`
}

function serverNameOf(extensions: readonly TlsExtension[] | null): string | null {
  const extension = extensions?.find(({ type }) => type === extensionTypeCodes.server_name)
  if (!extension) return null
  try {
    const reader = new VectorReader('server_name', extension.data)
    const names = reader.inner(reader.vector16('server names'))
    names.uint8('name type')
    return names
      .vector16('name')
      .toString('latin1')
      .replace(/[^\x20-\x7e]/g, '?')
  } catch {
    // For display only: a malformed name is no reason to end the connection.
    return null
  }
}

function listed<T>(items: readonly T[], separator = ', ', name: (item: T) => string = String): string {
  const rest = items.length - MAX_LISTED
  return (
    items
      .slice(0, MAX_LISTED)
      .map((item) => name(item))
      .join(separator) + (rest > 0 ? `${separator}and ${rest} more` : '')
  )
}
