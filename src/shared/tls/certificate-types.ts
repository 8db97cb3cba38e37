/** `ClientCertificateType` by number (RFC 2246 7.4.4, RFC 4492 5.5). */
export const certificateTypes: Readonly<Record<number, string>> = {
  1: 'rsa_sign',
  2: 'dss_sign',
  3: 'rsa_fixed_dh',
  4: 'dss_fixed_dh',
  64: 'ecdsa_sign'
}

/** Asks for a certificate with an RSA key for signing. */
export const RSA_SIGN = 1
