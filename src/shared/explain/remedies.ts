import type { Snapshot } from '../snapshot.ts'
import { profileOf } from '../products/catalog.ts'
import { withSwitches, type SwitchName } from '../products/switches.ts'
import type { ModuleProfile } from '../products/profile.ts'
import { securitySlots, type SecuritySlot } from '../security-slots.ts'
import type { Remedy } from './explanation.ts'
import type { Story } from './story.ts'
import { commandBefore } from './trail.ts'
import { clockText } from './words.ts'

/** What mends things, as AT commands with the values that stand in the module now. Whoever sends them in order has it mended. */

export const profileNow = ({ product, switches }: Snapshot): ModuleProfile =>
  withSwitches(profileOf(product.name, product.software), switches.now)

/** Sets a profile switch, which is done in the window, by the API or on the command line. */
export const setSwitch = (name: SwitchName, value: string): Remedy => ({
  sentence: `Set the profile switch ${name} to ${value}: in the settings of the SSL socket, or with --switch ${name}=${value}.`, commands: []
})

export const enableSsl: Remedy = { sentence: 'Turn SSL on for this AT instance.', commands: ['AT#SSLEN=1,1'] }

export const activateContext = (id = 1): Remedy => ({ sentence: `Activate PDP context ${id}.`, commands: [`AT#SGACT=${id},1`] })

export const atFarEnd = (sentence: string): Remedy => ({ sentence, commands: [], act: 'mend-far-end' })

export const hangUp: Remedy = { sentence: 'Close the connection first.', commands: ['AT#SSLH=1'] }

/** `#SSLSECCFG` with one value changed; the certificate format stays as it is when it is not named (G-3.2-6). */
export function securitySetting({ ssl }: Snapshot, change: { readonly suite?: number; readonly authMode?: number }): string {
  return `AT#SSLSECCFG=1,${change.suite ?? ssl.suiteSetting},${change.authMode ?? ssl.authMode}`
}

/** A way round every check of certificates. Not for a failure that comes before the server's certificate is looked at. */
export const verifyNothing = (snapshot: Snapshot): Remedy => ({
  sentence: 'Let the module verify nothing (auth mode 0).',
  commands: [securitySetting(snapshot, { authMode: 0 })],
  warning: 'Bench only: whoever stands between module and server can read and change everything then.'
})

export const setClock = (ms: number, sentence: string, warning?: string): Remedy => ({
  // Network time would set the clock anew at the next registration (G-3.3-11).
  sentence,
  commands: [...(warning ? ['AT#NITZ=0'] : []), `AT+CCLK="${clockText(ms)}"`],
  act: 'set-clock',
  ...(warning ? { warning } : {})
})

/** Writes a slot of #SSLSECDATA; the data itself is its owner's. `bytes`: the size where it is known. */
export function storeSlot({ ssl }: Snapshot, slot: SecuritySlot, sentence: string, bytes: number | null, what: string): Remedy {
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
  const stateOf = (id: string): string => snapshot.charts.find((chart) => chart.id === id)?.state ?? ''
  return [...(stateOf('pdp') === 'active' ? [] : ['AT#SGACT=1,1']), ...(stateOf('ssl') === 'disabled' ? ['AT#SSLEN=1,1'] : [])]
}

/** The last dial as it was typed, in its parts; null when none is known. */
export function lastDial({ source, seq, command }: Story): Dial | null {
  const text = command?.name === '#SSLD' ? command.text : textOf(commandBefore(source, seq, ['#SSLD']))
  const match = /^#SSLD=\s*1\s*,\s*(\d+)\s*,\s*("[^"]*"|[^,]*)\s*,\s*([01])(?:\s*,\s*([01]))?(?:\s*,\s*(\d+))?\s*$/i.exec(text ?? '')
  if (!match) return null
  const [, port, host, closureType, mode, timeout] = match
  return {
    port: port!,
    host: host!,
    closureType: Number(closureType),
    mode: Number(mode ?? 1),
    timeout100ms: timeout === undefined ? null : Number(timeout)
  }
}

export interface Dial {
  readonly port: string
  /** As it was typed, quotes included. */
  readonly host: string
  readonly closureType: number
  readonly mode: number
  readonly timeout100ms: number | null
}

export function dialText({ port, host, closureType, mode, timeout100ms }: Dial): string {
  return `AT#SSLD=1,${port},${host},${closureType},${mode}${timeout100ms === null ? '' : `,${timeout100ms}`}`
}

/** Dials again, with everything before it; towards the lab, or whoever is chosen, where no dial is known. */
export function dialAgain(story: Story, sentence: string): Remedy {
  const dial = lastDial(story)
  const { lab } = story.snapshot
  const unknown = lab.tls ? `AT#SSLD=1,${lab.tls.port},"${lab.tls.host}",0,1` : 'AT#SSLD=1,<port>,"<host>",0,1'
  return { sentence, commands: [...beforeDial(story.snapshot), dial ? dialText(dial) : unknown] }
}

const textOf = (event: ReturnType<typeof commandBefore>): string | null => (event?.what.kind === 'command' ? event.what.text : null)
