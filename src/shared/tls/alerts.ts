/** TLS 1.0 alert descriptions (RFC 2246 7.2), and the later ones that servers send to a TLS 1.0 client. */
export const alertCodes = {
  close_notify: 0,
  unexpected_message: 10,
  bad_record_mac: 20,
  decryption_failed: 21,
  record_overflow: 22,
  decompression_failure: 30,
  handshake_failure: 40,
  no_certificate: 41,
  bad_certificate: 42,
  unsupported_certificate: 43,
  certificate_revoked: 44,
  certificate_expired: 45,
  certificate_unknown: 46,
  illegal_parameter: 47,
  unknown_ca: 48,
  access_denied: 49,
  decode_error: 50,
  decrypt_error: 51,
  export_restriction: 60,
  protocol_version: 70,
  insufficient_security: 71,
  internal_error: 80,
  user_canceled: 90,
  no_renegotiation: 100,
  unsupported_extension: 110,
  unrecognized_name: 112
} as const

/** What each alert means, by RFC 2246 7.2.2 or the RFC of a later one. */
const meanings: Readonly<Record<AlertName, string>> = {
  close_notify: 'the sender will send nothing more',
  unexpected_message: 'a message came where another was due',
  bad_record_mac: 'a record did not decrypt or its MAC was wrong',
  decryption_failed: 'a record could not be decrypted',
  record_overflow: 'a record was too long',
  decompression_failure: 'a record could not be decompressed',
  handshake_failure: 'no acceptable set of parameters could be agreed on',
  no_certificate: 'SSL 3.0: the client has no certificate',
  bad_certificate: 'a certificate is corrupt or its signature is wrong',
  unsupported_certificate: 'a certificate is of a kind that is not supported',
  certificate_revoked: 'a certificate was revoked by its signer',
  certificate_expired: 'a certificate has expired or is not valid yet',
  certificate_unknown: 'a certificate is not acceptable for some other reason',
  illegal_parameter: 'a field of the handshake is out of range or fits no other',
  unknown_ca: 'no trusted authority leads to the certificate',
  access_denied: 'the certificate is good, but its owner is not let in',
  decode_error: 'a message could not be read',
  decrypt_error: 'a signature or Finished did not verify',
  export_restriction: 'the parameters break export rules',
  protocol_version: 'the version is known but not supported',
  insufficient_security: 'the suites offered are weaker than the server takes',
  internal_error: 'something failed that has nothing to do with the peer',
  user_canceled: 'the sender gave the handshake up',
  no_renegotiation: 'the sender does not negotiate anew; the connection goes on',
  unsupported_extension: 'ServerHello has an extension that was not asked for',
  unrecognized_name: 'the server does not know the name it was called by'
}

/** Returns the meaning of an alert as a clause; empty for an unknown code. */
export function alertMeaning(code: number): string {
  const name = alertName(code)
  return name in meanings ? meanings[name as AlertName] : ''
}

export type AlertName = keyof typeof alertCodes

export function alertName(code: number): AlertName | `alert ${number}` {
  const found = Object.entries(alertCodes).find(([, value]) => value === code)
  return found ? (found[0] as AlertName) : `alert ${code}`
}
