import type { NetworkConditions } from '../hardware/network-conditions.ts'
import type { SecuritySlot } from '../hardware/security-slots.ts'

/**
 * What a failure knows beside its sentence, as values: what the check compared, not what it says about it. A sentence
 * is for people and may change; explanations, pictures and tests read these.
 */
export type FailureFact =
  /** A certificate that was looked at, and where it stood in what the far end sent; `position` null: it is the stored one. */
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
  /** What the module's clock chip said when it judged, milliseconds since 1970 UTC. */
  | { readonly kind: 'clock'; readonly clockMs: number }
  /** `server`: what the far end took, or null where it does not say what it has. */
  | { readonly kind: 'suites'; readonly offered: readonly string[]; readonly server: readonly string[] | null }
  /** `got` null: the far end does not say which it speaks. */
  | { readonly kind: 'version'; readonly offered: string; readonly got: string | null }
  | { readonly kind: 'size'; readonly label: string; readonly gotBytes: number; readonly limitBytes: number }
  | { readonly kind: 'timer'; readonly name: string; readonly limitMs: number }
  /** A slot of #SSLSECDATA. `strayBytes`: how many bytes in it should not be there. */
  | { readonly kind: 'slot'; readonly slot: SecuritySlot; readonly storedBytes: number; readonly strayBytes: number }
  | {
      readonly kind: 'alert'
      readonly name: string
      readonly direction: 'sent' | 'received'
      readonly expected: string
    }
  /** The stored client certificate was kept back: a clause that says why. */
  | { readonly kind: 'withheld'; readonly reason: string }
  | { readonly kind: 'far-end'; readonly name: string }
  /** An AT instance that has what was asked for. */
  | { readonly kind: 'owner'; readonly instance: number }
  | { readonly kind: 'context'; readonly id: number; readonly apn: string | null }
  | { readonly kind: 'reply'; readonly asked: string; readonly code: number; readonly text: string }
  | { readonly kind: 'data'; readonly label: string; readonly bytes: number }
  /** A parameter that the command does not take so; `name` null: more were given than there are. What was given is in the failure's `got`. */
  | { readonly kind: 'parameter'; readonly name: string | null }
  /** A network condition that somebody set, and that refused this; `seq`: the event of the act. */
  | { readonly kind: 'network-act'; readonly condition: keyof NetworkConditions; readonly seq: number }
  /** The APNs that the network had when it refused one. */
  | { readonly kind: 'apns'; readonly known: readonly string[] }
  /** What was wrong with user and password: nothing was shown, the user, or the password alone. */
  | { readonly kind: 'credentials'; readonly wrong: 'nothing-shown' | 'user' | 'password' }

export type FailureFactKind = FailureFact['kind']

/** The fact of a kind, or null when the failure does not have it. */
export function factOf<K extends FailureFactKind>(
  facts: readonly FailureFact[] | undefined,
  kind: K
): Extract<FailureFact, { kind: K }> | null {
  return (facts?.find((fact) => fact.kind === kind) as Extract<FailureFact, { kind: K }> | undefined) ?? null
}

/**
 * How things stood when a failure was reported, recorded with it: what is told of a failure is told from this and from earlier
 * events, so that it never changes when things are changed later. No secret is in it.
 */
export interface FailureMoment {
  readonly product: string
  readonly software: string
  /** State of the chart `registration`. */
  readonly registration: string
  readonly attached: boolean
  /** As +CSQ gives it. */
  readonly signalQuality: number
  /** Whether there was no coverage at all. */
  readonly outOfReach: boolean
  /** The event of the act that made registration as it was; `null` where nobody acted or the network admits the module. */
  readonly networkAct: number | null
  readonly sim: { readonly state: string; readonly pinTriesLeft: number; readonly pukTriesLeft: number }
  readonly ssl: {
    readonly owner: number | null
    readonly authMode: number
    readonly heldBytes: number
    readonly sessionKept: boolean
    /** The far end of the newest handshake; `null` while there was none. */
    readonly farEnd: string | null
    /** Why the last dial or connection had failed, one sentence; `null` where none had. */
    readonly lastFailure: string | null
  }
  /** Subject of each stored certificate; `null` where there is none. */
  readonly subjects: { readonly 'ca-certificate': string | null; readonly 'client-certificate': string | null }
  /** Whether #FTPCFG asks for TLS. */
  readonly ftps: boolean
}

/**
 * What was found, where the +CME error alone does not tell: several of these end in one error. An explanation exists for
 * each (`explain/`). A failure without one is explained by its error.
 */
export type Finding =
  // Certificates of the far end (D-26)
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
  // The way to the far end
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
  // The AT line
  | 'unknown-command'
  | 'bad-parameter'
  | 'no-such-form'
  | 'line-too-long'
  | 'nothing-entered'
  | 'entry-timeout'
  | 'bad-syntax'
  // The socket
  | 'no-kept-session'
  | 'session-refused'
  | 'session-not-offered'
  | 'illegal-state'
  // Ends that nobody asked for, and answers that are no error
  | 'far-end-closed'
  | 'max-to'
  | 'read-timeout'
  | 'read-disconnected'
  | 'ring-kept'
  | 'connection-broken'
  | 'transfer-over'
  | 'transfer-refused'

/** Why a result that is no error is news all the same: NO CARRIER, OK after TIMEOUT or DISCONNECTED, a fast dial that was none. */
export interface EndReason {
  readonly finding: Finding
  readonly sentence: string
  readonly rule: string | null
  readonly facts: readonly FailureFact[]
  /** The failure that ended it, where one did: it says more. */
  readonly failure?: {
    readonly finding: Finding | null
    readonly sentence: string
    readonly facts: readonly FailureFact[]
    readonly rule: string | null
  }
}
