import type { TlsMessageEvent } from './trace.ts'

/** What a message of the handshake is for, in one or two plain sentences (RFC 2246 7.3, 7.4). */
export function purposeOf({ name, direction, fatal, summary }: PurposeOf, resumed: boolean): string {
  if (name === 'Alert')
    return alerts[fatal ? 'fatal' : summary.startsWith('close_notify') ? 'close' : 'warning'][direction]
  const key = `${direction} ${name}`
  return (
    (resumed ? resumedPurposes[key] : undefined) ??
    purposes[key] ??
    'It is no part of a handshake of TLS 1.0 with an RSA key exchange.'
  )
}

export type PurposeOf = Pick<TlsMessageEvent, 'name' | 'direction' | 'fatal' | 'summary'>

/** By direction, seen from the module, and name. */
const purposes: Readonly<Record<string, string>> = {
  'out ClientHello':
    'The module opens. It names its version and the suites it can do, the preferred one first, and gives 32 bytes that make the keys of this connection unlike any other’s.',
  'in ServerHello':
    'The server decides for both: version, one of the suites, no compression. Its own 32 bytes go into the keys too, and it may number the session to take it up later.',
  'in Certificate':
    'The server shows who it is: its certificate, with the RSA key that the module is about to encrypt with. In auth mode 1 and 2 the module checks it against the CA certificate of slot 1 and its own clock.',
  'in CertificateRequest': 'The server wants to know who the module is, and names the authorities it would believe.',
  'in ServerKeyExchange': 'Parameters of a key exchange that the RSA suites do not have.',
  'in ServerHelloDone': 'The server has said all it has to say for now, and waits for the module.',
  'out Certificate':
    'The module shows its own certificate, of slot 0, because it was asked; an empty list says that it has none.',
  'out ClientKeyExchange':
    'The module makes up 48 bytes, the premaster secret, and encrypts them with the server’s RSA key. Only who has the private key can read them: from here on both sides can make the same keys.',
  'out CertificateVerify':
    'The module signs all messages so far with the private key of slot 2: the certificate it showed is its own.',
  'out ChangeCipherSpec': 'From the next record on, what the module sends is encrypted with the new keys.',
  'out Finished':
    'The first encrypted message. It holds a checksum over the whole handshake: whoever had changed a byte on the way would be found out here.',
  'in ChangeCipherSpec': 'From the next record on, what the server sends is encrypted with the new keys.',
  'in Finished':
    'The server’s checksum over the same handshake. If it is right, both have the same keys, and data may flow.',
  'in HelloRequest': 'The server asks for a handshake anew. The module goes on with the one it has.'
}

/** Where a kept session is taken up, the same messages do less. */
const resumedPurposes: Readonly<Record<string, string>> = {
  'out ClientHello':
    'The module opens, and names the session it kept: if the server remembers it too, most of the handshake can be left out.',
  'in ServerHello':
    'The server repeats the number of that session: it agrees. The master secret of then is used again; certificates and key exchange are left out.',
  'in ChangeCipherSpec':
    'New random bytes and the kept master secret have made new keys. In a resumed handshake the server is the first to use them.',
  'in Finished': 'The server’s checksum over this short handshake: it does have the master secret of then.',
  'out ChangeCipherSpec': 'The module follows: what it sends from here on is encrypted.',
  'out Finished': 'The module’s checksum. Nothing has to be waited for any more: data may go out at once.'
}

const alerts = {
  fatal: {
    out: 'The module gives up, says why in one number, and closes. Nothing of this session may be used again.',
    in: 'The server gives up and says why in one number. The module closes too.'
  },
  close: {
    out: 'The module takes leave: nothing more comes from it. Without this word an end could be somebody cutting the line.',
    in: 'The server takes leave: nothing more comes from it. Without this word an end could be somebody cutting the line.'
  },
  warning: {
    out: 'A warning of the module; the connection goes on.',
    in: 'A warning of the server; the connection goes on.'
  }
} as const
