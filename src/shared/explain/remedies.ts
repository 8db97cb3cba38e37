import type { Snapshot } from '../calls/snapshot.ts'
import { profileOf } from '../products/catalog.ts'
import { withSwitches, type SwitchName } from '../products/switches.ts'
import type { ModuleProfile } from '../products/profile.ts'
import { securitySlots, type SecuritySlot } from '../hardware/security-slots.ts'
import { stateOf } from '../statecharts/present-state.ts'
import type { Remedy } from './explanation.ts'
import { isFtp } from './far-end.ts'
import { lastOpening, serverOf } from './ftp-open.ts'
import { dialledBy, dialText } from './last-dial.ts'
import type { Story } from './story.ts'
import { clockText } from './words.ts'

/** What mends things, as AT commands with the values that stand in the module now. Whoever sends them in order has it mended. */

export const profileNow = ({ product, switches }: Snapshot): ModuleProfile =>
  withSwitches(profileOf(product.name, product.software), switches.now)

/** Sets a profile switch, which is done in the window, by the API or on the command line. */
export const setSwitch = (name: SwitchName, value: string): Remedy => ({
  sentence: `Set the profile switch ${name} to ${value}: in the settings of the SSL socket, or with --switch ${name}=${value}.`,
  commands: []
})

export const enableSsl: Remedy = { sentence: 'Enable SSL on this AT instance.', commands: ['AT#SSLEN=1,1'] }

export const activateContext = (id = 1): Remedy => ({
  sentence: `Activate PDP context ${id}.`,
  commands: [`AT#SGACT=${id},1`]
})

export const atFarEnd = (sentence: string): Remedy => ({ sentence, commands: [], act: 'mend-far-end' })

export const hangUp: Remedy = { sentence: 'Close the connection first.', commands: ['AT#SSLH=1'] }

/** `#SSLSECCFG` with one value changed; the certificate format stays as it is when it is not named (G-3.2-6). */
export function securitySetting(
  { ssl }: Snapshot,
  change: { readonly suite?: number; readonly authMode?: number }
): string {
  return `AT#SSLSECCFG=1,${change.suite ?? ssl.suiteSetting},${change.authMode ?? ssl.authMode}`
}

/**
 * A way round every check of certificates; none where nothing was verified as it was. Not for a failure that comes before the
 * server's certificate is looked at.
 */
export function verifyNothing({ moment }: Story, now: Snapshot): Remedy[] {
  if (moment?.ssl.authMode === 0) return []
  return [
    {
      sentence: 'Turn verification off (auth mode 0).',
      commands: [securitySetting(now, { authMode: 0 })],
      warning: 'Bench only: anybody between module and server can then read and modify everything.'
    }
  ]
}

export const setClock = (ms: number, sentence: string, warning?: string): Remedy => ({
  // Network time would set the clock anew at the next registration (G-3.3-11).
  sentence,
  commands: [...(warning ? ['AT#NITZ=0'] : []), `AT+CCLK="${clockText(ms)}"`],
  act: 'set-clock',
  ...(warning ? { warning } : {})
})

/** Writes a slot of #SSLSECDATA; the data itself is its owner's. `bytes`: the size where it is known. */
export function storeSlot(
  { ssl }: Snapshot,
  slot: SecuritySlot,
  sentence: string,
  bytes: number | null,
  what: string
): Remedy {
  const type = securitySlots.indexOf(slot)
  const command = `AT#SSLSECDATA=1,1,${type},${bytes ?? '<size>'}`
  // DER ends by its count (G-3.3-6), PEM with Ctrl-Z.
  return ssl.certificateFormat === 0
    ? { sentence, commands: [command], entry: `<${what} in DER>` }
    : { sentence, commands: [command], entry: `<${what} in PEM, lines ended by LF alone>${CTRL_Z}` }
}

export const CTRL_Z = '\x1a'

/** What has to be there before a dial, in order; empty when it all is. */
export function beforeDial(snapshot: Snapshot): string[] {
  return [
    ...(stateOf(snapshot, 'pdp') === 'active' ? [] : ['AT#SGACT=1,1']),
    ...(stateOf(snapshot, 'ssl') === 'disabled' ? ['AT#SSLEN=1,1'] : [])
  ]
}

/**
 * Dials again, with everything before it; towards the lab, or whoever is chosen, where no dial is known. FTP opens its session again.
 * `sentence` is given the verb for it in both spellings.
 */
export function dialAgain(
  story: Story,
  now: Snapshot,
  sentence: (begins: string, goesOn: string) => string = () => ''
): Remedy {
  if (isFtp(story.command)) return openFtpAgain(story, now, sentence('Open the session', 'open the session'))
  const dial = dialledBy(story)
  const { lab } = now
  const unknown = lab.tls ? `AT#SSLD=1,${lab.tls.port},"${lab.tls.host}",0,1` : 'AT#SSLD=1,<port>,"<host>",0,1'
  return { sentence: sentence('Dial', 'dial'), commands: [...beforeDial(now), dial ? dialText(dial) : unknown] }
}

/** User and password are not kept anywhere: only the server is known, and the mode. */
export function openFtpAgain(story: Story, now: Snapshot, sentence: string): Remedy {
  const text = lastOpening(story)?.text
  const server = serverOf(text)
  const mode = /,\s*([01])\s*$/.exec(text ?? '')?.[1] ?? '1'
  const open = `AT#FTPOPEN="${server ?? '<server>:21'}","<user>","<password>",${server ? mode : '1'}`
  return { sentence, commands: [...(stateOf(now, 'pdp') === 'active' ? [] : activateContext().commands), open] }
}

/** The command that failed, as it was typed; none where a secret was left out of it. */
export function sendAgain({ command }: Story, sentence: string): Remedy[] {
  return command && !command.text.includes('*') ? [{ sentence, commands: [`AT${command.text}`] }] : []
}
