import type { CommandDeclaration } from './declaration.ts'

/** Identity and SIM (at-reference 3). */
/** What the card gives once it is open; its own number, #CCID, it gives before. */
const onCard = new Set(['+CIMI', '#CIMI'])

const action = (name: string, summary: string, source = 'at-reference 3'): CommandDeclaration => ({
  name,
  summary,
  forms: ['execute'],
  parameters: [],
  test: 'OK',
  sources: [source],
  confidence: 'documented',
  whilePinPending: !onCard.has(name)
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
      { kind: 'text', name: 'pin', secret: true, maxChars: 8, about: 'PIN, or PUK where that is asked for' },
      { kind: 'text', name: 'newPin', secret: true, maxChars: 8, about: 'new PIN after a PUK', optional: true }
    ],
    test: 'OK',
    sources: ['at-reference 3', 'D-29'],
    confidence: 'documented',
    whilePinPending: true
  }
]
