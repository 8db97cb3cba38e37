import type { CommandDeclaration } from './declaration.ts'

/** The context number of PDP commands (guide chapter 2.1, at-reference 5). */
const contextId = { kind: 'number', name: 'cid', ranges: [[1, 5]], about: 'context; SSL uses 1' } as const

export const pdpCommands = [
  {
    name: '+CGDCONT',
    summary: 'define a PDP context, or delete it when only cid is given',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      contextId,
      { kind: 'text', name: 'type', maxChars: 4, about: 'IP', optional: true },
      { kind: 'text', name: 'apn', maxChars: 100, about: 'access point name', optional: true },
      { kind: 'text', name: 'address', maxChars: 15, about: 'requested address', optional: true },
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
    approximate: 'context 0, the dial-up call, is refused',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      { ...contextId, ranges: [[0, 5]] },
      { kind: 'number', name: 'stat', ranges: [[0, 1]], about: '1 activates, 0 deactivates' },
      { kind: 'text', name: 'user', maxChars: 30, about: 'user name', optional: true },
      { kind: 'text', name: 'password', secret: true, maxChars: 30, about: 'password', optional: true }
    ],
    sources: ['G-2.1-3', 'D-17'],
    confidence: 'seen'
  },
  {
    name: '#GPRS',
    summary: 'activate or deactivate context 1 (older name of #SGACT)',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [{ kind: 'number', name: 'mode', ranges: [[0, 1]], about: '1 activates, 0 deactivates' }],
    sources: ['D-35'],
    confidence: 'seen'
  },
  {
    name: '#SGACTAUTH',
    summary: 'how user and password are sent to the network',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [{ kind: 'number', name: 'type', ranges: [[0, 2]], about: '0 not sent, 1 PAP, 2 CHAP' }],
    sources: ['at-reference 5'],
    confidence: 'inferred'
  },
  {
    name: '#SGACTCFG',
    summary: 'reactivate a lost context automatically',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      contextId,
      { kind: 'number', name: 'retry', ranges: [[0, 15]], about: 'number of attempts; 0 none' },
      {
        kind: 'number',
        name: 'delay',
        ranges: [[180, 3600]],
        unit: 's',
        about: 'wait before each attempt',
        optional: true,
        default: 180
      },
      {
        kind: 'number',
        name: 'urcmode',
        ranges: [[0, 1]],
        about: '1 reports the address with #SGACT:',
        optional: true,
        default: 0
      }
    ],
    sources: ['at-reference 5'],
    confidence: 'inferred'
  },
  {
    name: '+CGPADDR',
    summary: 'addresses of the contexts',
    forms: ['set', 'execute'],
    needsSim: true,
    parameters: [
      { ...contextId, name: 'cid1', optional: true },
      { ...contextId, name: 'cid2', optional: true },
      { ...contextId, name: 'cid3', optional: true },
      { ...contextId, name: 'cid4', optional: true },
      { ...contextId, name: 'cid5', optional: true }
    ],
    sources: ['at-reference 5'],
    confidence: 'documented'
  },
  {
    name: '#CGPADDR',
    summary: 'address of a context',
    forms: ['set', 'execute'],
    needsSim: true,
    parameters: [{ ...contextId, optional: true }],
    sources: ['at-reference 5'],
    confidence: 'seen'
  },
  {
    name: '#QDNS',
    summary: 'resolve a host name',
    forms: ['set'],
    needsSim: true,
    parameters: [{ kind: 'text', name: 'host', maxChars: 255, about: 'host name' }],
    test: 'OK',
    sources: ['at-reference 5'],
    confidence: 'seen'
  }
] as const satisfies readonly CommandDeclaration[]
