import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason, FailureFact, Finding } from '../../../shared/rules/failure-facts.ts'
import type { SocketFailures } from '../sockets/failures.ts'
import type { ConnectionEnd, ExpiredWait } from '../tls-connection/contract.ts'

// The failures of plain sockets (at-reference 13, D-45, D-46, D-114).

/** #SCFG of a connection that is not closed, and #SD of one that is open. */
export const notClosed = (connId: number, state: string, command: '#SCFG' | '#SD' | '#SL'): CommandFailure =>
  hostFailure(command === '#SCFG' ? 'cannotSetUpSocket' : 'notSupported', `Connection ${connId} is ${state}.`, {
    expected: 'closed',
    got: state,
    rule: RULE,
    finding: 'socket-open',
    facts: [{ kind: 'socket', connId }]
  })

export const contextDown = (connId: number, cid: number): CommandFailure =>
  hostFailure('contextNotOpened', `Context ${cid} of connection ${connId} is not active.`, {
    expected: `AT#SGACT=${cid},1 before it`,
    rule: RULE,
    finding: 'context-not-active',
    facts: [
      { kind: 'socket', connId },
      { kind: 'context', id: cid, apn: null }
    ]
  })

export const elsewhere = (connId: number, owner: number): CommandFailure =>
  hostFailure('notAllowed', `Connection ${connId} was opened on AT instance ${owner}.`, {
    expected: `instance ${owner}`,
    rule: RULE,
    finding: 'socket-elsewhere',
    facts: [
      { kind: 'socket', connId },
      { kind: 'owner', instance: owner }
    ]
  })

/** D-45. */
export const nothingHeld = (connId: number): CommandFailure =>
  hostFailure('activationFailed', `Connection ${connId} holds no received data.`, {
    expected: 'received data',
    got: '0 bytes',
    rule: 'D-45',
    finding: 'socket-empty',
    facts: [{ kind: 'socket', connId }]
  })

export const notUdp = (connId: number): CommandFailure =>
  hostFailure('notSupported', `Connection ${connId} is no UDP socket.`, {
    expected: 'a UDP socket',
    got: 'TCP',
    rule: RULE,
    finding: 'socket-not-udp',
    facts: [{ kind: 'socket', connId }]
  })

export const noCaller = (connId: number, state: string): CommandFailure =>
  hostFailure('notSupported', `No caller waits at connection ${connId}; it is ${state}.`, {
    expected: 'SRING before it',
    got: state,
    rule: RULE,
    finding: 'socket-no-caller',
    facts: [{ kind: 'socket', connId }]
  })

export const alreadyListening = (connId: number, port: number): CommandFailure =>
  hostFailure('alreadyListening', `Connection ${connId} listens on port ${port} already.`, {
    expected: 'another connection and port',
    got: `port ${port}`,
    rule: RULE,
    finding: 'already-listening',
    facts: [{ kind: 'socket', connId }]
  })

export const oddHex = (got: string): CommandFailure =>
  hostFailure(null, 'The entry is not made of pairs of hexadecimal digits; nothing was sent.', {
    expected: 'two hexadecimal digits a byte',
    got,
    rule: RULE,
    finding: 'hex-wrong'
  })

/** #FRWL with an address or a mask that is none. */
export const badRule = (address: string | undefined, mask: string | undefined): CommandFailure =>
  hostFailure(null, 'A rule of #FRWL has a dotted address and a dotted mask.', {
    expected: '"<address>","<mask>"',
    got: [address, mask].filter((one) => one !== undefined).join(',') || 'nothing',
    rule: RULE,
    finding: 'bad-parameter',
    facts: [{ kind: 'parameter', name: address === undefined ? 'address' : 'mask' }]
  })

/** A byte was typed while #SD waited, and #SCFGEXT2 lets it abort. */
export const dialAborted = (connId: number, farEnd: string): EndReason => ({
  finding: 'dial-aborted',
  sentence: `The host typed while connection ${connId} was being opened to ${farEnd}, which aborts it.`,
  rule: RULE,
  facts: [
    { kind: 'socket', connId },
    { kind: 'far-end', name: farEnd }
  ]
})

/** #SO of a closed connection. */
export const notSuspended = (connId: number): EndReason => ({
  finding: 'socket-closed',
  sentence: `Connection ${connId} is closed.`,
  rule: RULE,
  facts: [{ kind: 'socket', connId }]
})

/** The failures of the data of a connection (D-114). */
export function dataFailures(connId: number): SocketFailures {
  const fact: FailureFact = { kind: 'socket', connId }
  return {
    disconnected: (facts) => ({
      ...hostFailure('remoteDisconnected', `The peer of connection ${connId} has closed.`, {
        rule: RULE,
        finding: 'far-end-closed',
        facts: [...facts, fact]
      }),
      blame: 'far-end'
    }),
    farEndStuck: (timeoutMs) => ({
      ...hostFailure('sendingFailed', `The peer took no data for ${timeoutMs / 1000} s.`, {
        rule: 'D-38',
        finding: 'far-end-stuck',
        facts: [{ kind: 'timer', name: 'command', limitMs: timeoutMs }, fact]
      }),
      blame: 'far-end'
    }),
    notConnected: () =>
      hostFailure('remoteDisconnected', `Connection ${connId} is not open.`, {
        expected: `AT#SD=${connId},… before it`,
        got: 'closed',
        rule: RULE,
        finding: 'socket-closed',
        facts: [fact]
      })
  }
}

/** How an opening can fail. */
export type OpeningEnd =
  | Extract<ConnectionEnd, { readonly kind: 'unresolved' | 'unreachable' | 'closed' }>
  | { readonly kind: 'expired'; readonly wait: Pick<ExpiredWait, 'kind' | 'limitMs'> }
  | { readonly kind: 'context-lost'; readonly cid: number }

/** Returns the failure of an opening: 558, 559, 560 or 556. */
export function openingFailure(end: OpeningEnd, connId: number, farEnd: string): CommandFailure {
  const of = (
    error: CommandFailure['error'],
    finding: Finding,
    sentence: string,
    facts: readonly FailureFact[] = []
  ): CommandFailure => ({
    ...hostFailure(error, sentence, {
      expected: 'an open connection',
      rule: RULE,
      finding,
      facts: [...facts, { kind: 'far-end', name: farEnd }, { kind: 'socket', connId }]
    }),
    blame: 'network'
  })
  switch (end.kind) {
    case 'unresolved':
      return of('cannotResolveName', 'name-unknown', end.sentence)
    case 'context-lost': {
      const sentence = `PDP context ${end.cid} went down.`
      return of('contextNotOpened', 'context-lost', sentence, [{ kind: 'context', id: end.cid, apn: null }])
    }
    case 'expired': {
      const { kind, limitMs } = end.wait
      const facts = [{ kind: 'timer', name: kind === 'name' ? 'command' : 'connTo', limitMs }] as const
      if (kind === 'name')
        return of('cannotResolveName', 'name-unknown', `No name server answered in ${limitMs / 1000} s.`, facts)
      return of('openingTimeout', 'tcp-silent', `${farEnd} did not answer in ${limitMs / 1000} s.`, facts)
    }
    case 'unreachable':
    case 'closed':
      return of('cannotOpenSocket', 'tcp-refused', end.sentence)
  }
}

/** The same failure as the reason of a NO CARRIER (D-46). */
export function asReason({ finding, sentence, rule, facts }: CommandFailure): EndReason {
  return { finding: finding ?? 'connection-broken', sentence, rule, facts: facts ?? [] }
}

const RULE = 'at-reference 13'
