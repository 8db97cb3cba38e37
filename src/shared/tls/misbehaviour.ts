import type { SeenByHost } from '../rules/errors.ts'
import type { AlertName } from './alerts.ts'
import type { TlsBlame } from './failure.ts'

/**
 * The ways in which a TLS server of the lab can misbehave on demand, and what the module's client answers to each. The
 * page docs/tls-misbehaviour.md is made of this table, and a test plays every line of it.
 */
export interface TlsMisbehaviour {
  /** How scenarios and the lab call it. */
  readonly name: string
  /** What the server does, for people. */
  readonly sentence: string
  readonly fault: TlsFault
  readonly answer: MisbehaviourAnswer
}

/** What the client does: in auth mode 1, with the authority stored that issued the lab's usual certificate. */
export type MisbehaviourAnswer =
  /** It ends the connection; `alert` is what it sends, or where the blame is `alert-received` what it got. */
  | { readonly kind: 'fails'; readonly blame: TlsBlame; readonly alert: AlertName | null; readonly inTransfer: boolean }
  /** It waits: only the module's own timers end it (D-4). */
  | { readonly kind: 'waits' }
  /** It takes no harm; with a warning that it sends, or null. */
  | { readonly kind: 'goes on'; readonly warning: AlertName | null }

/** Where a fault strikes: before the server sends this, or once the handshake is complete. */
export type TlsStep =
  'ServerHello' | 'Certificate' | 'ServerHelloDone' | 'ChangeCipherSpec' | 'Finished' | 'application data'

export type TlsFault =
  /** Nothing is sent from this step on. */
  | { readonly kind: 'silence'; readonly at: TlsStep }
  /** TCP ends here, without close_notify. */
  | { readonly kind: 'close'; readonly at: TlsStep }
  /** Everything goes out in pieces of `pieceBytes`, one every `intervalMs`; kept by the owner, who has the clock (`drip`). */
  | { readonly kind: 'drip'; readonly pieceBytes: number; readonly intervalMs: number }
  | { readonly kind: 'alert'; readonly at: TlsStep; readonly isFatal: boolean; readonly alert: AlertName }
  /** A record of this much content, its own type and otherwise of zeros. */
  | {
      readonly kind: 'record'
      readonly at: TlsStep
      readonly contentType: 'handshake' | 'application_data'
      readonly contentBytes: number
    }
  | { readonly kind: 'change-cipher-spec'; readonly at: TlsStep }
  | { readonly kind: 'hello-request'; readonly at: TlsStep }
  /** The message loses its last byte, and its length says so. */
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
  /** Flights in records of this size: legal, and the undoing of many a client. */
  | { readonly kind: 'small-records'; readonly contentBytes: number }
  /** Another identity than the usual one, which the owner has made and hands in. */
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

/** What the host on the AT port sees of it (D-27, D-4). */
export function misbehaviourSeen(answer: MisbehaviourAnswer): SeenByHost {
  if (answer.kind === 'waits')
    return { error: null, more: 'the result of its own timers: 839 in the handshake, nothing in transfer' }
  if (answer.kind === 'goes on') return { error: null, more: 'nothing' }
  if (!answer.inTransfer) return { error: 'sslHandshake', more: '' }
  return answer.blame === 'transport'
    ? { error: null, more: 'NO CARRIER' }
    : { error: 'sslEncryption', more: '; online: NO CARRIER' }
}
