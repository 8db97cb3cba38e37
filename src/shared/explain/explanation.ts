import type { CmeErrorName } from '../rules/errors.ts'

/**
 * Why something failed, as a value for the window and for tests: what was asked, what happened with which values, the
 * rule, and how to fix it. Plain JSON. A number named `seq` is an event of the timeline.
 */
export interface Explanation {
  /** The kind of failure: `server-certificate-expired`. Stable, since tests and pictures depend on it. */
  readonly id: ExplanationId
  /** The explained event. */
  readonly seq: number
  /** A title of a few words, without a full stop: `The server's certificate has expired`. */
  readonly title: string
  readonly error: ExplainedError | null
  readonly asked: Asked
  /** What happened, in order, in two or three sentences. */
  readonly happened: readonly Happening[]
  readonly values: readonly ComparedValue[]
  readonly picture: Picture | null
  readonly rule: ExplainedRule | null
  /** The best first. Never empty. */
  readonly remedies: readonly Remedy[]
  /** The events that caused it, root first; the last is `seq`. */
  readonly chain: readonly number[]
  /** The parts of the board that are involved, the most relevant first. */
  readonly parts: readonly BoardPart[]
}

/** Such as `server-certificate-expired`; see the builders in this folder. */
export type ExplanationId = string

export interface ExplainedError {
  /** `null` where the response is ERROR for all values of +CMEE (D-22). */
  readonly name: CmeErrorName | null
  readonly code: number | null
  readonly text: string
  /** The line as sent to the host: `+CME ERROR: 839`, `ERROR`, `NO CARRIER`. */
  readonly answer: string
}

export interface Asked {
  readonly sentence: string
  readonly seq: number | null
  /** The command line at the start of the sentence, if it starts with one. */
  readonly line?: string
}

export interface Happening {
  readonly sentence: string
  /** The event that shows it, or `null`. */
  readonly seq: number | null
  /** Set when the picture shows all of it, so that a window may show the picture instead of the sentence. */
  readonly isPictured?: true
}

/** Two values in words, with their units; `null` when there was none. */
export interface ComparedValue {
  readonly label: string
  readonly expected: string | null
  readonly got: string | null
}

export interface ExplainedRule {
  readonly id: string
  /** Such as `Guide 3.3`, `Decision on guide 4.3`, `RFC 2246 7.4.1.3`, `AT reference 8`. */
  readonly where: string
  /** The rule in the simulator's words; empty where only the place is known (an RFC section). */
  readonly text: string
}

export interface Remedy {
  readonly sentence: string
  /**
   * AT commands to send in this order; may be empty. `<…>` stands for something that only the person knows: a PIN, a
   * certificate.
   */
  readonly commands: readonly string[]
  /** The AT instance of each command, if it is not the one that failed. */
  readonly instances?: readonly number[]
  /** What to enter after the last command, at its prompt or at one that is open: `<…>` and Ctrl-Z. */
  readonly entry?: string
  /** What to do on the board, instead of or before the commands. */
  readonly act?: BoardAct
  /** Shown first when the remedy weakens security: `Bench only: …`. */
  readonly warning?: string
}

export type BoardAct =
  | 'press-on'
  | 'plug-in'
  | 'insert-sim'
  | 'exchange-sim'
  | 'set-clock'
  | 'restore-network'
  | 'allow-packet-service'
  | 'change-apns'
  | 'choose-product'
  | 'mend-far-end'
  | 'mend-nvm'

export type BoardPart =
  | 'clock'
  | 'nvm:ca-certificate'
  | 'nvm:client-certificate'
  | 'nvm:private-key'
  | 'ssl'
  | 'pdp'
  | 'registration'
  | 'sim'
  | 'power'
  | 'timer:pktSize'
  | 'timer:txTo'
  | 'timer:maxTo'
  | 'timer:command'
  | 'timer:handshake'
  | 'at'
  | 'ftp'
  | 'far-end'
  | 'network'
  | 'handshake'

/** A small picture for failures that are best shown as one. */
export type Picture =
  /** A certificate's validity as a line, with the clock that judged it. */
  | {
      readonly kind: 'validity'
      readonly subject: string
      readonly notBeforeMs: number
      readonly notAfterMs: number
      readonly clockMs: number
    }
  /** `server` is `null` when the server did not tell its suites. */
  | { readonly kind: 'suites'; readonly offered: readonly string[]; readonly server: readonly string[] | null }
  | { readonly kind: 'size'; readonly label: string; readonly gotBytes: number; readonly limitBytes: number }
  | { readonly kind: 'timer'; readonly name: string; readonly limitMs: number; readonly elapsedMs: number }
  /** From the server's own certificate up. `ok` is `null` when it was not checked. */
  | {
      readonly kind: 'chain'
      readonly links: readonly { readonly subject: string; readonly issuer: string; readonly ok: boolean | null }[]
      readonly anchor: string | null
    }

/** The question of the moment when nothing has failed: `Why are 176 bytes waiting?` */
export interface PresentQuestion {
  readonly id: string
  /** With its question mark. */
  readonly title: string
  readonly answer: readonly string[]
  readonly values: readonly ComparedValue[]
  readonly picture: Picture | null
  readonly remedies: readonly Remedy[]
  readonly parts: readonly BoardPart[]
}

/** The two answers in the panel Why: about the last failure and about the present moment. */
export interface WhyAnswer {
  readonly failure: Explanation | null
  readonly present: PresentQuestion | null
}
