import type { CommandDeclaration, NumberRange } from './declaration.ts'
import { basicSettings, type SettingDeclaration } from './settings.ts'

/** The parameter of a basic command (at-reference 2): the digit that follows its name, 0 by default. */
const digit = <const Name extends string>(name: Name, ranges: readonly NumberRange[], about: string) =>
  [{ kind: 'number', name, ranges, about, optional: true, default: 0 }] as const

const reference = { sources: ['at-reference 2'], confidence: 'documented' } as const

/** Returns the command that sets one number of the user profile, from the table of settings. */
const settingCommand = <const Name extends string>({
  name,
  ranges,
  about,
  keptOnly,
  approximate
}: SettingDeclaration & { readonly name: Name }) =>
  ({
    name,
    summary: about,
    forms: ['set'],
    parameters: digit('n', ranges, about),
    ...reference,
    ...(keptOnly === undefined ? {} : { keptOnly }),
    ...(approximate === undefined ? {} : { approximate })
  }) as const

export const basicCommands = [
  ...basicSettings.map((one) => settingCommand(one)),
  {
    name: 'I',
    summary: 'identification',
    forms: ['set'],
    parameters: digit(
      'n',
      [
        [0, 0],
        [3, 4]
      ],
      '0 code, 3 maker, 4 product'
    ),
    ...reference,
    approximate: 'the printed code is one that many modules have'
  },
  {
    name: 'Z',
    summary: 'load the base section of a user profile',
    forms: ['set'],
    parameters: digit('profile', [[0, 1]], 'user profile'),
    ...reference
  },
  {
    name: '&F',
    summary: 'restore the factory settings',
    forms: ['set'],
    parameters: digit('section', [[0, 1]], '0 base, 1 base and extended'),
    ...reference
  },
  {
    name: '&W',
    summary: 'store the settings in a user profile',
    forms: ['set'],
    parameters: digit('profile', [[0, 1]], 'user profile'),
    ...reference
  },
  {
    name: '&Y',
    summary: 'select the user profile whose base section is loaded at power-on',
    forms: ['set'],
    parameters: digit('profile', [[0, 1]], 'user profile'),
    ...reference
  },
  {
    name: '&P',
    summary: 'select the user profile that is fully loaded at power-on',
    forms: ['set'],
    parameters: digit('profile', [[0, 1]], 'user profile'),
    ...reference
  },
  {
    name: '&V',
    summary: 'list the settings: 0 base parameters, 1 and 3 S registers',
    forms: ['set'],
    parameters: digit(
      'list',
      [
        [0, 1],
        [3, 3]
      ],
      'which list'
    ),
    ...reference,
    approximate: 'the layout of list 0 is ours'
  },
  {
    name: 'H',
    summary: 'hang up; there are no calls here',
    forms: ['set'],
    parameters: digit('n', [[0, 0]], 'always 0'),
    ...reference
  },
  {
    name: 'O',
    summary: 'return to the call; always NO CARRIER, as there are no calls here',
    forms: ['set'],
    parameters: digit('n', [[0, 0]], 'always 0'),
    ...reference
  }
] as const satisfies readonly CommandDeclaration[]
