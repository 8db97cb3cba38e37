import type { ModuleProfile } from '../products/profile.ts'
import type { CommandDeclaration, NumberParameter, NumberRange } from './declaration.ts'

// The settings of the plain sockets (at-reference 13). All are stored at once.

export const connId = {
  kind: 'number',
  name: 'connId',
  ranges: [[1, 6]],
  about: 'connection'
} as const satisfies NumberParameter

const optional = { kind: 'number', optional: true, factory: 0 } as const
/** Values that only late software uses. Other software takes 0 only, as these places were unused before. */
const late =
  (highest: number) =>
  (profile: ModuleProfile): readonly NumberRange[] => [[0, profile.hasLateSockets ? highest : 0]]

export const socketSettingCommands = [
  {
    name: '#SCFG',
    summary: 'context, packet size and time limits of a connection',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      connId,
      { kind: 'number', name: 'cid', ranges: [[0, 5]], about: 'PDP context', default: 1 },
      {
        kind: 'number',
        name: 'pktSz',
        ranges: [[0, 1500]],
        unit: 'bytes',
        about: 'online: bytes after which a packet is sent; 0 is 300',
        default: 300
      },
      {
        kind: 'number',
        name: 'maxTo',
        ranges: [[0, 65_535]],
        unit: 's',
        about: 'time without data after which the module closes; 0 never',
        default: 90
      },
      {
        kind: 'number',
        name: 'connTo',
        ranges: [[10, 1200]],
        unit: '100 ms',
        about: 'longest wait for the connection, without the look-up of the name',
        default: 600
      },
      {
        kind: 'number',
        name: 'txTo',
        ranges: (profile) => [[0, profile.hasLateSockets ? 257 : 255]],
        unit: '100 ms',
        about: 'online: time after which waiting bytes are sent; 0 never; 256 and 257 are 10 and 20 ms',
        default: 50
      }
    ],
    notes: ['Context 0, the dial-up call, is taken and stored, and no connection can be opened over it.'],
    test: (profile) => `(1-6),(0-5),(0-1500),(0-65535),(10-1200),(0-${profile.hasLateSockets ? 257 : 255})`,
    sources: ['at-reference 13', 'D-110'],
    confidence: 'documented'
  },
  {
    name: '#SCFGEXT',
    summary: 'SRING, hex modes, keep-alive and automatic acceptance of a connection',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      connId,
      {
        kind: 'number',
        name: 'srMode',
        ranges: [[0, 3]],
        about: 'SRING: 0 connection only, 1 with the size, 2 with the data, 3 with the peer of a datagram too'
      },
      { kind: 'number', name: 'recvDataMode', ranges: [[0, 1]], about: '#SRECV and SRING: 0 as they are, 1 in hex' },
      {
        kind: 'number',
        name: 'keepalive',
        ranges: [[0, 240]],
        unit: 'minutes',
        about: 'stored; this machine sends its own keep-alives'
      },
      { ...optional, name: 'listenAutoRsp', ranges: [[0, 1]], about: '1 accepts callers without #SA' },
      { ...optional, name: 'sendDataMode', ranges: [[0, 1]], about: '#SSEND: 0 as typed, 1 in hex' }
    ],
    notes: ['Values left out keep their earlier settings.'],
    sources: ['at-reference 13'],
    confidence: 'documented'
  },
  {
    name: '#SCFGEXT2',
    summary: 'txTo, abort of a dial, SRING with data, and the form of NO CARRIER of a connection',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      connId,
      { kind: 'number', name: 'bufferStart', ranges: [[0, 1]], about: '1: each byte of the host restarts txTo' },
      { ...optional, name: 'abortConnAttempt', ranges: [[0, 1]], about: '1: a byte typed during #SD aborts it' },
      {
        ...optional,
        name: 'sringLen',
        ranges: [[0, 1]],
        about: 'SRING with data: 0 at most 64 bytes, 1 a whole segment'
      },
      {
        ...optional,
        name: 'sringTo',
        ranges: [[0, 10]],
        unit: '100 ms',
        about: 'pause between two SRINGs with data; 0 is 1 s'
      },
      {
        ...optional,
        name: 'noCarrierMode',
        ranges: late(2),
        about: '0 NO CARRIER, 1 with the connection, 2 with the cause of #SLASTCLOSURE too'
      }
    ],
    notes: ['Values left out keep their earlier settings.'],
    sources: ['at-reference 13', 'D-112'],
    confidence: 'seen'
  },
  {
    name: '#SCFGEXT3',
    summary: 'immediate response of #SD, and closure type 255 in command mode',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      connId,
      { kind: 'number', name: 'immRsp', ranges: [[0, 1]], about: '1: #SD in command mode answers OK at once' },
      {
        ...optional,
        name: 'closureTypeCmdModeEnabling',
        ranges: [[0, 1]],
        about: '1: closure type 255 has its effect in command mode too'
      },
      { ...optional, name: 'unused1', ranges: [[0, 0]], about: 'accepted and ignored' },
      { ...optional, name: 'unused2', ranges: [[0, 0]], about: 'accepted and ignored' },
      { ...optional, name: 'unused3', ranges: [[0, 0]], about: 'accepted and ignored' }
    ],
    exists: (profile) => profile.hasLateSockets,
    sources: ['at-reference 13', 'D-112'],
    confidence: 'seen'
  }
] as const satisfies readonly CommandDeclaration[]
