import type { SeenByHost } from '../rules/errors.ts'
import type { AlertName } from './alerts.ts'
import type { TlsBlame } from './failure.ts'

/**
 * A way in which a TLS server of the lab can misbehave, and the reaction of the module's client.
 * docs/tls-misbehaviour.md is made from this table, and a test plays every line.
 */
export interface TlsMisbehaviour {
  /** Its name in scenarios and the lab. */
  readonly name: string
  /** What the server does, in one sentence. */
  readonly sentence: string
  readonly fault: TlsFault
  readonly answer: MisbehaviourAnswer
}

/** The reaction of the client in authentication mode 1, with the CA stored that issued the lab's usual certificate. */
export type MisbehaviourAnswer =
  /** It ends the connection. `alert` is what it sends or, for blame `alert-received`, what it received. */
  | { readonly kind: 'fails'; readonly blame: TlsBlame; readonly alert: AlertName | null; readonly inTransfer: boolean }
  /** It waits: only the module's own timers end it (D-4). */
  | { readonly kind: 'waits' }
  /** It continues, with or without a warning that it sends. */
  | { readonly kind: 'goes on'; readonly warning: AlertName | null }

/** Where a fault strikes: before the server sends this, or after the handshake. */
export type TlsStep =
  'ServerHello' | 'Certificate' | 'ServerHelloDone' | 'ChangeCipherSpec' | 'Finished' | 'application data'

export type TlsFault =
  /** Nothing is sent from this step on. */
  | { readonly kind: 'silence'; readonly at: TlsStep }
  /** TCP ends here, without close_notify. */
  | { readonly kind: 'close'; readonly at: TlsStep }
  /**
   * Everything is sent in pieces of `pieceBytes`, one every `intervalMs`. Implemented by the owner, who has the clock
   * (`drip`).
   */
  | { readonly kind: 'drip'; readonly pieceBytes: number; readonly intervalMs: number }
  | { readonly kind: 'alert'; readonly at: TlsStep; readonly isFatal: boolean; readonly alert: AlertName }
  /** A record with so much content: its own type, then zeros. */
  | {
      readonly kind: 'record'
      readonly at: TlsStep
      readonly contentType: 'handshake' | 'application_data'
      readonly contentBytes: number
    }
  | { readonly kind: 'change-cipher-spec'; readonly at: TlsStep }
  | { readonly kind: 'hello-request'; readonly at: TlsStep }
  /** The message lacks its last byte, with a matching length. */
  | { readonly kind: 'truncated'; readonly at: 'ServerHello' | 'Certificate' }
  | {
      readonly kind: 'server-hello'
      readonly version?: number
      readonly suiteId?: number
      readonly compressionMethod?: number
    }
  | { readonly kind: 'wrong-finished' }
  | { readonly kind: 'bad-mac'; readonly at: 'Finished' | 'application data' }
  /** Only with a block cipher. */
  | { readonly kind: 'bad-padding'; readonly at: 'Finished' | 'application data' }
  /** Flights in records of this size: legal, but many clients fail. */
  | { readonly kind: 'small-records'; readonly contentBytes: number }
  /** An identity other than the usual one, made and passed in by the owner. */
  | { readonly kind: 'identity'; readonly identity: MisfitIdentity }

export type MisfitIdentity =
  | 'expired'
  | 'not-yet-valid'
  | 'other-authority'
  | 'self-signed'
  | 'key-of-another'
  | 'ec-key'
  | 'sha256-chain'
  | 'none'

/** Returns what the host on the AT port sees (D-27, D-4). */
export function misbehaviourSeen(answer: MisbehaviourAnswer): SeenByHost {
  if (answer.kind === 'waits')
    return { error: null, more: 'the result of its own timers: 839 in the handshake, nothing in transfer' }
  if (answer.kind === 'goes on') return { error: null, more: 'nothing' }
  if (!answer.inTransfer) return { error: 'sslHandshake', more: '' }
  return answer.blame === 'transport'
    ? { error: null, more: 'NO CARRIER' }
    : { error: 'sslEncryption', more: '; online: NO CARRIER' }
}
