import type { CommandDeclaration } from './declaration.ts'

/** PDP context, addresses and names (guide chapter 2.1, at-reference 5). */
const contextId = { kind: 'number', name: 'cid', ranges: [[1, 5]], about: 'context, SSL uses 1' } as const

export const pdpCommands: readonly CommandDeclaration[] = [
  {
    name: '+CGDCONT',
    summary: 'define a PDP context; with the number alone, forget it',
    forms: ['set', 'read'],
    parameters: [
      contextId,
      { kind: 'text', name: 'type', maxChars: 4, about: 'IP', optional: true },
      { kind: 'text', name: 'apn', maxChars: 100, about: 'access point name', optional: true },
      { kind: 'text', name: 'address', maxChars: 15, about: 'address asked for', optional: true },
      { kind: 'number', name: 'dcomp', ranges: [[0, 1]], about: 'data compression', optional: true, default: 0 },
      { kind: 'number', name: 'hcomp', ranges: [[0, 1]], about: 'header compression', optional: true, default: 0 }
    ],
    test: () => '(1-5),"IP",,,(0-1),(0-1)',
    sources: ['G-2.1-1', 'at-reference 5'],
    confidence: 'documented'
  },
  {
    name: '#SGACT',
    summary: 'activate or deactivate a context',
    forms: ['set', 'read'],
    parameters: [
      { ...contextId, ranges: [[0, 5]] },
      { kind: 'number', name: 'stat', ranges: [[0, 1]], about: '1 activates, 0 deactivates' },
      { kind: 'text', name: 'user', maxChars: 30, about: 'user name', optional: true },
      { kind: 'text', name: 'password', maxChars: 30, about: 'password', optional: true }
    ],
    sources: ['G-2.1-3', 'D-17'],
    confidence: 'seen'
  },
  {
    name: '+CGPADDR',
    summary: 'addresses of the contexts',
    forms: ['set', 'execute'],
    parameters: [1, 2, 3, 4, 5].map((n) => ({ ...contextId, name: `cid${n}`, optional: true })),
    sources: ['at-reference 5'],
    confidence: 'documented'
  },
  {
    name: '#CGPADDR',
    summary: 'address of a context',
    forms: ['set', 'execute'],
    parameters: [{ ...contextId, optional: true }],
    sources: ['at-reference 5'],
    confidence: 'seen'
  },
  {
    name: '#QDNS',
    summary: 'look up a name',
    forms: ['set'],
    parameters: [{ kind: 'text', name: 'host', maxChars: 255, about: 'host name' }],
    test: 'OK',
    sources: ['at-reference 5'],
    confidence: 'seen'
  }
]
