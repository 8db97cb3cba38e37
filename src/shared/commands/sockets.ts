import type { CommandDeclaration, NumberParameter, TextParameter } from './declaration.ts'
import { connId } from './socket-settings.ts'

// The plain sockets: opening, closing, data and state (at-reference 13).

const anyConnId = { ...connId, optional: true, about: 'connection; all if left out' } as const
const countedBytes = {
  kind: 'number',
  name: 'bytes',
  ranges: [[1, 1500]],
  unit: 'bytes',
  about: 'number of bytes after the prompt'
} as const satisfies NumberParameter
const peerHost = {
  kind: 'text',
  name: 'host',
  maxChars: 255,
  about: 'address of the peer'
} as const satisfies TextParameter
const peerPort = {
  kind: 'number',
  name: 'port',
  ranges: [[1, 65_535]],
  about: 'port of the peer'
} as const satisfies NumberParameter

export const socketCommands = [
  {
    name: '#SD',
    summary: 'open a connection over TCP or UDP',
    forms: ['set'],
    needsSim: true,
    parameters: [
      connId,
      { kind: 'number', name: 'txProt', ranges: [[0, 1]], about: '0 TCP, 1 UDP' },
      { kind: 'number', name: 'rPort', ranges: [[1, 65_535]], about: 'port of the peer' },
      { kind: 'text', name: 'host', maxChars: 255, about: 'address or name of the peer' },
      {
        kind: 'number',
        name: 'closureType',
        ranges: [
          [0, 0],
          [255, 255]
        ],
        about: '0 closes when the peer has closed, 255 only after +++ or #SH',
        optional: true,
        default: 0
      },
      {
        kind: 'number',
        name: 'lPort',
        ranges: [[0, 65_535]],
        about: 'own port, only for UDP; 0 any',
        optional: true,
        default: 0
      },
      { kind: 'number', name: 'connMode', ranges: [[0, 1]], about: '0 online, 1 command', optional: true, default: 0 }
    ],
    test: () => '(1-6),(0,1),(1-65535),,(0,255),(1-65535),(0,1)',
    approximate:
      'with closure type 255 the module takes nothing more once the peer has closed, though TCP could send on',
    sources: ['at-reference 13', 'D-46'],
    confidence: 'documented'
  },
  {
    name: '#SO',
    summary: 'return an open connection to online mode',
    forms: ['set'],
    needsSim: true,
    parameters: [connId],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#SH',
    summary: 'close a connection',
    forms: ['set'],
    needsSim: true,
    parameters: [connId],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#SS',
    summary:
      'state of connections: 0 closed, 1 online, 2 suspended, 3 suspended with data, 4 listening, 5 a caller waits, 6 being opened',
    forms: ['set', 'execute'],
    parameters: [anyConnId],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#SI',
    summary: 'bytes sent, received, waiting to be read, and not yet taken by TCP',
    forms: ['set', 'execute'],
    parameters: [anyConnId],
    approximate: 'the last value is what TCP of this machine has not taken, which is 0 as long as the peer reads',
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#ST',
    summary: 'type (1 TCP, 2 UDP) and direction (1 dialled, 2 accepted) of connections',
    forms: ['set', 'execute'],
    parameters: [anyConnId],
    sources: ['at-reference 13', 'D-114'],
    confidence: 'inferred'
  },
  {
    name: '#SLASTCLOSURE',
    summary: 'why connections ended: 0 never, 1 by the peer, 2 reset, 3 maxTo, 4 context lost',
    forms: ['set', 'execute'],
    parameters: [anyConnId],
    exists: (profile) => profile.hasLateSockets,
    sources: ['at-reference 13'],
    confidence: 'seen'
  },
  {
    name: '#SSEND',
    summary: 'send data in command mode, up to Ctrl-Z',
    forms: ['set'],
    needsSim: true,
    parameters: [connId],
    sources: ['at-reference 13', 'D-113'],
    confidence: 'documented'
  },
  {
    name: '#SSENDEXT',
    summary: 'send a given number of bytes in command mode; no byte is a control character',
    forms: ['set'],
    needsSim: true,
    parameters: [connId, countedBytes],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#SSENDUDP',
    summary: 'send one datagram to any peer, up to Ctrl-Z',
    forms: ['set'],
    needsSim: true,
    parameters: [connId, peerHost, peerPort],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#SSENDUDPEXT',
    summary: 'send one datagram of a given number of bytes to any peer',
    forms: ['set'],
    needsSim: true,
    parameters: [connId, countedBytes, peerHost, peerPort],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#SL',
    summary: 'listen for a caller over TCP, or stop',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      connId,
      { kind: 'number', name: 'listenState', ranges: [[0, 1]], about: '1 starts, 0 stops' },
      { kind: 'number', name: 'listenPort', ranges: [[1, 65_535]], about: 'port' },
      {
        kind: 'number',
        name: 'closureType',
        ranges: [
          [0, 0],
          [255, 255]
        ],
        about: 'as that of #SD',
        optional: true,
        default: 0
      }
    ],
    notes: ['A caller is dropped unless a rule of #FRWL accepts its address.'],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#SLUDP',
    summary: 'listen for datagrams, or stop',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      connId,
      { kind: 'number', name: 'listenState', ranges: [[0, 1]], about: '1 starts, 0 stops' },
      { kind: 'number', name: 'listenPort', ranges: [[1, 65_535]], about: 'port' }
    ],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#SA',
    summary: 'accept the caller that SRING has announced',
    forms: ['set'],
    needsSim: true,
    parameters: [
      connId,
      { kind: 'number', name: 'connMode', ranges: [[0, 1]], about: '0 online, 1 command', optional: true, default: 0 }
    ],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#FRWL',
    summary: 'whose calls the module accepts',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      { kind: 'number', name: 'action', ranges: [[0, 2]], about: '0 removes a rule, 1 adds one, 2 removes all' },
      { kind: 'text', name: 'address', maxChars: 15, about: 'dotted address', optional: true },
      { kind: 'text', name: 'mask', maxChars: 15, about: 'dotted mask', optional: true }
    ],
    notes: ['Without a rule nobody is accepted. Rules are not stored.'],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#SRECV',
    summary: 'read received data in command mode; it never waits',
    forms: ['set'],
    needsSim: true,
    parameters: [
      connId,
      { kind: 'number', name: 'maxBytes', ranges: [[1, 1500]], unit: 'bytes', about: 'most bytes to read' },
      {
        kind: 'number',
        name: 'udpInfo',
        ranges: [[0, 1]],
        about: '1 tells the peer of the datagram and what is left of it',
        optional: true,
        default: 0
      }
    ],
    notes: ['With an empty buffer it is error 555, as on the module on which this was seen; 4 was seen too (D-45).'],
    sources: ['at-reference 13', 'D-45'],
    confidence: 'documented'
  }
] as const satisfies readonly CommandDeclaration[]
