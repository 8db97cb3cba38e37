import type { KeyObject } from 'node:crypto'

/** Returns the type and size of a public key, such as `RSA 2048` or `EC P-256`. */
export function describePublicKey(key: KeyObject): string {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return `RSA ${modulusLength ?? ''}`.trim()
    case 'rsa-pss':
      return `RSA-PSS ${modulusLength ?? ''}`.trim()
    case 'ec':
      return `EC ${curveNames[namedCurve ?? ''] ?? namedCurve ?? ''}`.trim()
    default:
      return key.asymmetricKeyType ?? 'unknown'
  }
}

/** Common names of the curves. */
const curveNames: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }
