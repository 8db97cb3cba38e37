import type { FailureMoment } from '../../shared/rules/failure-facts.ts'
import type { TimelineFact, TimelineReporter } from '../../shared/timeline/events.ts'
import type { ModuleParts } from './parts.ts'
import type { HandshakeHistory } from './tls-connection/handshake-history.ts'

/**
 * Adds to each reported failure the state of the module at that moment. All reports of the module pass here, so an
 * explanation never depends on the module's later state.
 */
export function recordingMoments(timeline: TimelineReporter, moment: () => FailureMoment): TimelineReporter {
  return {
    report: (what, ...rest) => timeline.report(isFailure(what) ? { ...what, moment: moment() } : what, ...rest)
  }
}

/** Returns the state of a module and its surroundings. */
export function momentOf(
  { profile, registration, network, sim, ssl, nvm, securityData, ftp }: ModuleParts,
  handshakes: HandshakeHistory
): FailureMoment {
  const { heldBytes, sessionKept, lastFailure } = ssl.facts()
  const { reach } = network
  return {
    product: profile.product,
    software: profile.software,
    registration: registration.state,
    attached: registration.attached,
    signalQuality: registration.radioOn ? network.signalQuality : NO_SIGNAL,
    outOfReach: reach.registration === 'none',
    networkAct: reach.registration === 'home' || reach.registration === 'roaming' ? null : reach.act,
    sim: { state: sim.state, pinTriesLeft: sim.card.pinTriesLeft, pukTriesLeft: sim.card.pukTriesLeft },
    ssl: {
      owner: ssl.owner,
      authMode: nvm.contents.sslSecurity.authMode,
      heldBytes,
      sessionKept,
      farEnd: handshakes.newestFarEnd,
      lastFailure
    },
    subjects: {
      'ca-certificate': securityData.summary(1)?.subject ?? null,
      'client-certificate': securityData.summary(0)?.subject ?? null
    },
    ftps: ftp.config.secure
  }
}

function isFailure(what: TimelineFact): what is Extract<TimelineFact, { kind: 'result' | 'tls-failure' }> {
  return (
    what.kind === 'tls-failure' || (what.kind === 'result' && (what.failure !== null || what.because !== undefined))
  )
}

/** +CSQ: signal quality not known or not detectable (at-reference 4). */
const NO_SIGNAL = 99
