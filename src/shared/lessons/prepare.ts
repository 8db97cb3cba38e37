import type { ModuleProfile } from '../products/profile.ts'
import { stateOf } from '../statecharts/present-state.ts'
import { dialLine, lines, type LessonStep } from './lesson.ts'
import { answered } from './seen.ts'

// What the guide's examples assume (guide chapters 2.1, 3.1, 3.2), and steps that several lessons share.

export const activateContext: LessonStep = {
  id: 'context',
  title: 'Get an address',
  text: 'Every connection goes over PDP context 1. Activating it asks the network for an address.',
  needs: 'any',
  send: () => lines('AT#SGACT=1,1'),
  check: ({ snapshot }) =>
    stateOf(snapshot, 'pdp') === 'active' ? `The network gave ${snapshot.context.address ?? 'an address'}.` : null,
  already: ({ context, charts }) =>
    stateOf({ charts }, 'pdp') === 'active' ? `Context 1 is active, as ${context.address ?? 'some address'}.` : null,
  hint: 'ERROR here comes from SIM or network: the path strip above the board shows how far the module is.',
  notice: { text: 'The context has an address now.', panel: 'context', link: 'PDP context' }
}

export const enableSocket: LessonStep = {
  id: 'enable',
  title: 'Enable the SSL socket',
  text: 'After each start SSL is off, and #SSLS answers 0. The AT instance that enables it owns it until it is disabled.',
  needs: 'any',
  send: () => lines('AT#SSLEN=1,1'),
  check: ({ snapshot }) => (snapshot.ssl.status > 0 ? '#SSLS rose from 0, disabled, to 1, closed.' : null),
  already: ({ ssl }) => (ssl.status > 0 ? 'The socket is enabled.' : null),
  hint: 'AT#SSLEN? tells whether it is on: 1 is on.',
  notice: { text: 'The large digit is what #SSLS answers.', panel: 'socket', link: 'SSL socket' }
}

/** Returns `#SSLSECCFG` for the product, with a certificate format where DER is possible (G-3.2-2). */
export function securityLine(profile: ModuleProfile, authMode: 0 | 1): string {
  return profile.hasCertificateFormat ? `AT#SSLSECCFG=1,0,${authMode},1` : `AT#SSLSECCFG=1,0,${authMode}`
}

export const verifyNothing: LessonStep = {
  id: 'security',
  title: 'Choose the security',
  text: 'Suite 0 proposes all that the product has; auth mode 0 verifies nothing, which will do for a first look.',
  needs: 'closed',
  send: ({ profile }) => lines(securityLine(profile, 0)),
  check: (seen) =>
    answered(seen, '#SSLSECCFG', 'OK') && seen.snapshot.ssl.authMode === 0
      ? 'Auth mode 0: no certificate is looked at.'
      : null,
  already: ({ ssl }) =>
    ssl.authMode === 0 && ssl.suiteSetting === 0 ? 'The factory’s setting: suite 0, auth mode 0.' : null,
  hint: 'AT#SSLSECCFG? shows what is set. The socket has to be enabled, and closed.'
}

/** Returns the dial of the examples in command mode. `id` because a lesson may dial more than once. */
export const dialInCommandMode = (id: string, title: string, text: string): LessonStep => ({
  id,
  title,
  text,
  needs: 'closed',
  send: () => lines(dialLine(1)),
  check: (seen) =>
    answered(seen, '#SSLD', 'OK') && seen.snapshot.ssl.status === 2
      ? `OK: open with ${seen.snapshot.ssl.suite?.name ?? 'a suite'}, and commands are still heard.`
      : null,
  hint: 'The last figure is the mode: 1 stays with commands, 0 goes online.'
})

export const hangUp = (id: string, text: string): LessonStep => ({
  id,
  title: 'Close the socket',
  text,
  needs: 'command',
  send: () => lines('AT#SSLH=1'),
  check: (seen) =>
    answered(seen, '#SSLH', 'OK') && seen.snapshot.ssl.status === 1
      ? 'close_notify went out, and TCP ended. #SSLS is 1.'
      : null,
  hint: '#SSLH is heard in command mode only: +++ first when the port is online.'
})
