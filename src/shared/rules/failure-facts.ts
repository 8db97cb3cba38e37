import type { NetworkConditions } from '../hardware/network-conditions.ts'
import type { SecuritySlot } from '../hardware/security-slots.ts'

/**
 * A value that a failure carries besides its sentence. Sentences are for people and may change; explanations, pictures
 * and tests use these values.
 */
export type FailureFact =
  /** A certificate that was checked, with its position in what the server sent; `null` for the stored one. */
  | {
      readonly kind: 'certificate'
      readonly position: number | null
      readonly subject: string
      readonly issuer: string
      readonly notBeforeMs: number
      readonly notAfterMs: number
      readonly bytes: number
      readonly signature: string
    }
  /** The time of the clock chip at the check, in milliseconds since 1970 UTC. */
  | { readonly kind: 'clock'; readonly clockMs: number }
  /** `server`: the suite that the server chose, or `null` when it is not known. */
  | { readonly kind: 'suites'; readonly offered: readonly string[]; readonly server: readonly string[] | null }
  /** `got`: the version of the server, or `null` when it is not known. */
  | { readonly kind: 'version'; readonly offered: string; readonly got: string | null }
  | { readonly kind: 'size'; readonly label: string; readonly gotBytes: number; readonly limitBytes: number }
  | { readonly kind: 'timer'; readonly name: string; readonly limitMs: number }
  /** A slot of #SSLSECDATA. `strayBytes`: number of bytes that should not be in it. */
  | { readonly kind: 'slot'; readonly slot: SecuritySlot; readonly storedBytes: number; readonly strayBytes: number }
  | {
      readonly kind: 'alert'
      readonly name: string
      readonly direction: 'sent' | 'received'
      readonly expected: string
    }
  /** Why the stored client certificate was not sent, as a clause. */
  | { readonly kind: 'withheld'; readonly reason: string }
  | { readonly kind: 'far-end'; readonly name: string }
  /** The AT instance that owns what was asked for. */
  | { readonly kind: 'owner'; readonly instance: number }
  | { readonly kind: 'context'; readonly id: number; readonly apn: string | null }
  | { readonly kind: 'reply'; readonly asked: string; readonly code: number; readonly text: string }
  | { readonly kind: 'data'; readonly label: string; readonly bytes: number }
  /**
   * A parameter with a wrong value; `name` is `null` when there were too many. The given value is in `got` of the
   * failure.
   */
  | { readonly kind: 'parameter'; readonly name: string | null }
  /** The plain socket that the failure is about. */
  | { readonly kind: 'socket'; readonly connId: number }
  /** A network condition that a person set and that caused the refusal. `seq`: the event of the act. */
  | { readonly kind: 'network-act'; readonly condition: keyof NetworkConditions; readonly seq: number }
  /** The APNs that the network had when it refused one. */
  | { readonly kind: 'apns'; readonly known: readonly string[] }
  /** What was wrong with user and password: neither was sent, the user, or only the password. */
  | { readonly kind: 'credentials'; readonly wrong: 'nothing-shown' | 'user' | 'password' }

export type FailureFactKind = FailureFact['kind']

/** Returns the fact of a kind, or `null` when the failure has none. */
export function factOf<K extends FailureFactKind>(
  facts: readonly FailureFact[] | undefined,
  kind: K
): Extract<FailureFact, { kind: K }> | null {
  return (facts?.find((fact) => fact.kind === kind) as Extract<FailureFact, { kind: K }> | undefined) ?? null
}

/**
 * The state when a failure was reported, recorded with it. Explanations use it and earlier events, so that they do not
 * change later. It contains no secret.
 */
export interface FailureMoment {
  readonly product: string
  readonly software: string
  /** State of the chart `registration`. */
  readonly registration: string
  readonly attached: boolean
  /** The value of +CSQ. */
  readonly signalQuality: number
  /** Whether there was no coverage. */
  readonly outOfReach: boolean
  /**
   * The event of the act that caused the state of registration; `null` when there was no act, or the module is
   * registered.
   */
  readonly networkAct: number | null
  readonly sim: { readonly state: string; readonly pinTriesLeft: number; readonly pukTriesLeft: number }
  readonly ssl: {
    readonly owner: number | null
    readonly authMode: number
    readonly heldBytes: number
    readonly sessionKept: boolean
    /** The server of the latest handshake; `null` before any. */
    readonly farEnd: string | null
    /** Why the last dial or connection failed, in one sentence, or `null`. */
    readonly lastFailure: string | null
  }
  /** Subjects of the stored certificates, or `null`. */
  readonly subjects: { readonly 'ca-certificate': string | null; readonly 'client-certificate': string | null }
  /** Whether #FTPCFG asks for TLS. */
  readonly ftps: boolean
}

/**
 * What was found, where several findings lead to the same +CME error. Each has an explanation (`explain/`). A failure
 * without a finding is explained by its error.
 */
export type Finding =
  // Certificates of the server (D-26)
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'certificate-too-large'
  | 'chain-not-trusted'
  | 'chain-in-circle'
  | 'certificate-self-signed'
  | 'signature-wrong'
  | 'signature-refused'
  | 'certificate-unusable'
  | 'critical-extension-refused'
  | 'not-an-authority'
  | 'key-not-rsa'
  // Handshake and records
  | 'no-common-suite'
  | 'suite-not-proposed'
  | 'version-refused'
  | 'client-certificate-wanted'
  | 'client-certificate-refused'
  | 'alert-received'
  | 'far-end-left'
  | 'handshake-silent'
  | 'handshake-slow'
  | 'processor-busy'
  | 'finished-wrong'
  | 'not-tls'
  | 'record-too-large'
  | 'record-damaged'
  | 'protocol-broken'
  // The module's own data (837)
  | 'slot-empty'
  | 'slot-stray-byte'
  | 'slot-cut-short'
  | 'slot-unreadable'
  | 'slot-der'
  | 'key-format'
  | 'key-mismatch'
  // The way to the server
  | 'tcp-refused'
  | 'tcp-silent'
  | 'far-end-stuck'
  | 'context-lost'
  | 'name-unknown'
  | 'context-not-defined'
  | 'context-not-active'
  | 'apn-refused'
  | 'no-such-network'
  | 'not-registered'
  // The AT port
  | 'unknown-command'
  | 'bad-parameter'
  | 'no-such-form'
  | 'line-too-long'
  | 'nothing-entered'
  | 'entry-timeout'
  | 'bad-syntax'
  // The SSL socket
  | 'no-kept-session'
  | 'session-refused'
  | 'session-not-offered'
  | 'illegal-state'
  // The plain sockets
  | 'socket-open'
  | 'socket-closed'
  | 'socket-empty'
  | 'socket-elsewhere'
  | 'socket-not-udp'
  | 'socket-no-caller'
  | 'already-listening'
  | 'no-socket-bound'
  | 'too-many-contexts'
  | 'hex-wrong'
  | 'dial-aborted'
  // Ends that the host did not ask for, and responses that are not errors
  | 'far-end-closed'
  | 'max-to'
  | 'read-timeout'
  | 'read-disconnected'
  | 'ring-kept'
  | 'connection-broken'
  | 'transfer-over'
  | 'transfer-refused'

/**
 * Why a result that is not an error needs an explanation: NO CARRIER, OK after TIMEOUT or DISCONNECTED, a fast dial
 * with a full handshake.
 */
export interface EndReason {
  readonly finding: Finding
  readonly sentence: string
  readonly rule: string | null
  readonly facts: readonly FailureFact[]
  /** The failure that caused the end, if any: it is more specific. */
  readonly failure?: {
    readonly finding: Finding | null
    readonly sentence: string
    readonly facts: readonly FailureFact[]
    readonly rule: string | null
  }
}
