import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import { tlsCommandFailure } from '../ssl/failures.ts'
import type { ConnectionEnd, ExpiredWait } from '../tls-connection/contract.ts'
import { replyText, type Reply } from './reply.ts'

/**
 * The failures of FTP commands (at-reference 7 and 8). Which code belongs to which failure is inferred from their
 * names.
 */
export const notConnected = (): CommandFailure =>
  hostFailure('ftpNotConnected', 'There is no FTP session.', {
    expected: 'AT#FTPOPEN before it',
    rule: 'at-reference 8'
  })

export const connectedAlready = (server: string): CommandFailure =>
  hostFailure('ftpAlreadyConnected', `The FTP session with ${server} is open.`, {
    expected: 'AT#FTPCLOSE before it',
    rule: 'at-reference 8',
    facts: [{ kind: 'far-end', name: server }]
  })

export const usedByAnother = (owner: number | null): CommandFailure =>
  hostFailure('ftpUsedByOther', `AT instance ${owner} has the FTP session.`, {
    expected: `instance ${owner}`,
    rule: 'at-reference 8',
    ...(owner === null ? {} : { facts: [{ kind: 'owner', instance: owner }] as const })
  })

export const contextDown = (): CommandFailure =>
  hostFailure('ftpContextDown', 'Context 1 is not active.', {
    expected: 'AT#SGACT=1,1 before it',
    rule: 'at-reference 8'
  })

export const dataSocketOpen = (): CommandFailure =>
  hostFailure('ftpDataSocketOpen', 'A transfer in command mode is under way.', {
    expected: 'its end, or AT#FTPCLOSE',
    rule: 'at-reference 8'
  })

export const dataSocketClosed = (what: 'upload' | 'download', why: string | null): CommandFailure =>
  hostFailure('ftpDataSocketClosed', why ?? `No ${what} in command mode is under way.`, {
    expected: `${what === 'upload' ? 'AT#FTPPUT=…,1 or AT#FTPAPP=…,1' : 'AT#FTPGETPKT'} before it`,
    rule: 'at-reference 8'
  })

export const wrongState = (state: string): CommandFailure =>
  hostFailure('ftpWrongState', `The FTP session cannot do this now; it is ${state}.`, { rule: 'at-reference 8' })

export const nameUnknown = (sentence: string): CommandFailure => ({
  ...hostFailure('ftpCannotResolveName', sentence, { rule: 'at-reference 8' }),
  blame: 'network'
})

/** Returns a failure when a text has a line end, which would start another command at the server, or `null`. */
export const notOneLine = (...texts: readonly string[]): CommandFailure | null =>
  texts.some((text) => /[\0\r\n]/.test(text))
    ? hostFailure(null, 'What goes to the server has to be one line.', {
        expected: 'no line ends',
        rule: 'D-22',
        finding: 'bad-parameter'
      })
    : null

/** The server refused a command, or sent a reply that does not fit. */
export const refused = (what: string, reply: Reply): CommandFailure => ({
  ...badResponse(`The server answered ${what} with ${replyText(reply)}.`),
  got: String(reply.code),
  facts: [{ kind: 'reply', asked: what, code: reply.code, text: replyText(reply) }]
})

export const badResponse = (sentence: string): CommandFailure => ({
  ...hostFailure('ftpBadResponse', sentence, { rule: 'at-reference 8' }),
  blame: 'far-end'
})

export const noAnswer = (what: string, timeoutMs: number): CommandFailure => ({
  ...badResponse(`The server did not answer ${what} in ${timeoutMs / 1000} s.`),
  expected: `an answer within ${timeoutMs / 1000} s`,
  facts: [{ kind: 'timer', name: 'ftp', limitMs: timeoutMs }]
})

/** No record came in time, or the handshake as a whole took too long (D-4). */
export function handshakeExpired({ kind, limitMs }: ExpiredWait): CommandFailure {
  const silent: CommandFailure = {
    ...noAnswer('the handshake', limitMs),
    error: 'sslHandshake',
    finding: 'handshake-silent'
  }
  if (kind === 'silent') return silent
  return {
    ...silent,
    sentence: `The handshake was not complete after ${limitMs / 1000} s.`,
    expected: `a complete handshake within ${limitMs / 1000} s`,
    rule: 'D-4',
    finding: 'handshake-slow'
  }
}

/** Returns the end of a connection as a failure of the command that needed it. */
export function connectionFailure(end: ConnectionEnd, connection: 'control' | 'data'): CommandFailure {
  if (end.kind === 'tls') return tlsCommandFailure(end.facts)
  if (end.kind === 'closed') return badResponse(end.sentence)
  if (end.kind === 'unresolved') return nameUnknown(end.sentence)
  const error = connection === 'control' ? 'ftpCannotConnect' : 'ftpGeneric'
  return {
    ...hostFailure(error, end.sentence, { expected: 'a TCP connection', rule: 'at-reference 8' }),
    blame: 'network'
  }
}

/** Returns why NO CARRIER ends an incomplete transfer. */
export function fileLost(
  { finding, sentence, rule, facts = [] }: CommandFailure,
  how: 'transfer-refused' | 'transfer-over'
): EndReason {
  return { finding: how, sentence, rule, facts, failure: { finding: finding ?? null, sentence, rule, facts } }
}
