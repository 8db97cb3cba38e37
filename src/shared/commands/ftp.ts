import type { ModuleProfile } from '../products/profile.ts'
import type { CommandDeclaration, NumberParameter, ParameterDeclaration, TextParameter } from './declaration.ts'

/** The timeout of FTP commands, in units of 100 ms (guide chapter 5, at-reference 7). */
const timeout = {
  kind: 'number',
  name: 'tout',
  ranges: [[100, 5000]],
  unit: '100 ms',
  about: 'longest wait for a connection or for an answer of the server',
  default: 100
} as const satisfies NumberParameter

/** A path as long as a command line can have. */
const file = { kind: 'text', name: 'file', maxChars: 200, about: 'file on the server' } as const satisfies TextParameter

const uploadParameters = [
  file,
  { kind: 'number', name: 'connMode', ranges: [[0, 1]], about: '0 online, 1 by #FTPAPPEXT', optional: true, default: 0 }
] as const satisfies readonly ParameterDeclaration[]

const hasFtps = (profile: ModuleProfile): boolean => profile.hasSsl

export const ftpCommands = [
  {
    name: '#FTPCFG',
    summary: 'FTP timeout, use of the passive address, FTPS',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      timeout,
      {
        kind: 'number',
        name: 'ippIgnoring',
        ranges: [[0, 1]],
        about: '1: data connections go to the address of the control connection',
        optional: true,
        default: 0
      },
      {
        kind: 'number',
        name: 'ftpsEn',
        ranges: [[0, 1]],
        about: '1 turns FTPS on',
        optional: true,
        default: 0,
        exists: hasFtps
      },
      {
        kind: 'number',
        name: 'sendSize',
        ranges: [[0, 1]],
        about: 'stored, without effect here',
        optional: true,
        exists: (profile) => profile.hasSsl && profile.hasFtpSendSize
      }
    ],
    sources: ['G-5-1', 'G-0-3', 'D-15', 'at-reference 7'],
    confidence: 'seen'
  },
  {
    name: '#FTPTO',
    summary: 'timeout of FTP, until power-off',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [{ ...timeout, optional: true }],
    sources: ['D-25', 'at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPOPEN',
    summary: 'open an FTP session; with FTPS on, TLS comes before user and password',
    forms: ['set'],
    needsSim: true,
    parameters: [
      { kind: 'text', name: 'server', maxChars: 262, about: 'address or name, with :port if it is not 21' },
      { kind: 'text', name: 'username', maxChars: 100, about: 'user', optional: true, default: '' },
      { kind: 'text', name: 'password', secret: true, maxChars: 100, about: 'password', optional: true, default: '' },
      { kind: 'number', name: 'mode', ranges: [[0, 1]], about: '0 active, 1 passive', optional: true, default: 0 }
    ],
    sources: ['G-5-2', 'G-5-6', 'D-16', 'at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPCLOSE',
    summary: 'close the FTP session',
    forms: ['execute'],
    needsSim: true,
    parameters: [],
    test: 'OK',
    sources: ['G-5-6', 'at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPTYPE',
    summary: 'transfer type of files',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [{ kind: 'number', name: 'type', ranges: [[0, 1]], about: '0 binary, 1 ASCII' }],
    sources: ['at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPMSG',
    summary: 'the last answer of the server',
    forms: ['execute'],
    needsSim: true,
    parameters: [],
    test: 'OK',
    sources: ['at-reference 7'],
    confidence: 'inferred'
  },
  {
    name: '#FTPPWD',
    summary: 'the working directory on the server',
    forms: ['execute'],
    needsSim: true,
    parameters: [],
    test: 'OK',
    sources: ['at-reference 7'],
    confidence: 'inferred'
  },
  {
    name: '#FTPCWD',
    summary: 'change the working directory on the server',
    forms: ['set'],
    needsSim: true,
    parameters: [{ ...file, name: 'directory', about: 'directory on the server' }],
    test: 'OK',
    sources: ['at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPLIST',
    summary: 'list a directory or a file',
    forms: ['set', 'execute'],
    needsSim: true,
    parameters: [
      {
        ...file,
        name: 'name',
        about: 'file or directory; if left out, the working directory',
        optional: true,
        default: ''
      }
    ],
    test: 'OK',
    sources: ['G-5-3', 'at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPGET',
    summary: 'get a file: CONNECT, its bytes, NO CARRIER',
    forms: ['set'],
    needsSim: true,
    parameters: [file],
    test: 'OK',
    sources: ['G-5-3', 'G-5-6', 'at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPGETPKT',
    summary: 'get a file in command mode; #FTPRECV reads it',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      file,
      {
        kind: 'number',
        name: 'viewMode',
        ranges: [[0, 1]],
        about: '0 bytes, 1 hexadecimal',
        optional: true,
        default: 0
      }
    ],
    sources: ['G-5-3', 'at-reference 7'],
    confidence: 'seen'
  },
  {
    name: '#FTPRECV',
    summary: 'read the data of a download in command mode',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [{ kind: 'number', name: 'maxBytes', ranges: [[1, 3000]], unit: 'bytes', about: 'most bytes to read' }],
    sources: ['at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPPUT',
    summary: 'put a file, online or by #FTPAPPEXT',
    forms: ['set'],
    needsSim: true,
    parameters: uploadParameters,
    test: () => ',(0,1)',
    sources: ['G-5-3', 'D-18', 'at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPAPP',
    summary: 'append to a file, online or by #FTPAPPEXT',
    forms: ['set'],
    needsSim: true,
    parameters: uploadParameters,
    test: () => ',(0,1)',
    sources: ['G-5-3', 'D-18', 'at-reference 7'],
    confidence: 'inferred'
  },
  {
    name: '#FTPAPPEXT',
    summary: 'send a given number of bytes of an upload in command mode',
    forms: ['set'],
    needsSim: true,
    parameters: [
      { kind: 'number', name: 'bytes', ranges: [[1, 1500]], unit: 'bytes', about: 'number of bytes after the prompt' },
      { kind: 'number', name: 'eof', ranges: [[0, 1]], about: '1 ends the file', optional: true, default: 0 }
    ],
    sources: ['at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPDELE',
    summary: 'delete a file on the server',
    forms: ['set'],
    needsSim: true,
    parameters: [file],
    test: 'OK',
    sources: ['at-reference 7'],
    confidence: 'documented'
  },
  {
    name: '#FTPFSIZE',
    summary: 'size of a file on the server',
    forms: ['set'],
    needsSim: true,
    parameters: [file],
    test: 'OK',
    sources: ['at-reference 7'],
    confidence: 'seen'
  },
  {
    name: '#FTPREST',
    summary: 'position at which the next download begins',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      {
        kind: 'number',
        name: 'position',
        ranges: [[0, 4_294_967_295]],
        unit: 'bytes',
        about: 'for the next #FTPGET or #FTPGETPKT only'
      }
    ],
    sources: ['at-reference 7'],
    confidence: 'documented'
  }
] as const satisfies readonly CommandDeclaration[]
