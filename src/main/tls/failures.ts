import type { AlertName } from '../../shared/tls/alerts.ts'
import { TlsFailure } from '../../shared/tls/failure.ts'
import type { TlsFailureReason } from '../../shared/tls/failure.ts'

type Particulars = Partial<Pick<TlsFailureReason, 'expected' | 'got' | 'rule' | 'finding' | 'facts'>>

/** The peer violated the protocol. */
export function misbehaved(alert: AlertName, sentence: string, particulars: Particulars = {}): TlsFailure {
  return new TlsFailure({ blame: 'peer-misbehaved', alert, sentence, ...particulars })
}

/** The peer follows the protocol but lacks something that is needed. */
export function incompatible(alert: AlertName, sentence: string, particulars: Particulars = {}): TlsFailure {
  return new TlsFailure({ blame: 'peer-incompatible', alert, sentence, ...particulars })
}

export function unexpectedMessage(expected: string, got: string): TlsFailure {
  const sentence = `The peer sent ${got} where ${expected} was expected.`
  return misbehaved('unexpected_message', sentence, { expected, got, rule: 'RFC 2246 7.3' })
}

/** A message cannot be decoded: too short, too long, or a length out of range. */
export function decodeError(message: string, expected: string, got: string): TlsFailure {
  return misbehaved('decode_error', `${message} cannot be read: expected ${expected}, got ${got}.`, {
    expected,
    got,
    rule: 'RFC 2246 4.3'
  })
}

/** Something in the engine or the crypto library failed, and the peer may not be to blame. */
export function internalError(error: unknown): TlsFailure {
  const cause = error instanceof Error ? error.message : String(error)
  return misbehaved('internal_error', `The connection met something that the engine cannot handle: ${cause}.`)
}
