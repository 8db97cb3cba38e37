import { counted } from '../../shared/english/counted.ts'
import { extensionName } from '../../shared/tls/names.ts'
import type { TlsRemark } from '../../shared/tls/remark.ts'
import type { CipherSuite } from '../../shared/tls/suites.ts'
import { incompatible, misbehaved } from './failures.ts'
import type { ServerHello } from './messages.ts'
import { suiteName } from './summaries.ts'
import { TLS_1_0, versionName } from './wire.ts'

// How a client checks ServerHello: whether the server chose from what was proposed (RFC 2246 7.4.1.3).

/** Throws a `TlsFailure` when the server answers with a version other than TLS 1.0. */
export function requireVersion({ version }: ServerHello): void {
  if (version === TLS_1_0) return
  throw incompatible(
    'protocol_version',
    `The server answers in ${versionName(version)}; the module speaks TLS 1.0 only.`,
    {
      expected: versionName(TLS_1_0),
      got: versionName(version),
      rule: 'G-2.2-1',
      finding: 'version-refused',
      facts: [{ kind: 'version', offered: versionName(TLS_1_0), got: versionName(version) }]
    }
  )
}

/**
 * Returns the suite that the server chose. Throws a `TlsFailure` when it, or the compression method, was not proposed.
 */
export function chosenSuite(hello: ServerHello, proposed: readonly CipherSuite[]): CipherSuite {
  const suite = proposed.find(({ wireId }) => wireId === hello.suiteId)
  if (!suite) {
    const offered = proposed.map(({ shortName }) => shortName)
    const got = suiteName(hello.suiteId)
    throw misbehaved('illegal_parameter', `The server takes ${got}, which was not proposed.`, {
      expected: offered.join(', '),
      got,
      rule: 'RFC 2246 7.4.1.3',
      finding: 'suite-not-proposed',
      facts: [{ kind: 'suites', offered, server: [got] }]
    })
  }
  if (hello.compressionMethod !== 0) {
    throw misbehaved(
      'illegal_parameter',
      `The server takes compression method ${hello.compressionMethod}, which was not proposed.`,
      {
        expected: 'null (0)',
        got: `${hello.compressionMethod}`,
        rule: 'RFC 2246 7.4.1.3'
      }
    )
  }
  return suite
}

/**
 * Returns a remark on extensions that were not offered; `null` without any. TLS 1.0 has no rule for them, so they are
 * ignored (RFC 2246 7.4.1.3).
 */
export function extensionsRemark({ extensions }: ServerHello): TlsRemark | null {
  if (!extensions || extensions.length === 0) return null
  const listed = extensions
    .slice(0, MAX_LISTED_EXTENSIONS)
    .map(({ type }) => extensionName(type))
    .join(', ')
  const more = extensions.length > MAX_LISTED_EXTENSIONS ? ', …' : ''
  return {
    id: 'extension-not-offered',
    rule: 'RFC 2246 7.4.1.3',
    sentence: `ServerHello holds ${counted(extensions.length, 'extension')} that the module did not offer (${listed}${more}); a TLS 1.0 client reads over ${extensions.length === 1 ? 'it' : 'them'}.`
  }
}

/** As many as fit a sentence. */
const MAX_LISTED_EXTENSIONS = 4
