/**
 * How long the network takes, module time in milliseconds. `quick` lets a fresh module register within 200 ms of its
 * power-on (D-29) and keeps the order of things; `real` is what modules take in the field, below the limits that
 * at-reference 9 gives (+COPS 180 s, +CGATT 10 s, #SGACT 150 s, list of operators 30 s). Confidence: inferred.
 */
export interface NetworkDelays {
  /** From the search to the network's answer. */
  readonly registrationMs: number
  readonly deregistrationMs: number
  readonly attachMs: number
  readonly detachMs: number
  readonly activationMs: number
  readonly deactivationMs: number
  /** The list of operators in reach. */
  readonly surveyMs: number
  /** Until a module notices that the cell is gone, or hears what a cell announces. */
  readonly noticeMs: number
}

export const networkDelays: Readonly<Record<'quick' | 'real', NetworkDelays>> = {
  quick: {
    registrationMs: 60,
    deregistrationMs: 10,
    attachMs: 15,
    detachMs: 10,
    activationMs: 20,
    deactivationMs: 10,
    surveyMs: 50,
    noticeMs: 20
  },
  real: {
    registrationMs: 4000,
    deregistrationMs: 800,
    attachMs: 1500,
    detachMs: 700,
    activationMs: 1800,
    deactivationMs: 600,
    surveyMs: 24_000,
    noticeMs: 5000
  }
}
