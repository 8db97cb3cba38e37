import type { CommandDeclaration } from './declaration.ts'

/** Returns a command that reads an identity value (at-reference 3). */
const action = <const Name extends string>(
  name: Name,
  summary: string,
  extra: Pick<CommandDeclaration, 'needsSim'> = {}
) =>
  ({
    name,
    summary,
    forms: ['execute'],
    parameters: [],
    test: 'OK',
    sources: ['at-reference 3'],
    confidence: 'documented',
    ...extra
  }) as const

export const identityCommands = [
  action('+GMI', 'maker'),
  action('+CGMI', 'maker'),
  action('#CGMI', 'maker, with prefix'),
  action('+GMM', 'model'),
  action('+CGMM', 'model'),
  action('#CGMM', 'model, with prefix'),
  action('+GMR', 'software version'),
  action('+CGMR', 'software version'),
  action('#CGMR', 'software version, with prefix'),
  action('+CGSN', 'IMEI'),
  action('#CGSN', 'IMEI, with prefix'),
  action('+GSN', 'serial number of the board'),
  // The card gives its number (#CCID) before the PIN was entered.
  action('+CIMI', 'IMSI of the SIM', { needsSim: true }),
  action('#CIMI', 'IMSI of the SIM, with prefix', { needsSim: true }),
  action('#CCID', 'serial number of the SIM'),
  {
    name: '+CPIN',
    summary: 'SIM state; enter the PIN if it is required',
    forms: ['set', 'read', 'execute'],
    parameters: [
      { kind: 'text', name: 'pin', secret: true, maxChars: 8, about: 'PIN, or PUK if that is required' },
      { kind: 'text', name: 'newPin', secret: true, maxChars: 8, about: 'new PIN after a PUK', optional: true }
    ],
    test: 'OK',
    sources: ['at-reference 3', 'D-29'],
    confidence: 'documented'
  }
] as const satisfies readonly CommandDeclaration[]
