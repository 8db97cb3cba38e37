import type { TlsMessageEvent } from './trace.ts'

/** Returns the purpose of a handshake message in one or two sentences (RFC 2246 7.3, 7.4). */
export function purposeOf({ name, direction, fatal, summary }: PurposeOf, resumed: boolean): string {
  if (name === 'Alert')
    return alerts[fatal ? 'fatal' : summary.startsWith('close_notify') ? 'close' : 'warning'][direction]
  const key = `${direction} ${name}`
  return (
    (resumed ? resumedPurposes[key] : undefined) ??
    purposes[key] ??
    'It is not part of a TLS 1.0 handshake with RSA key exchange.'
  )
}

export type PurposeOf = Pick<TlsMessageEvent, 'name' | 'direction' | 'fatal' | 'summary'>

/** By direction as seen from the module, and name. */
const purposes: Readonly<Record<string, string>> = {
  'out ClientHello':
    'The module starts the handshake. It sends its version, its suites in order of preference, and 32 bytes that make the keys of this connection unique.',
  'in ServerHello':
    'The server chooses version and suite, and no compression. Its own 32 bytes become part of the keys too, and it may give the session an id, so that it can be resumed later.',
  'in Certificate':
    'The server proves its identity with its certificate, which contains the RSA key for the next step. In auth modes 1 and 2 the module checks it against the CA certificate of slot 1 and its own clock.',
  'in CertificateRequest': 'The server asks for a client certificate, and names the CAs that it trusts.',
  'in ServerKeyExchange': 'Parameters of a key exchange that the RSA suites do not have.',
  'in ServerHelloDone': 'The server has finished its part and waits for the module.',
  'out Certificate':
    'The module sends its own certificate, from slot 0, because the server asked for one. An empty list means that it has none.',
  'out ClientKeyExchange':
    'The module generates 48 bytes, the premaster secret, and encrypts them with the server’s RSA key. Only the owner of the private key can read them. Now both sides can compute the same keys.',
  'out CertificateVerify':
    'The module signs all messages so far with the private key of slot 2, to prove that the certificate is its own.',
  'out ChangeCipherSpec': 'From the next record on, what the module sends is encrypted with the new keys.',
  'out Finished':
    'The first encrypted message. It contains a checksum over the whole handshake, which reveals any byte modified in transit.',
  'in ChangeCipherSpec': 'From the next record on, what the server sends is encrypted with the new keys.',
  'in Finished':
    'The server’s checksum over the same handshake. If it is correct, both have the same keys, and data can be sent.',
  'in HelloRequest': 'The server requests a new handshake. The module continues with the present connection.'
}

/** In an abbreviated handshake the same messages have other purposes. */
const resumedPurposes: Readonly<Record<string, string>> = {
  'out ClientHello':
    'The module starts the handshake with the id of the kept session. If the server kept it too, most of the handshake is omitted.',
  'in ServerHello':
    'The server repeats the id of that session, so it agrees. Its master secret is used again; certificates and key exchange are omitted.',
  'in ChangeCipherSpec':
    'New random bytes and the kept master secret give new keys. In a resumed handshake the server uses them first.',
  'in Finished': 'The server’s checksum over this short handshake proves that it has the kept master secret.',
  'out ChangeCipherSpec': 'From the next record on, what the module sends is encrypted too.',
  'out Finished': 'The module’s checksum. Data can now be sent at once.'
}

const alerts = {
  fatal: {
    out: 'The module ends the connection and gives the reason as a number. The session cannot be resumed.',
    in: 'The server ends the connection and gives the reason as a number. The module closes too.'
  },
  close: {
    out: 'The module announces that it sends nothing more. Without this alert, an attacker could have cut the connection.',
    in: 'The server announces that it sends nothing more. Without this alert, an attacker could have cut the connection.'
  },
  warning: {
    out: 'A warning from the module; the connection continues.',
    in: 'A warning from the server; the connection continues.'
  }
} as const
