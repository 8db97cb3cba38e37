import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason, FailureFact } from '../../../shared/rules/failure-facts.ts'

/** Why a connection ended without the host, and why a read returned nothing (G-4.2-4, G-4.2-7, D-7). */
export const farEndGone = (farEnd: string): EndReason => ({
  finding: 'far-end-closed',
  sentence: `${farEnd} has closed the connection.`,
  rule: 'D-7',
  facts: [named(farEnd)]
})

/** The peer has reset the connection. `sentence` is that of the network. */
export const farEndReset = (farEnd: string, sentence: string): EndReason => ({
  finding: 'far-end-closed',
  sentence,
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

/** TCP did not take a send in time. The connection is ended, so that nothing of it arrives later (D-38). */
export const sendGivenUp = (farEnd: string, timeoutMs: number): EndReason => ({
  finding: 'far-end-stuck',
  sentence: `${farEnd} accepted no data for ${timeoutMs / 1000} s, so the module dropped the connection and the unsent data.`,
  rule: 'D-38',
  facts: [{ kind: 'timer', name: 'command', limitMs: timeoutMs }, named(farEnd)]
})

export const contextGone = (farEnd: string, cid: number): EndReason => ({
  finding: 'context-lost',
  sentence: `PDP context ${cid} went down, and the connection with it.`,
  rule: 'G-2.1-4',
  facts: [named(farEnd), { kind: 'context', id: cid, apn: null }]
})

/** A failure during data transfer (D-27). */
export function brokenBy({ finding, sentence, rule, facts }: CommandFailure): EndReason {
  const failure = { finding: finding ?? null, sentence, rule, facts: facts ?? [] }
  return { finding: 'connection-broken', sentence, rule, facts: facts ?? [], failure }
}

/** A read timed out. */
export const nothingCame = (timeoutMs: number): EndReason => ({
  finding: 'read-timeout',
  sentence: `Nothing came for ${timeoutMs / 1000} s.`,
  rule: 'G-4.2-7',
  facts: [{ kind: 'timer', name: 'command', limitMs: timeoutMs }]
})

/** The same end, for a read that waited. */
export const readEnded = (because: EndReason): EndReason => ({ ...because, finding: 'read-disconnected' })

export const named = (name: string): FailureFact => ({ kind: 'far-end', name })
