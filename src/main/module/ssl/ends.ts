import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason, FailureFact } from '../../../shared/rules/failure-facts.ts'
import type { CipherSuite } from '../../../shared/tls/suites.ts'

/** Why a connection ended without the host, and why a read returned nothing (G-4.2-4, G-4.2-7, D-7). */
export const farEndGone = (farEnd: string): EndReason => ({
  finding: 'far-end-closed',
  sentence: `${farEnd} has closed the connection.`,
  rule: 'D-7',
  facts: [named(farEnd)]
})

/** maxTo expired: neither side sent anything. */
export const idleTooLong = (farEnd: string, maxToMs: number): EndReason => ({
  finding: 'max-to',
  sentence: `Neither side sent anything for ${maxToMs / 1000} s.`,
  rule: 'G-3.4-3',
  facts: [{ kind: 'timer', name: 'maxTo', limitMs: maxToMs }, named(farEnd)]
})

/** TCP did not take a #SSLSEND in time. The connection is ended, so that nothing of it arrives later (D-38). */
export const sendGivenUp = (farEnd: string, timeoutMs: number): EndReason => ({
  finding: 'far-end-stuck',
  sentence: `${farEnd} accepted no data for ${timeoutMs / 1000} s, so the module dropped the connection and the unsent data.`,
  rule: 'D-38',
  facts: [{ kind: 'timer', name: 'command', limitMs: timeoutMs }, named(farEnd)]
})

export const contextGone = (farEnd: string): EndReason => ({
  finding: 'context-lost',
  sentence: 'PDP context 1 went down, and the connection with it.',
  rule: 'G-2.1-4',
  facts: [named(farEnd)]
})

/** A TLS failure during data transfer (D-27). */
export function brokenBy({ finding, sentence, rule, facts }: CommandFailure): EndReason {
  const failure = { finding: finding ?? null, sentence, rule, facts: facts ?? [] }
  return { finding: 'connection-broken', sentence, rule, facts: facts ?? [], failure }
}

/** SSLSRING was enabled by a #SSLCFG of an earlier run and kept in NVM (D-1, D-25). */
export const ringKept = (): EndReason => ({
  finding: 'ring-kept',
  sentence: 'An earlier #SSLCFG switched SSLSRING on; no line of this run did.',
  rule: 'D-25',
  facts: []
})

/** #SSLRECV timed out. */
export const nothingCame = (timeoutMs: number): EndReason => ({
  finding: 'read-timeout',
  sentence: `Nothing came for ${timeoutMs / 1000} s.`,
  rule: 'G-4.2-7',
  facts: [{ kind: 'timer', name: 'command', limitMs: timeoutMs }]
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

/** The same end, for a read that waited. */
export const readEnded = (because: EndReason): EndReason => ({ ...because, finding: 'read-disconnected' })

const named = (name: string): FailureFact => ({ kind: 'far-end', name })
