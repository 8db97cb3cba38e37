import { constants, createHash, publicDecrypt } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Certificate } from './certificate.ts'
import { X509Fault } from './fault.ts'
import { rsaSignatureHashes, signatureNames } from '../../shared/tls/x509-oids.ts'
import type { SignatureHash } from '../../shared/tls/x509-oids.ts'

/**
 * Checks RSA PKCS #1 1.5 signatures by hand: decrypt, compare with DigestInfo. The certificate functions of the crypto
 * libraries will not do, since BoringSSL refuses MD5, which roots of the modules' time are signed with.
 */

/** Whether `certificate` was signed with the key of `issuerKey`. Throws X509Fault for algorithms that cannot be checked. */
export function signatureVerifies(certificate: Certificate, issuerKey: KeyObject): boolean {
  const hash = signatureHash(certificate)
  const digest = createHash(hash).update(certificate.tbs).digest()
  // As long as the modulus, neither more nor less (RFC 3447 8.2.2): OpenSSL would take one without its leading zeros.
  if (certificate.signature.length !== Math.ceil((issuerKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8)) return false
  let signed: Buffer
  try {
    signed = publicDecrypt({ key: issuerKey, padding: constants.RSA_PKCS1_PADDING }, certificate.signature)
  } catch {
    // Wrong padding: not a signature of this key.
    return false
  }
  return digestInfos(hash, digest).some((info) => info.equals(signed))
}

/** Throws X509Fault when it is not RSA PKCS #1 1.5. */
export function signatureHash({ signatureOid }: Certificate): SignatureHash {
  const hash = rsaSignatureHashes[signatureOid]
  if (hash) return hash
  const name = signatureName(signatureOid)
  throw new X509Fault(`is signed with ${name}, which the module cannot check`, {
    expected: 'RSA with MD5, SHA-1 or SHA-2',
    got: name,
    rule: 'D-26',
    isUnsupported: true,
    finding: 'signature-refused'
  })
}

export function signatureName(oid: string): string {
  return signatureNames[oid] ?? `algorithm ${oid}`
}

/** What comes before the digest in DigestInfo (RFC 3447 9.2, note 1). */
const digestInfoPrefixes: Readonly<Record<SignatureHash, string>> = {
  md5: '3020300c06082a864886f70d020505000410',
  sha1: '3021300906052b0e03021a05000414',
  sha224: '302d300d06096086480165030402040500041c',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440'
}

/** With the NULL parameters, and without, as some old signers left them out (RFC 3447 A.2.4). */
function digestInfos(hash: SignatureHash, digest: Buffer): Buffer[] {
  const prefix = Buffer.from(digestInfoPrefixes[hash], 'hex')
  const bare = Buffer.concat([prefix.subarray(0, prefix.length - 4), prefix.subarray(prefix.length - 2)])
  bare[1]! -= 2
  bare[3]! -= 2
  return [Buffer.concat([prefix, digest]), Buffer.concat([bare, digest])]
}
