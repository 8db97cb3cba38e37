import type { AlertName } from '../../shared/tls/alerts.ts'
import type { AlertMeaning } from './handshake-role.ts'
import { TLS_1_0, versionName } from './wire.ts'

/** An alert that the client received. */
type ReceivedAlert = AlertName | `alert ${number}`

/** For an alert in place of ServerHello. `offered`: the short names of the proposed suites. */
export function meaningInsteadOfHello(alert: ReceivedAlert, offered: readonly string[]): AlertMeaning | null {
  if (alert === 'handshake_failure' || alert === 'insufficient_security') {
    const sentence = `most likely it takes none of the suites proposed (${offered.join(', ')})`
    return { sentence, finding: 'no-common-suite', facts: [{ kind: 'suites', offered, server: null }] }
  }
  if (alert === 'protocol_version') {
    const facts = [{ kind: 'version', offered: versionName(TLS_1_0), got: null }] as const
    return { sentence: 'it does not take TLS 1.0', finding: 'version-refused', facts }
  }
  return null
}

/**
 * For an alert after the client's own flight: servers use different alerts for a client certificate that is missing or
 * not accepted. `withheld`: why the client's was not sent, or `null`.
 */
export function meaningAfterAnswer(
  alert: ReceivedAlert,
  hasCertificate: boolean,
  withheld: string | null
): AlertMeaning | null {
  if ((!hasCertificate || withheld !== null) && alert === 'handshake_failure') {
    const facts = withheld === null ? [] : [{ kind: 'withheld', reason: withheld } as const]
    return { sentence: 'most likely it wants a client certificate', finding: 'client-certificate-wanted', facts }
  }
  if (alert === 'unknown_ca') {
    return {
      sentence: 'it does not trust the issuer of the client certificate',
      finding: 'client-certificate-refused',
      facts: []
    }
  }
  return null
}
