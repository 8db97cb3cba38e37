import type { Snapshot } from '../calls/snapshot.ts'
import { securitySlots, type SecuritySlot } from '../hardware/security-slots.ts'
import { profileOf } from '../products/catalog.ts'
import type { ModuleProfile } from '../products/profile.ts'
import { withSwitches, type SwitchName } from '../products/switches.ts'
import { stateOf } from '../statecharts/present-state.ts'
import type { Remedy } from './explanation.ts'
import { isFtp } from './far-end.ts'
import { lastOpening, serverOf } from './ftp-open.ts'
import { dialledBy, dialText } from './last-dial.ts'
import { isPlain, openAgain } from './plain-socket.ts'
import type { Story } from './story.ts'
import { clockText } from './words.ts'

// Remedies: AT commands with the module's present values, to be sent in order.

export const profileNow = ({ product, switches }: Snapshot): ModuleProfile =>
  withSwitches(profileOf(product.name, product.software), switches.now)

/** Sets a profile switch, in the window, by the API or on the command line. */
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

/** Returns `#SSLSECCFG` with one value changed. The certificate format stays as it is when it is left out (G-3.2-6). */
export function securitySetting(
  { ssl }: Snapshot,
  change: { readonly suite?: number; readonly authMode?: number }
): string {
  return `AT#SSLSECCFG=1,${change.suite ?? ssl.suiteSetting},${change.authMode ?? ssl.authMode}`
}

/**
 * Turns off all certificate checks; empty if they were off. Not for failures before the server's certificate is
 * checked.
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
  // Network time would set the clock again at the next registration (G-3.3-11).
  sentence,
  commands: [...(warning ? ['AT#NITZ=0'] : []), `AT+CCLK="${clockText(ms)}"`],
  act: 'set-clock',
  ...(warning ? { warning } : {})
})

/** Writes a slot of #SSLSECDATA. The person enters the data. `bytes` is the size if known. */
export function storeSlot(
  { ssl }: Snapshot,
  slot: SecuritySlot,
  sentence: string,
  bytes: number | null,
  what: string
): Remedy {
  const type = securitySlots.indexOf(slot)
  const command = `AT#SSLSECDATA=1,1,${type},${bytes ?? '<size>'}`
  // DER ends by its length (G-3.3-6), PEM by Ctrl-Z.
  return ssl.certificateFormat === 0
    ? { sentence, commands: [command], entry: `<${what} in DER>` }
    : { sentence, commands: [command], entry: `<${what} in PEM, lines ended by LF alone>${CTRL_Z}` }
}

export const CTRL_Z = '\x1a'

/** Returns the commands that are needed before a dial, in order; empty when everything is ready. */
export function beforeDial(snapshot: Snapshot): string[] {
  return [
    ...(stateOf(snapshot, 'pdp') === 'active' ? [] : ['AT#SGACT=1,1']),
    ...(stateOf(snapshot, 'ssl') === 'disabled' ? ['AT#SSLEN=1,1'] : [])
  ]
}

/**
 * Dials again, with all preparations. Without a known dial it uses the lab's server, or placeholders. For FTP it opens
 * the session again. `sentence` gets the verb in both spellings.
 */
export function dialAgain(
  story: Story,
  now: Snapshot,
  sentence: (begins: string, goesOn: string) => string = () => ''
): Remedy {
  if (isPlain(story)) return openAgain(story, now, sentence('Dial', 'dial'))
  if (isFtp(story.command)) return openFtpAgain(story, now, sentence('Open the session', 'open the session'))
  const dial = dialledBy(story)
  const { lab } = now
  const unknown = lab.tls ? `AT#SSLD=1,${lab.tls.port},"${lab.tls.host}",0,1` : 'AT#SSLD=1,<port>,"<host>",0,1'
  return { sentence: sentence('Dial', 'dial'), commands: [...beforeDial(now), dial ? dialText(dial) : unknown] }
}

/** Opens the FTP session again, with server and mode. User and password are stored nowhere. */
export function openFtpAgain(story: Story, now: Snapshot, sentence: string): Remedy {
  const text = lastOpening(story)?.text
  const server = serverOf(text)
  const mode = /,\s*([01])\s*$/.exec(text ?? '')?.[1] ?? '1'
  const open = `AT#FTPOPEN="${server ?? '<server>:21'}","<user>","<password>",${server ? mode : '1'}`
  return { sentence, commands: [...(stateOf(now, 'pdp') === 'active' ? [] : activateContext().commands), open] }
}

/** Returns the failed command as it was typed, or nothing when a secret was masked in it. */
export function sendAgain({ command }: Story, sentence: string): Remedy[] {
  return command && !command.text.includes('*') ? [{ sentence, commands: [`AT${command.text}`] }] : []
}
