import type { FailureFact, Finding } from './failure-facts.ts'

/**
 * An error code (at-reference chapter 8, guide chapter 6). The +CME results, the help and the explanations use this
 * table.
 */
export interface CmeError {
  readonly code: number
  readonly text: string
  readonly confidence: 'documented' | 'seen' | 'inferred'
}

const documented = (code: number, text: string): CmeError => ({ code, text, confidence: 'documented' })
const seen = (code: number, text: string): CmeError => ({ code, text, confidence: 'seen' })
const inferred = (code: number, text: string): CmeError => ({ code, text, confidence: 'inferred' })

export const cmeErrors = {
  phoneFailure: documented(0, 'phone failure'),
  notAllowed: documented(3, 'operation not allowed'),
  notSupported: documented(4, 'operation not supported'),
  simNotInserted: documented(10, 'SIM not inserted'),
  simPinRequired: documented(11, 'SIM PIN required'),
  simPukRequired: documented(12, 'SIM PUK required'),
  simFailure: documented(13, 'SIM failure'),
  incorrectPassword: documented(16, 'incorrect password'),
  invalidIndex: documented(21, 'invalid index'),
  notFound: documented(22, 'not found'),
  memoryFailure: documented(23, 'memory failure'),
  noNetworkService: documented(30, 'no network service'),
  networkTimeout: documented(31, 'network timeout'),
  networkNotAllowed: documented(32, 'network not allowed - emergency calls only'),
  unknown: documented(100, 'unknown'),
  gprsNotAllowed: documented(107, 'GPRS service not allowed (#7)'),
  gprsUnspecified: documented(148, 'unspecified GPRS error'),
  pdpAuthentication: documented(149, 'PDP authentication failure'),
  ipGeneric: seen(550, 'generic undocumented error'),
  contextAlreadyActivated: seen(553, 'context already activated'),
  activationFailed: seen(555, 'activation failed'),
  contextNotOpened: seen(556, 'context not opened'),
  cannotSetUpSocket: seen(557, 'cannot setup socket'),
  cannotResolveName: seen(558, 'cannot resolve DN'),
  openingTimeout: seen(559, 'timeout in opening socket'),
  cannotOpenSocket: seen(560, 'cannot open socket'),
  remoteDisconnected: seen(561, 'remote disconnected or timeout'),
  sendingFailed: seen(563, 'tx error'),
  alreadyListening: seen(564, 'already listening'),
  serviceNotSupported: seen(569, 'service not supported'),
  // The 600-series was seen in drivers of later families. That these modules had it already is inferred (at-reference
  // 8).
  ftpGeneric: inferred(600, 'Generic undocumented error'),
  ftpWrongState: inferred(601, 'Wrong state'),
  ftpCannotActivate: inferred(602, 'Can not activate'),
  ftpCannotResolveName: inferred(603, 'Can not resolve name'),
  ftpControlSocket: inferred(604, 'Can not allocate control socket'),
  ftpCannotConnect: inferred(605, 'Can not connect control socket'),
  ftpBadResponse: inferred(606, 'Bad or no response from server'),
  ftpNotConnected: inferred(607, 'Not connected'),
  ftpAlreadyConnected: inferred(608, 'Already connected'),
  ftpContextDown: inferred(609, 'Context down'),
  ftpUsedByOther: inferred(612, 'Resource used by other instance'),
  ftpDataSocketOpen: inferred(613, 'Data socket yet opened in cmdmode'),
  ftpDataSocketClosed: inferred(614, 'FTP CmdMode data socket closed'),
  sslGeneric: documented(830, 'SSL generic error'),
  sslCannotActivate: documented(831, 'SSL cannot activate'),
  sslSocket: documented(832, 'SSL socket error'),
  sslNotConnected: documented(833, 'SSL not connected'),
  sslAlreadyConnected: documented(834, 'SSL already connected'),
  sslAlreadyActivated: documented(835, 'SSL already activated'),
  sslNotActivated: documented(836, 'SSL not activated'),
  sslSecurityData: documented(837, 'SSL certs and keys wrong or not stored'),
  sslEncryption: documented(838, 'SSL error enc/dec data'),
  sslHandshake: documented(839, 'SSL error during handshake'),
  sslDisconnected: documented(840, 'SSL disconnected')
} as const satisfies Record<string, CmeError>

export type CmeErrorName = keyof typeof cmeErrors

/** Values of +CMEE: ERROR, a number, words (G-6-1). */
export type ErrorReport = 0 | 1 | 2

/** Returns an error as the host reads it, without the frame of the line. */
export function errorAnswer(error: CmeErrorName, report: ErrorReport): string {
  const { code, text } = cmeErrors[error]
  return report === 0 ? 'ERROR' : `+CME ERROR: ${report === 1 ? code : text}`
}

/** What a host sees of a failure: an error in the form of +CMEE, and further words. */
export interface SeenByHost {
  readonly error: CmeErrorName | null
  /** Follows the error: `; once connected: NO CARRIER`. */
  readonly more: string
}

/** Returns the full name of an error, for forms that show only ERROR or a number. */
export function errorBehind(error: CmeErrorName, report: ErrorReport): string {
  const { code, text } = cmeErrors[error]
  return `Error ${code}, ${text}, as AT+CMEE=${report} has it told`
}

export function seenWords({ error, more }: SeenByHost, report: ErrorReport): string {
  return error === null ? more : `${errorAnswer(error, report)}${more}`
}

/**
 * Why a command failed. The +CME result, the timeline and the explanation are derived from it. `error` is `null` for an
 * ERROR that does not depend on +CMEE (D-22).
 */
export interface CommandFailure {
  readonly error: CmeErrorName | null
  /** Who must change something. */
  readonly blame: 'host' | 'module' | 'network' | 'far-end'
  /** In one sentence. */
  readonly sentence: string
  readonly expected: string | null
  readonly got: string | null
  /** The guide rule or decision, such as `G-3.1-2`. */
  readonly rule: string | null
  /** What was found, where the error alone is not specific. */
  readonly finding?: Finding
  /** The compared values. */
  readonly facts?: readonly FailureFact[]
}

export function hostFailure(
  error: CmeErrorName | null,
  sentence: string,
  facts: Partial<CommandFailure> = {}
): CommandFailure {
  return { error, blame: 'host', sentence, expected: null, got: null, rule: null, ...facts }
}

/** Final result codes with their numbers (at-reference 1.1). */
export const resultCodes = {
  OK: 0,
  CONNECT: 1,
  RING: 2,
  'NO CARRIER': 3,
  ERROR: 4
} as const

export type ResultWord = keyof typeof resultCodes
