import { constants, createHash, publicDecrypt } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { rsaSignatureHashes, signatureNames } from '../../shared/tls/x509-oids.ts'
import type { SignatureHash } from '../../shared/tls/x509-oids.ts'
import type { Certificate } from './certificate.ts'
import { X509Fault } from './fault.ts'

// Checks RSA PKCS #1 1.5 signatures by decrypting and comparing with DigestInfo. The certificate functions of the
// crypto libraries are not enough: BoringSSL refuses MD5, with which roots of the modules' time are signed.

/**
 * Returns whether `certificate` was signed with `issuerKey`. Throws an X509Fault for algorithms that cannot be checked.
 */
export function signatureVerifies(certificate: Certificate, issuerKey: KeyObject): boolean {
  const hash = signatureHash(certificate)
  const digest = createHash(hash).update(certificate.tbs).digest()
  // Exactly as long as the modulus (RFC 3447 8.2.2): OpenSSL would accept a signature without its leading zeros.
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

/** Returns the hash of a signature. Throws an X509Fault when it is not RSA PKCS #1 1.5. */
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

/** The part of DigestInfo before the digest (RFC 3447 9.2, note 1). */
const digestInfoPrefixes: Readonly<Record<SignatureHash, string>> = {
  md5: '3020300c06082a864886f70d020505000410',
  sha1: '3021300906052b0e03021a05000414',
  sha224: '302d300d06096086480165030402040500041c',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440'
}

/** Returns DigestInfo with the NULL parameters, and without them, as some old software signed (RFC 3447 A.2.4). */
function digestInfos(hash: SignatureHash, digest: Buffer): Buffer[] {
  const prefix = Buffer.from(digestInfoPrefixes[hash], 'hex')
  const bare = Buffer.concat([prefix.subarray(0, prefix.length - 4), prefix.subarray(prefix.length - 2)])
  bare[1]! -= 2
  bare[3]! -= 2
  return [Buffer.concat([prefix, digest]), Buffer.concat([bare, digest])]
}
