import type { CommandDeclaration } from './declaration.ts'
import { closureType, commandTimeout, dropped, hasSsl, kept, ringModes, socketId } from './ssl-parameters.ts'

// The SSL socket (guide chapters 3 and 4, at-reference 6).
export const sslCommands = [
  {
    name: '#SSLEN',
    summary: 'turn the SSL socket on or off',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [socketId, { kind: 'number', name: 'enable', ranges: [[0, 1]], about: '1 on, 0 off' }],
    exists: hasSsl,
    sources: ['G-3.1-1', 'D-14'],
    confidence: 'documented'
  },
  {
    name: '#SSLSECCFG',
    summary: 'cipher suite and authentication',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      socketId,
      {
        kind: 'number',
        name: 'suite',
        ranges: (profile) => [[0, profile.suites.numbered.length]],
        about: '0 proposes several, another number only that suite',
        default: 0
      },
      {
        kind: 'number',
        name: 'authMode',
        ranges: [[0, 2]],
        about: '0 verifies nothing, 1 the server, 2 both sides',
        default: 0
      },
      {
        kind: 'number',
        name: 'certFormat',
        ranges: [[0, 1]],
        about: 'format of #SSLSECDATA: 0 DER, 1 PEM',
        optional: true,
        factory: 1,
        exists: (profile) => profile.hasCertificateFormat,
        without: 'This product accepts certificates and keys only as PEM.'
      }
    ],
    exists: hasSsl,
    needsSsl: true,
    servesFtps: true,
    sources: ['G-3.2-1', 'G-3.2-2', 'G-3.2-6', 'D-15'],
    confidence: 'documented'
  },
  {
    name: '#SSLSECDATA',
    summary: 'delete, write or read a certificate or key in NVM',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      socketId,
      { kind: 'number', name: 'action', ranges: [[0, 2]], about: '0 delete, 1 write, 2 read' },
      {
        kind: 'number',
        name: 'dataType',
        ranges: [[0, 2]],
        about: '0 client certificate, 1 CA certificate, 2 private key'
      },
      {
        kind: 'number',
        name: 'size',
        ranges: (profile) => [[1, profile.securityDataBytes]],
        unit: 'bytes',
        about: 'for writing only',
        optional: true
      }
    ],
    exists: hasSsl,
    needsSsl: true,
    servesFtps: true,
    notes: [
      'HE910 and UE910 can have a preloaded CA certificate: the file of `--preloaded-ca FILE`, else `preloaded-ca.pem` of the state folder, or one set in the window. It shows as stored (flag 1, and it can be read), and can be overwritten and deleted. It comes back only with factory data: with an empty NVM, or when it is set again in the window.'
    ],
    sources: ['G-3.3-1', 'G-3.3-8', 'D-12', 'D-15', 'D-41'],
    confidence: 'documented'
  },
  {
    name: '#SSLCFG',
    summary: 'packet size and time limits',
    forms: ['set', 'read'],
    needsSim: true,
    parameters: [
      socketId,
      { kind: 'number', name: 'cid', ranges: [[1, 1]], about: 'PDP context', default: 1 },
      {
        kind: 'number',
        name: 'pktSize',
        ranges: [[0, 1500]],
        unit: 'bytes',
        about: 'online: bytes after which a record is sent; 0 is 300',
        default: 300
      },
      {
        kind: 'number',
        name: 'maxTo',
        ranges: [[0, 65_535]],
        unit: 's',
        about: 'online: time without data after which the module closes; 0 never',
        default: 90
      },
      {
        kind: 'number',
        name: 'defTo',
        ranges: [[10, 5000]],
        unit: '100 ms',
        about: 'default timeout of the other SSL commands',
        default: 100
      },
      {
        kind: 'number',
        name: 'txTo',
        ranges: [[0, 255]],
        unit: '100 ms',
        about: 'online: time after which waiting bytes are sent; 0 never',
        default: 50
      },
      {
        kind: 'number',
        name: 'ringMode',
        ranges: ringModes(2),
        about: 'SSLSRING when data is waiting: 0 off, 1 with the size, 2 with the data',
        optional: true,
        factory: 0
      },
      {
        kind: 'number',
        name: 'noCarrierMode',
        ranges: ringModes(1),
        about: '0 NO CARRIER, 1 with the socket: NO CARRIER:SSL,1',
        optional: true,
        factory: 0
      },
      { ...kept, name: 'unused1' },
      { ...kept, name: 'unused2' },
      { ...dropped, name: 'unused3' },
      { ...dropped, name: 'unused4' }
    ],
    exists: hasSsl,
    needsSsl: true,
    notes: [
      'Values left out after the sixth keep their earlier settings. All values are stored at once and survive power-off, so SSLSRING may come although no line since power-on asked for it. A seventh value of 0 turns it off.'
    ],
    test: (profile) =>
      `(1),(1),(0-1500),(0-65535),(10-5000),(0-255),${profile.hasRingMode ? '(0-2),(0,1)' : '(0),(0)'}`,
    sources: ['G-3.4-1', 'D-1', 'D-3'],
    confidence: 'seen'
  },
  {
    name: '#SSLD',
    summary: 'open the SSL socket',
    forms: ['set'],
    needsSim: true,
    parameters: [
      socketId,
      { kind: 'number', name: 'port', ranges: [[1, 65_535]], about: 'port of the server' },
      { kind: 'text', name: 'host', maxChars: 255, about: 'address or name of the server' },
      closureType,
      { kind: 'number', name: 'mode', ranges: [[0, 1]], about: '0 online, 1 command', optional: true, default: 1 },
      commandTimeout
    ],
    exists: hasSsl,
    needsSsl: true,
    sources: ['G-4.1-1', 'D-4', 'D-27'],
    confidence: 'documented'
  },
  {
    name: '#SSLO',
    summary: 'return the open socket to online mode',
    forms: ['set'],
    needsSim: true,
    parameters: [socketId],
    exists: hasSsl,
    needsSsl: true,
    sources: ['G-4.2-3'],
    confidence: 'documented'
  },
  {
    name: '#SSLH',
    summary: 'close the SSL socket',
    forms: ['set'],
    needsSim: true,
    parameters: [socketId, { ...closureType, optional: true }],
    exists: hasSsl,
    needsSsl: true,
    sources: ['G-4.3-1', 'D-5'],
    confidence: 'documented'
  },
  {
    name: '#SSLS',
    summary: 'state of the SSL socket: 0 disabled, 1 closed, 2 open with its suite',
    forms: ['set'],
    needsSim: true,
    parameters: [socketId],
    exists: hasSsl,
    sources: ['G-4.5-6', 'D-13', 'D-31'],
    confidence: 'documented'
  },
  {
    name: '#SSLSEND',
    summary: 'send data in command mode',
    forms: ['set'],
    needsSim: true,
    parameters: [socketId, commandTimeout],
    exists: hasSsl,
    needsSsl: true,
    sources: ['G-4.2-6', 'D-8'],
    confidence: 'documented'
  },
  {
    name: '#SSLRECV',
    summary: 'read received data in command mode',
    forms: ['set'],
    needsSim: true,
    parameters: [
      socketId,
      {
        kind: 'number',
        name: 'maxBytes',
        ranges: (profile) => [[1, profile.receiveLimit.value]],
        known: (profile) => profile.receiveLimit,
        unit: 'bytes',
        about: 'most bytes to read',
        beyond: 'notSupported'
      },
      commandTimeout
    ],
    exists: hasSsl,
    needsSsl: true,
    sources: ['G-4.2-7', 'D-6', 'D-7'],
    confidence: 'documented'
  },
  {
    name: '#SSLSENDEXT',
    summary: 'send a given number of bytes in command mode; no byte is a control character',
    forms: ['set'],
    needsSim: true,
    parameters: [
      socketId,
      { kind: 'number', name: 'bytes', ranges: [[1, 1500]], unit: 'bytes', about: 'number of bytes after the prompt' },
      commandTimeout
    ],
    exists: (profile) => profile.hasSsl && profile.hasSendExt,
    needsSsl: true,
    sources: ['D-9'],
    confidence: 'seen'
  },
  {
    name: '#SSLFASTD',
    summary: 'resume the kept TLS session without a full handshake',
    forms: ['set'],
    needsSim: true,
    parameters: [
      socketId,
      { kind: 'number', name: 'mode', ranges: [[0, 1]], about: '0 online, 1 command', optional: true, default: 1 },
      commandTimeout
    ],
    exists: (profile) => profile.hasSsl && profile.maxClosureType === 1,
    needsSsl: true,
    sources: ['G-4.4-1', 'G-4.4-2', 'G-4.4-3', 'D-24'],
    confidence: 'documented'
  }
] as const satisfies readonly CommandDeclaration[]
