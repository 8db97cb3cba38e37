import type { ModuleProfile } from '../products/profile.ts'
import type { NumberRange } from './declaration.ts'

/**
 * The numbers in a user profile (at-reference 2 and 2.1, D-25): written by &W, loaded by Z and at power-on, reset by
 * &F. Commands that only set one of them are made from this table.
 */
export interface SettingDeclaration {
  /** The basic command, the S register, or the extended command with the name of the parameter. */
  readonly name: string
  readonly section: 'base' | 'extended'
  readonly ranges: readonly NumberRange[]
  readonly factory: number | ((profile: ModuleProfile) => number)
  readonly about: string
  /** Why it is only stored and shown, without an effect here (D-34). */
  readonly keptOnly?: string
  /** How it differs from a real module, or between kinds of port. */
  readonly approximate?: string
  readonly readOnly?: boolean
}

const NEEDS_LINES = 'only where the port has modem lines (RFC 2217, a UART), not on a pty or plain TCP'
const NO_CALLS = 'there are no voice or data calls here'

export const basicSettings = [
  { name: 'E', section: 'base', ranges: [[0, 1]], factory: 1, about: 'echo what is typed' },
  { name: 'Q', section: 'base', ranges: [[0, 2]], factory: 0, about: 'result codes: 0 sent, 1 and 2 suppressed' },
  { name: 'V', section: 'base', ranges: [[0, 1]], factory: 1, about: 'result codes as words (1) or numbers (0)' },
  { name: 'X', section: 'base', ranges: [[0, 4]], factory: 1, about: 'set of CONNECT results', keptOnly: NO_CALLS },
  { name: 'L', section: 'base', ranges: [[0, 3]], factory: 0, about: 'loudspeaker volume', keptOnly: NO_CALLS },
  { name: 'M', section: 'base', ranges: [[0, 3]], factory: 0, about: 'loudspeaker', keptOnly: NO_CALLS },
  {
    name: '&C',
    section: 'base',
    ranges: [[0, 2]],
    factory: 1,
    about: 'DCD line: 0 always on, 1 on in online mode, 2 off for a moment when a connection ends',
    approximate: `${NEEDS_LINES}; how long 2 lasts is ours, half a second`
  },
  {
    name: '&D',
    section: 'base',
    ranges: [[0, 4]],
    factory: 0,
    about: 'DTR off: 0 ignored, 1 returns to command mode, 2 ends the connection; 3 and 4 are for calls',
    approximate: `${NEEDS_LINES}; 3 and 4 change nothing, as there are no calls`
  },
  {
    name: '&K',
    section: 'base',
    ranges: [[0, 6]],
    factory: 3,
    about:
      'flow control: 0 none, 1 CTS, 2 XON/XOFF to the host, 3 RTS and CTS, 4 XON/XOFF, 5 XON/XOFF, also passed on, 6 both',
    approximate: 'CTS and RTS only where the port has modem lines; a UART overruns only with --pace'
  },
  {
    name: '&S',
    section: 'base',
    ranges: [[0, 3]],
    factory: 3,
    about: 'DSR line: 0 and 3 on while the module reads commands, 1 and 2 on in online mode',
    approximate: NEEDS_LINES
  }
] as const satisfies readonly SettingDeclaration[]

export const registerSettings = [
  {
    name: 'S0',
    section: 'base',
    ranges: [[0, 255]],
    factory: 0,
    about: 'number of rings before answering',
    keptOnly: NO_CALLS
  },
  { name: 'S1', section: 'base', ranges: [[0, 255]], factory: 0, about: 'ring counter', readOnly: true },
  { name: 'S2', section: 'base', ranges: [[0, 255]], factory: 43, about: 'escape character' },
  { name: 'S3', section: 'base', ranges: [[0, 127]], factory: 13, about: 'line terminator' },
  { name: 'S4', section: 'base', ranges: [[0, 127]], factory: 10, about: 'response formatting character' },
  { name: 'S5', section: 'base', ranges: [[0, 127]], factory: 8, about: 'line editing character' },
  {
    name: 'S7',
    section: 'base',
    ranges: [[1, 255]],
    factory: 60,
    about: 'seconds to wait for a call',
    keptOnly: NO_CALLS
  },
  { name: 'S12', section: 'base', ranges: [[20, 255]], factory: 50, about: 'escape guard time, 1/50 s' },
  {
    name: 'S25',
    section: 'base',
    ranges: [[0, 255]],
    factory: 5,
    about: 'how long DTR must be off, 1/100 s; up to 5 at once',
    approximate: NEEDS_LINES
  },
  {
    name: 'S30',
    section: 'base',
    ranges: [[0, 127]],
    factory: 0,
    about: 'inactivity after which a call ends, minutes',
    keptOnly: NO_CALLS
  },
  {
    name: 'S38',
    section: 'base',
    ranges: [[0, 255]],
    factory: 20,
    about: 'delay before a forced hang-up, s',
    keptOnly: NO_CALLS
  }
] as const satisfies readonly SettingDeclaration[]

export const extendedSettings = [
  {
    name: '+IPR',
    section: 'base',
    ranges: [[0, 921_600]],
    factory: (profile: ModuleProfile) => profile.defaultBaud,
    about: 'rate of the port, baud'
  },
  { name: '+ICF', section: 'base', ranges: [[0, 5]], factory: 3, about: 'character framing' },
  {
    name: '+CMEE',
    section: 'extended',
    ranges: [[0, 2]],
    factory: 0,
    about: 'error report: 0 ERROR, 1 number, 2 words'
  },
  { name: '+CREG', section: 'extended', ranges: [[0, 2]], factory: 0, about: 'registration URCs' },
  { name: '+CGREG', section: 'extended', ranges: [[0, 2]], factory: 0, about: 'packet registration URCs' },
  { name: '#NITZ.val', section: 'extended', ranges: [[0, 15]], factory: 7, about: 'values that network time sets' },
  { name: '#NITZ.mode', section: 'extended', ranges: [[0, 1]], factory: 0, about: 'network time URCs' },
  {
    name: '#SGACTAUTH',
    section: 'extended',
    ranges: [[0, 2]],
    factory: 1,
    about: 'how user and password are sent to the network'
  },
  {
    name: '#SKIPESC',
    section: 'extended',
    ranges: [[0, 1]],
    factory: 0,
    about: 'do not send the escape sequence to the server'
  }
] as const satisfies readonly SettingDeclaration[]

export type SettingName = (typeof basicSettings | typeof registerSettings | typeof extendedSettings)[number]['name']

export const settings: readonly (SettingDeclaration & { readonly name: SettingName })[] = [
  ...basicSettings,
  ...registerSettings,
  ...extendedSettings
]

export function factoryValue(setting: SettingDeclaration, profile: ModuleProfile): number {
  return typeof setting.factory === 'function' ? setting.factory(profile) : setting.factory
}
