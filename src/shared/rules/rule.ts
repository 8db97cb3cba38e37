/**
 * What the module is built to: the rules of the SSL/TLS User Guide (`G-<chapter>-<n>`), the decisions where sources
 * differ or are silent (`D-<n>`), and findings from outside (`M-<n>`), each in one sentence. Tests cite the ids. The
 * conformance report, the explanations and the command matrix use them.
 */
export interface Rule {
  readonly id: string
  /** The chapter of the guide that it is from or about; `null` for none. */
  readonly chapter: string | null
  readonly sentence: string
  readonly confidence: Confidence
}

/** `ours`: no source states it, but the simulator needed an answer. */
export type Confidence = 'documented' | 'seen' | 'inferred' | 'ours'
