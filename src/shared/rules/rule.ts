/**
 * What the module is built to: the rules drawn from the SSL/TLS User Guide (`G-<chapter>-<n>`), the decisions where
 * sources differ or are silent (`D-<n>`), and what trying it from outside showed to be wrong (`M-<n>`), each in one sentence.
 * Tests cite the ids; the conformance report, the explanations and the command matrix read them here.
 */
export interface Rule {
  readonly id: string
  /** Chapter of the guide; for a decision, the one it concerns. Null: the guide has none. */
  readonly chapter: string | null
  readonly sentence: string
  readonly confidence: Confidence
}

/** `ours`: nothing outside says so, the simulator needed an answer. */
export type Confidence = 'documented' | 'seen' | 'inferred' | 'ours'
