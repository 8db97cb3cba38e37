import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { CipherSuite } from '../../../shared/tls/suites.ts'
import { named } from '../sockets/ends.ts'

/** SSLSRING was enabled by a #SSLCFG of an earlier run and kept in NVM (D-1, D-25). */
export const ringKept = (): EndReason => ({
  finding: 'ring-kept',
  sentence: 'An earlier #SSLCFG switched SSLSRING on; no line of this run did.',
  rule: 'D-25',
  facts: []
})

/**
 * A fast dial led to a full handshake: the server refused the session, or it could not be offered (D-24, RFC 2246
 * 7.4.1.2).
 */
export function sessionNotTakenUp(farEnd: string, kept: CipherSuite, proposed: readonly CipherSuite[]): EndReason {
  const offered = proposed.some(({ wireId }) => wireId === kept.wireId)
  return {
    finding: offered ? 'session-refused' : 'session-not-offered',
    sentence: offered
      ? `${farEnd} did not take the kept session up, so a full handshake was made.`
      : `The kept session is one of ${kept.shortName}, which is not proposed now, so a full handshake was made.`,
    rule: 'D-24',
    facts: [
      named(farEnd),
      { kind: 'suites', offered: proposed.map(({ shortName }) => shortName), server: [kept.shortName] }
    ]
  }
}
