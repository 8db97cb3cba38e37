import type { TimelineFact } from '../../../shared/timeline/events.ts'
import type { TlsFailureFacts } from '../../../shared/tls/failure.ts'

/** The next flight waits for the processor (G-4.1-6). `name` is the connection's. */
export function processorBusy(name: string, durationMs: number): TimelineFact {
  return { kind: 'note', sentence: `The processor works on the certificates of ${name} for ${durationMs / 1000} s.` }
}

/** A TLS failure as a timeline event. */
export function tlsFailureFact({
  sentence,
  alert,
  expected,
  got,
  rule,
  finding,
  facts
}: TlsFailureFacts): TimelineFact {
  return {
    kind: 'tls-failure',
    sentence,
    alert,
    expected,
    got,
    rule,
    ...(finding ? { finding } : {}),
    ...(facts ? { facts } : {})
  }
}
