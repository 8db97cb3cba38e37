import type { CipherSuite } from '../../shared/tls/suites.ts'
import { incompatible, misbehaved } from './failures.ts'
import type { ClientHello } from './messages.ts'
import { suiteNames } from './summaries.ts'
import { extensionTypeCodes, EMPTY_RENEGOTIATION_INFO_SCSV, TLS_1_0, versionName } from './wire.ts'
import type { TlsExtension } from './wire.ts'

// How a server handles ClientHello: whether it has a version and a suite in common with the client, and its answer.

/** Throws a `TlsFailure` for a version before TLS 1.0. A later version is negotiated down (RFC 2246 E). */
export function requireTls10(hello: ClientHello): void {
  if (hello.version < TLS_1_0) {
    throw incompatible(
      'protocol_version',
      `The client speaks ${versionName(hello.version)} at most; this server speaks TLS 1.0.`,
      {
        expected: versionName(TLS_1_0),
        got: versionName(hello.version),
        rule: 'RFC 2246 7.4.1.2'
      }
    )
  }
  if (!hello.compressionMethods.includes(0)) {
    throw misbehaved(
      'illegal_parameter',
      'The client does not offer the null compression, which every client has to.',
      {
        expected: 'null (0)',
        got: hello.compressionMethods.join(', '),
        rule: 'RFC 2246 7.4.1.2'
      }
    )
  }
}

/**
 * Returns the first of the server's suites that the client offers: the server's preference decides. Throws a
 * `TlsFailure` when there is none.
 */
export function chooseSuite(hello: ClientHello, suites: readonly CipherSuite[]): CipherSuite {
  const suite = suites.find(({ wireId }) => hello.suiteIds.includes(wireId))
  if (suite) return suite
  const own = suites.map(({ shortName }) => shortName).join(', ')
  const offered = suiteNames(hello.suiteIds.filter((id) => id !== EMPTY_RENEGOTIATION_INFO_SCSV))
  throw incompatible('handshake_failure', 'The client offers none of the suites of this server.', {
    expected: `one of ${own}`,
    got: offered,
    rule: 'RFC 2246 7.4.1.3'
  })
}

/**
 * Returns renegotiation_info when the client supports it (RFC 5746 3.6), because modern clients refuse a server without
 * it; otherwise no extensions, so that an old client gets an old ServerHello.
 */
export function answeredExtensions(hello: ClientHello): readonly TlsExtension[] | null {
  const type = extensionTypeCodes.renegotiation_info
  const offered = hello.extensions?.find((extension) => extension.type === type)
  if (offered && !offered.data.equals(Buffer.from([0]))) {
    throw misbehaved('handshake_failure', 'renegotiation_info of a first ClientHello is not empty.', {
      expected: '00',
      got: offered.data.toString('hex'),
      rule: 'RFC 5746 3.6'
    })
  }
  if (!offered && !hello.suiteIds.includes(EMPTY_RENEGOTIATION_INFO_SCSV)) return null
  return [{ type, data: Buffer.from([0]) }]
}
