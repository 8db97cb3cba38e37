import type { CmeErrorName } from '../rules/errors.ts'

/**
 * Why something failed, as one value that a window can draw and a test can read: what was asked, what happened with the
 * values that were there, the rule, and what mends it. Plain JSON; every number named `seq` is an event of the timeline.
 */
export interface Explanation {
  /** What kind of failure it is: `server-certificate-expired`. Stable, for tests and for what a window draws beside it. */
  readonly id: ExplanationId
  /** The event that is explained. */
  readonly seq: number
  /** A finding in a few words, without a full stop: `The server's certificate has expired`. */
  readonly title: string
  readonly error: ExplainedError | null
  readonly asked: Asked
  /** In the order in which it happened; two or three sentences. */
  readonly happened: readonly Happening[]
  readonly values: readonly ComparedValue[]
  readonly picture: Picture | null
  readonly rule: ExplainedRule | null
  /** Best first. Never empty. */
  readonly remedies: readonly Remedy[]
  /** The events that led here, root first; the last is `seq`. */
  readonly chain: readonly number[]
  /** What of the board it touches, the most to blame first. */
  readonly parts: readonly BoardPart[]
}

/** `server-certificate-expired` and the like; see the builders in this folder. */
export type ExplanationId = string

export interface ExplainedError {
  /** Null where the answer is a plain ERROR whatever +CMEE says (D-22). */
  readonly name: CmeErrorName | null
  readonly code: number | null
  readonly text: string
  /** The line as it stood on the wire: `+CME ERROR: 839`, `ERROR`, `NO CARRIER`. */
  readonly answer: string
}

export interface Asked {
  readonly sentence: string
  readonly seq: number | null
  /** The command line that the sentence begins with; absent where it begins with none. */
  readonly line?: string
}

export interface Happening {
  readonly sentence: string
  /** The event that shows it; null where none does. */
  readonly seq: number | null
  /** The picture shows all of it, so a window may draw the picture in place of the sentence. */
  readonly isPictured?: true
}

/** Both as they are written for people, with their units; null: nothing was. */
export interface ComparedValue {
  readonly label: string
  readonly expected: string | null
  readonly got: string | null
}

export interface ExplainedRule {
  readonly id: string
  /** `Guide 3.3`, `Decision on guide 4.3`, `RFC 2246 7.4.1.3`, `AT reference 8`. */
  readonly where: string
  /** In the simulator's own words; empty where only the place is known (an RFC section). */
  readonly text: string
}

export interface Remedy {
  readonly sentence: string
  /** AT commands to send in this order; empty where none helps. `<…>` stands for what only its owner knows: a PIN, a certificate. */
  readonly commands: readonly string[]
  /** The AT instance of each command, where it is not the one that failed. */
  readonly instances?: readonly number[]
  /** Typed as it is after the last command, at the prompt that it gives or at one that waits: `<…>` and Ctrl-Z. */
  readonly entry?: string
  /** What has to be done on the board instead of or before the commands. */
  readonly act?: BoardAct
  /** Said first when it weakens security: `Bench only: …`. */
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

/** A small drawing, where one says it best. */
export type Picture =
  /** A certificate's validity as a line, with the clock that judged it. */
  | {
      readonly kind: 'validity'
      readonly subject: string
      readonly notBeforeMs: number
      readonly notAfterMs: number
      readonly clockMs: number
    }
  /** `server` null: the server did not say what it has. */
  | { readonly kind: 'suites'; readonly offered: readonly string[]; readonly server: readonly string[] | null }
  | { readonly kind: 'size'; readonly label: string; readonly gotBytes: number; readonly limitBytes: number }
  | { readonly kind: 'timer'; readonly name: string; readonly limitMs: number; readonly elapsedMs: number }
  /** From the server's own certificate up; `ok` null: not looked at. */
  | {
      readonly kind: 'chain'
      readonly links: readonly { readonly subject: string; readonly issuer: string; readonly ok: boolean | null }[]
      readonly anchor: string | null
    }

/** The question of the moment, when nothing has failed: `Why are 176 bytes waiting?` */
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

/** Both answers of the Why panel: to what failed, and to what the moment asks. */
export interface WhyAnswer {
  readonly failure: Explanation | null
  readonly present: PresentQuestion | null
}
