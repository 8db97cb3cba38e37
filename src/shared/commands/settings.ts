import type { ModuleProfile } from '../products/profile.ts'
import type { NumberRange } from './declaration.ts'

/**
 * The numbers that a user profile keeps (at-reference 2 and 2.1, D-25): written by &W, loaded by Z and at power-on,
 * set to the factory's by &F. Commands that only set one of them are made from this table.
 */
export interface SettingDeclaration {
  /** The basic command, or the S register, or the extended command with the parameter's name. */
  readonly name: string
  readonly section: 'base' | 'extended'
  readonly ranges: readonly NumberRange[]
  readonly factory: number | ((profile: ModuleProfile) => number)
  readonly about: string
  /** D-34: kept and shown, no effect here; why. */
  readonly keptOnly?: string
  readonly readOnly?: boolean
}

const noModemLines = 'a pty has no modem lines'
const noCalls = 'there are no voice or data calls here'

export const basicSettings: readonly SettingDeclaration[] = [
  { name: 'E', section: 'base', ranges: [[0, 1]], factory: 1, about: 'echo what is typed' },
  { name: 'Q', section: 'base', ranges: [[0, 2]], factory: 0, about: 'result codes: 0 given, 1 and 2 withheld' },
  { name: 'V', section: 'base', ranges: [[0, 1]], factory: 1, about: 'result codes as words (1) or numbers (0)' },
  { name: 'X', section: 'base', ranges: [[0, 4]], factory: 1, about: 'set of CONNECT results', keptOnly: noCalls },
  { name: 'L', section: 'base', ranges: [[0, 3]], factory: 0, about: 'loudspeaker volume', keptOnly: noCalls },
  { name: 'M', section: 'base', ranges: [[0, 3]], factory: 0, about: 'loudspeaker', keptOnly: noCalls },
  { name: '&C', section: 'base', ranges: [[0, 2]], factory: 1, about: 'DCD line', keptOnly: noModemLines },
  { name: '&D', section: 'base', ranges: [[0, 4]], factory: 0, about: 'DTR line', keptOnly: noModemLines },
  { name: '&K', section: 'base', ranges: [[0, 6]], factory: 3, about: 'flow control', keptOnly: noModemLines },
  { name: '&S', section: 'base', ranges: [[0, 3]], factory: 3, about: 'DSR line', keptOnly: noModemLines }
]

export const registerSettings: readonly SettingDeclaration[] = [
  { name: 'S0', section: 'base', ranges: [[0, 255]], factory: 0, about: 'rings to answer after', keptOnly: noCalls },
  { name: 'S1', section: 'base', ranges: [[0, 255]], factory: 0, about: 'ring counter', readOnly: true },
  { name: 'S2', section: 'base', ranges: [[0, 255]], factory: 43, about: 'escape character' },
  { name: 'S3', section: 'base', ranges: [[0, 127]], factory: 13, about: 'line terminator' },
  { name: 'S4', section: 'base', ranges: [[0, 127]], factory: 10, about: 'response formatting character' },
  { name: 'S5', section: 'base', ranges: [[0, 127]], factory: 8, about: 'line editing character' },
  { name: 'S7', section: 'base', ranges: [[1, 255]], factory: 60, about: 'seconds to wait for a call', keptOnly: noCalls },
  { name: 'S12', section: 'base', ranges: [[20, 255]], factory: 50, about: 'escape guard time, 1/50 s' },
  { name: 'S25', section: 'base', ranges: [[0, 255]], factory: 5, about: 'DTR delay, 1/100 s', keptOnly: noModemLines },
  { name: 'S30', section: 'base', ranges: [[0, 127]], factory: 0, about: 'inactivity of a call, minutes', keptOnly: noCalls },
  { name: 'S38', section: 'base', ranges: [[0, 255]], factory: 20, about: 'delay before a forced hang-up, s', keptOnly: noCalls }
]

export const extendedSettings: readonly SettingDeclaration[] = [
  { name: '+IPR', section: 'base', ranges: [[0, 921_600]], factory: (profile) => profile.defaultBaud, about: 'rate of the port, baud' },
  { name: '+ICF', section: 'base', ranges: [[0, 5]], factory: 3, about: 'character framing' },
  { name: '+CMEE', section: 'extended', ranges: [[0, 2]], factory: 0, about: 'error report: 0 ERROR, 1 number, 2 words' },
  { name: '+CREG', section: 'extended', ranges: [[0, 2]], factory: 0, about: 'registration reports' },
  { name: '+CGREG', section: 'extended', ranges: [[0, 2]], factory: 0, about: 'packet registration reports' },
  { name: '#NITZ.val', section: 'extended', ranges: [[0, 15]], factory: 7, about: 'what network time sets' },
  { name: '#NITZ.mode', section: 'extended', ranges: [[0, 1]], factory: 0, about: 'network time reports' },
  { name: '#SGACTAUTH', section: 'extended', ranges: [[0, 2]], factory: 1, about: 'how user and password are shown to the network' },
  { name: '#SKIPESC', section: 'extended', ranges: [[0, 1]], factory: 0, about: 'keep the escape sequence from the far end' }
]

export const settings: readonly SettingDeclaration[] = [...basicSettings, ...registerSettings, ...extendedSettings]

export function factoryValue(setting: SettingDeclaration, profile: ModuleProfile): number {
  return typeof setting.factory === 'function' ? setting.factory(profile) : setting.factory
}
