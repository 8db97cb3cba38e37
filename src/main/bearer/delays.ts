/**
 * How long the network takes, in milliseconds of module time. With `quick`, a fresh module registers within 200 ms of
 * its power-on (D-29), in the same order of steps. `real` is what modules take in the field, below the limits of
 * at-reference 9 (+COPS 180 s, +CGATT 10 s, #SGACT 150 s, list of operators 30 s). Confidence: inferred.
 */
export interface NetworkDelays {
  /** From the start of the search to the answer of the network. */
  readonly registrationMs: number
  readonly deregistrationMs: number
  readonly attachMs: number
  readonly detachMs: number
  readonly activationMs: number
  readonly deactivationMs: number
  /** To list the operators in reach. */
  readonly surveyMs: number
  /** Until the module notices that the cell is gone, or receives what a cell broadcasts. */
  readonly noticeMs: number
  /** Of an echo to a host of the lab and back. */
  readonly roundTripMs: number
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
    noticeMs: 20,
    roundTripMs: 40
  },
  real: {
    registrationMs: 4000,
    deregistrationMs: 800,
    attachMs: 1500,
    detachMs: 700,
    activationMs: 1800,
    deactivationMs: 600,
    surveyMs: 24_000,
    noticeMs: 5000,
    roundTripMs: 600
  }
}
