import type { FailureFact } from '../../shared/rules/failure-facts.ts'
import type { AlertName } from '../../shared/tls/alerts.ts'
import { TlsFailure } from '../../shared/tls/failure.ts'
import type { TlsFailureReason } from '../../shared/tls/failure.ts'
import { X509Fault } from './fault.ts'

/** Returns the failure for a server certificate that is refused. `sentence` has no capital letter and no full stop. */
export function refusal(
  alert: AlertName,
  sentence: string,
  particulars: Partial<Pick<TlsFailureReason, 'expected' | 'got' | 'rule' | 'finding' | 'facts'>>
): TlsFailure {
  return new TlsFailure({
    blame: 'certificate',
    alert,
    sentence: `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`,
    ...particulars
  })
}

/** Turns an X509Fault into the refusal of the certificate called `title`. Other errors are thrown again. */
export function refusalOfFault(error: unknown, title: string, facts: readonly FailureFact[] = []): TlsFailure {
  if (!(error instanceof X509Fault)) throw error
  return refusal(error.isUnsupported ? 'unsupported_certificate' : 'bad_certificate', `${title} ${error.message}`, {
    expected: error.expected,
    got: error.got,
    rule: error.rule ?? 'RFC 2459 4.1',
    finding: error.finding ?? 'certificate-unusable',
    facts
  })
}
