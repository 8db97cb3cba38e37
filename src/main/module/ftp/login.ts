import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { Control } from './control.ts'
import { badResponse, refused } from './failures.ts'
import type { Reply } from './reply.ts'

/**
 * Logs in, from the greeting to a session that takes commands, in this order (RFC 4217 4, 8 and 9; G-5-2; explicit on
 * every port, D-16):
 * 1. AUTH TLS and the handshake, if FTPS is on;
 * 2. USER and PASS, now encrypted;
 * 3. PBSZ 0 and PROT P, to protect data connections (G-5-3);
 * 4. TYPE I, so that files are transferred byte for byte unless #FTPTYPE changes it.
 */
export function logIn(control: Control, request: LoginRequest, events: LoginEvents): void {
  const { user, password, secure } = request

  const step = (line: string, shown: string, next: (reply: Reply) => void, isFine: (code: number) => boolean): void =>
    control.ask(line, (reply) => (isFine(reply.code) ? next(reply) : events.failed(refused(shown, reply))), { shown })

  const authenticate = (): void =>
    step(
      'AUTH TLS',
      'AUTH TLS',
      () => {
        events.securing()
        control.secure(secure!, () => {
          events.secured()
          giveUser()
        })
      },
      (code) => code === 234
    )

  const giveUser = (): void =>
    step(
      `USER ${user}`,
      `USER ${MASK}`,
      (reply) => (reply.code === NEEDS_PASSWORD ? givePassword() : protect()),
      (code) => code === 230 || code === 232 || code === NEEDS_PASSWORD
    )

  const givePassword = (): void =>
    step(`PASS ${password}`, `PASS ${MASK}`, protect, (code) => code === 230 || code === 202)

  const protect = (): void => {
    if (!secure) return chooseType()
    step('PBSZ 0', 'PBSZ 0', () => step('PROT P', 'PROT P', chooseType, isPositive), isPositive)
  }

  const chooseType = (): void => control.ask('TYPE I', (reply) => events.loggedIn(isPositive(reply.code)))

  if (secure) authenticate()
  else {
    events.greeted()
    giveUser()
  }
}

/** Returns a failure unless the greeting is 220, after any number of 120 (RFC 959 5.4). */
export function greetingFailure(reply: Reply): CommandFailure | null {
  return reply.code === 220 ? null : badResponse(`The server does not want to serve: ${reply.lines[0]}.`)
}

export interface LoginRequest {
  readonly user: string
  readonly password: string
  /** `null` for plain FTP. */
  readonly secure: SecureClientRequest | null
}

export interface LoginEvents {
  /** The server has sent its greeting; user and password follow in plain text. */
  greeted(): void
  securing(): void
  secured(): void
  /** `binary`: whether the server accepted TYPE I. */
  loggedIn(binary: boolean): void
  failed(failure: CommandFailure): void
}

const isPositive = (code: number): boolean => code >= 200 && code < 300
const NEEDS_PASSWORD = 331
/** Replaces user and password on the timeline. */
const MASK = '***'
