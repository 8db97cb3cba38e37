import type forgeModule from 'node-forge'
import type { asn1, pki as ForgePki } from 'node-forge'

type Forge = typeof forgeModule

export interface CertificateFacts {
  readonly name: string
  /** Validity in days from today. */
  readonly days: { readonly from: number; readonly to: number }
  /** In the format of node-forge. */
  readonly extensions: readonly object[]
  readonly hash: 'sha1' | 'sha256'
}

/**
 * The signed part of an X.509 certificate (RFC 2459 4.1), and the function that adds the signature. node-forge writes
 * it; key and algorithm are inserted here, because node-forge supports RSA keys only, and its signing would block the
 * main thread.
 */
export function certificateBody(
  forge: Forge,
  facts: CertificateFacts,
  {
    publicDer,
    issuerName,
    nowMs
  }: { readonly publicDer: Buffer; readonly issuerName: ForgePki.CertificateField[] | null; readonly nowMs: number }
): { readonly tbs: Buffer; seal(signature: Buffer): Buffer } {
  const certificate = forge.pki.createCertificate()
  certificate.serialNumber = serialNumber(nowMs)
  certificate.validity.notBefore = new Date(nowMs + facts.days.from * DAY_MS)
  certificate.validity.notAfter = new Date(nowMs + facts.days.to * DAY_MS)
  const subject = [
    { name: 'commonName', value: facts.name },
    { name: 'organizationName', value: 'Telit SSL Simulator lab' }
  ]
  certificate.setSubject(subject)
  certificate.setIssuer(issuerName ?? subject)
  certificate.setExtensions([...facts.extensions])
  // node-forge needs an RSA key and algorithm to write the body. Both are replaced below.
  certificate.publicKey = forge.pki.setRsaPublicKey(
    new forge.jsbn.BigInteger('c5', 16),
    new forge.jsbn.BigInteger('3', 16)
  )
  Object.assign(certificate, { signatureOid: oids.sha1, siginfo: { algorithmOid: oids.sha1 } })
  // In the documentation of forge, but not in its types.
  const { getTBSCertificate } = forge.pki as unknown as {
    getTBSCertificate(certificate: ForgePki.Certificate): asn1.Asn1
  }
  const { asn1: asn } = forge
  const sequence = (parts: asn1.Asn1[]): asn1.Asn1 => asn.create(asn.Class.UNIVERSAL, asn.Type.SEQUENCE, true, parts)
  const algorithm = sequence([
    asn.create(asn.Class.UNIVERSAL, asn.Type.OID, false, asn.oidToDer(oids[facts.hash]).getBytes()),
    asn.create(asn.Class.UNIVERSAL, asn.Type.NULL, false, '')
  ])
  const body = getTBSCertificate(certificate)
  const fields = body.value as asn1.Asn1[]
  fields[SIGNATURE_FIELD] = algorithm
  fields[PUBLIC_KEY_FIELD] = asn.fromDer(publicDer.toString('latin1'))
  const der = (value: asn1.Asn1): Buffer => Buffer.from(asn.toDer(value).getBytes(), 'latin1')
  return {
    tbs: der(body),
    seal: (signature) =>
      der(
        sequence([
          body,
          algorithm,
          asn.create(asn.Class.UNIVERSAL, asn.Type.BITSTRING, false, `\0${signature.toString('latin1')}`)
        ])
      )
  }
}

export const extensionFor = {
  server: (names: readonly string[]): readonly object[] => [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: names.map((name) => (/^[\d.]+$/.test(name) ? { type: 7, ip: name } : { type: 2, value: name }))
    }
  ],
  client: [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', clientAuth: true }
  ] as readonly object[],
  authority: [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }
  ] as readonly object[],
  /** The Netscape comment extension with so many bytes (256 to 65535). */
  comment: (bytes: number): readonly object[] => [
    {
      id: '2.16.840.1.113730.1.13',
      value: `\x16\x82${String.fromCharCode(bytes >> 8, bytes & 255)}${'x'.repeat(bytes)}`
    }
  ]
} as const

/** Returns a serial number, unique for each certificate of an issuer (RFC 2459 4.1.2.2). */
function serialNumber(nowMs: number): string {
  made += 1
  return `01${Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(10, '0')}${(made & 0xffff).toString(16).padStart(4, '0')}`
}

let made = 0

const DAY_MS = 86_400_000
/** The algorithms sha1WithRSAEncryption and sha256WithRSAEncryption (RFC 3447). */
const oids = { sha1: '1.2.840.113549.1.1.5', sha256: '1.2.840.113549.1.1.11' } as const
/** Indices of fields in TBSCertificate, which begins with version and serial number. */
const SIGNATURE_FIELD = 2
const PUBLIC_KEY_FIELD = 6
