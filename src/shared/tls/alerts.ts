/** TLS 1.0 alert descriptions (RFC 2246 7.2), and the few later ones that peers send to a TLS 1.0 client. */
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

export type AlertName = keyof typeof alertCodes

export function alertName(code: number): AlertName | `alert ${number}` {
  const found = Object.entries(alertCodes).find(([, value]) => value === code)
  return found ? (found[0] as AlertName) : `alert ${code}`
}
