import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'
import type { FailureFact, Finding } from '../../../shared/rules/failure-facts.ts'
import type { ConnectionEnd, ExpiredWait } from '../tls-connection/contract.ts'
import { tlsCommandFailure } from './failures.ts'

/** Returns the failure of a dial, or of the open socket, from the end of its connection (D-27). */
export function dialFailure(end: DialEnd, host: string, peer: string): CommandFailure {
  const failure = failureOf(end, host, peer)
  return { ...failure, facts: [...(failure.facts ?? []), { kind: 'far-end', name: peer }] }
}

/** How a connection can fail. That the peer closes an open one is not a failure. */
export type DialEnd =
  | Exclude<ConnectionEnd, { readonly kind: 'closed' }>
  | { readonly kind: 'expired'; readonly wait: ExpiredWait }
  | { readonly kind: 'context-lost'; readonly sentence: string }

function failureOf(end: DialEnd, host: string, peer: string): CommandFailure {
  switch (end.kind) {
    case 'unresolved':
      return unresolved(end.sentence)
    case 'unreachable':
      return unreachable(end.sentence, 'tcp-refused')
    case 'context-lost':
      return unreachable(end.sentence, 'context-lost')
    case 'tls':
      return tlsCommandFailure(end.facts)
    case 'expired':
      return expired(end.wait, host, peer)
  }
}

function expired({ kind, limitMs, cpuBusy }: ExpiredWait, host: string, peer: string): CommandFailure {
  const limitS = limitMs / 1000
  const facts = [{ kind: 'timer', name: 'handshake', limitMs }] as const
  if (kind === 'name') return unresolved(`No name server answered for ${host} in ${limitS} s.`, facts)
  if (kind === 'tcp') return unreachable(`${peer} did not answer in ${limitS} s.`, 'tcp-silent', facts)
  if (cpuBusy) {
    const slow = `The processor was still busy with the certificates of ${peer} when the ${limitS} s of the handshake were over.`
    const busy = {
      expected: `an answer within ${limitS} s`,
      got: 'a busy processor',
      rule: 'G-4.1-6',
      finding: 'processor-busy',
      facts
    } as const
    return { ...hostFailure('sslHandshake', slow, busy), blame: 'module' }
  }
  const failure =
    kind === 'silent'
      ? hostFailure('sslHandshake', `No whole record came from ${peer} for ${limitS} s during the handshake.`, {
          expected: `a record within ${limitS} s`,
          rule: 'G-4.1-5',
          finding: 'handshake-silent',
          facts
        })
      : hostFailure('sslHandshake', `The handshake with ${peer} was not complete after ${limitS} s.`, {
          expected: `a complete handshake within ${limitS} s`,
          rule: 'D-4',
          finding: 'handshake-slow',
          facts
        })
  return { ...failure, blame: 'far-end' }
}

function unresolved(sentence: string, facts: readonly FailureFact[] = []): CommandFailure {
  return {
    ...hostFailure('cannotResolveName', sentence, { rule: 'D-27', finding: 'name-unknown', facts }),
    blame: 'network'
  }
}

function unreachable(sentence: string, finding: Finding, facts: readonly FailureFact[] = []): CommandFailure {
  return {
    ...hostFailure('sslSocket', sentence, { expected: 'a TCP connection', rule: 'D-27', finding, facts }),
    blame: 'network'
  }
}
