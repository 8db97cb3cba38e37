import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'
import type { FailureFact } from '../../../shared/rules/failure-facts.ts'
import type { TlsFailureFacts } from '../../../shared/tls/failure.ts'

/** The failures of SSL commands (D-14, D-27). */
export const notEnabled = (): CommandFailure =>
  hostFailure('sslNotActivated', 'SSL is not enabled.', { expected: 'AT#SSLEN=1,1 before it', rule: 'G-3.1-2' })

export const enabledAlready = (): CommandFailure =>
  hostFailure('sslAlreadyActivated', 'SSL is enabled already.', { rule: 'D-14' })

export const ownedByAnother = (owner: number | null): CommandFailure =>
  hostFailure('sslCannotActivate', `SSL is enabled on AT instance ${owner}.`, {
    expected: `instance ${owner}`,
    rule: 'G-3.1-3',
    ...(owner === null ? {} : { facts: [{ kind: 'owner', instance: owner }] as const })
  })

export const openAlready = (farEnd: string): CommandFailure =>
  hostFailure('sslAlreadyConnected', `The socket is open to ${farEnd}.`, {
    expected: 'AT#SSLH=1 before it',
    rule: 'D-27',
    facts: [{ kind: 'far-end', name: farEnd }]
  })

export const contextDown = (): CommandFailure =>
  hostFailure('contextNotOpened', 'Context 1 is not active.', {
    expected: 'AT#SGACT=1,1 before it',
    rule: 'G-2.1-4',
    finding: 'context-not-active'
  })

export const notConnected = (): CommandFailure =>
  hostFailure('sslNotConnected', 'The SSL socket is not open.', { expected: 'AT#SSLD before it', rule: 'D-27' })

/** `loss`: why the kept session was lost, if its connection is the reason (D-24). */
export const noSession = (loss: string | null): CommandFailure =>
  hostFailure('sslGeneric', loss ?? 'No session is kept that could be resumed.', {
    expected: loss ? 'an end with close_notify' : 'closureType 1 at #SSLD or #SSLH',
    rule: loss ? 'D-24' : 'G-4.4-2',
    finding: 'no-kept-session'
  })

export const disconnected = (facts: readonly FailureFact[] = []): CommandFailure => ({
  ...hostFailure('sslDisconnected', 'The server has closed the connection.', { rule: 'D-7', facts }),
  blame: 'far-end'
})

export const farEndStuck = (timeoutMs: number): CommandFailure => ({
  ...hostFailure('sslSocket', `The server took no data for ${timeoutMs / 1000} s.`, {
    rule: 'D-38',
    finding: 'far-end-stuck',
    facts: [{ kind: 'timer', name: 'command', limitMs: timeoutMs }]
  }),
  blame: 'far-end'
})

/** Any other case: the chart has no transition for this command. */
export const illegalState = (state: string): CommandFailure => ({
  ...hostFailure('sslGeneric', `The SSL socket cannot do this now; it is ${state}.`, {
    rule: 'D-27',
    finding: 'illegal-state'
  }),
  blame: 'module'
})

/**
 * Returns a TLS failure as that of the command. The +CME error depends on who is to blame, and when it happened (D-27).
 */
export function tlsCommandFailure({
  blame,
  inTransfer,
  sentence,
  expected,
  got,
  rule,
  finding,
  facts
}: TlsFailureFacts): CommandFailure {
  const found = { sentence, expected, got, rule, ...(finding ? { finding } : {}), ...(facts ? { facts } : {}) }
  if (blame === 'own-data') return { error: 'sslSecurityData', blame: 'host', ...found }
  return { error: inTransfer ? 'sslEncryption' : 'sslHandshake', blame: 'far-end', ...found }
}
