import type { CommandDeclaration } from './declaration.ts'

/** Identity and SIM (at-reference 3). */
const action = (name: string, summary: string, source = 'at-reference 3'): CommandDeclaration => ({
  name,
  summary,
  forms: ['execute'],
  parameters: [],
  test: 'OK',
  sources: [source],
  confidence: 'documented'
})

export const identityCommands: readonly CommandDeclaration[] = [
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
  action('+CIMI', 'IMSI of the SIM'),
  action('#CIMI', 'IMSI of the SIM, with prefix'),
  action('#CCID', 'serial number of the SIM'),
  {
    name: '+CPIN',
    summary: 'SIM state, and the PIN where one is asked for',
    forms: ['set', 'read', 'execute'],
    parameters: [
      { kind: 'text', name: 'pin', maxChars: 8, about: 'PIN, or PUK where that is asked for' },
      { kind: 'text', name: 'newPin', maxChars: 8, about: 'new PIN after a PUK', optional: true }
    ],
    test: 'OK',
    sources: ['at-reference 3', 'D-29'],
    confidence: 'documented'
  }
]
