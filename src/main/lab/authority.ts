import { createPrivateKey, createPublicKey, generateKeyPair, sign, type KeyObject, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import type forgeModule from 'node-forge'
import type { asn1, pki as ForgePki } from 'node-forge'

/** A certificate and its key, PEM. */
export interface LabIdentity {
  readonly certificatePem: string
  readonly keyPem: string
}

/** The lab's certificate authority and the certificate of its servers. */
export interface LabPki {
  readonly ca: LabIdentity
  readonly server: LabIdentity
}

/**
 * Makes new keys and certificates. Takes some hundred milliseconds, mostly to find primes off the main thread. With
 * `fixed` keys and date the result is always the same.
 */
export async function makeLabPki(names: readonly string[], fixed: FixedPki | null = null): Promise<LabPki> {
  const [{ default: forge }, caKeyPem, serverKeyPem] = await Promise.all([
    import('node-forge'),
    fixed?.caKeyPem ?? makeKey(),
    fixed?.serverKeyPem ?? makeKey()
  ])
  const nowMs = fixed?.nowMs ?? Date.now()
  const { pki } = forge
  const caName = [
    { name: 'commonName', value: 'Lab Root CA' },
    { name: 'organizationName', value: 'Telit SSL Simulator lab' }
  ]
  const caKey = createPrivateKey(caKeyPem)
  const ca = certificate(pki, {
    subject: caName,
    issuer: caName,
    key: caKey,
    years: CA_YEARS,
    serial: '01',
    nowMs
  })
  ca.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }
  ])
  signBy(forge, ca, caKey, 'sha256')

  const subject = [{ name: 'commonName', value: names[0]! }]
  const server = certificate(pki, {
    subject,
    issuer: caName,
    key: createPrivateKey(serverKeyPem),
    years: SERVER_YEARS,
    serial: '02',
    nowMs
  })
  server.setExtensions([
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: names.map((name) => (/^[\d.]+$/.test(name) ? { type: 7, ip: name } : { type: 2, value: name }))
    }
  ])
  // SHA-1, as servers of the guide's time used. A SHA-256 certificate can be chosen in the lab.
  signBy(forge, server, caKey, 'sha1')
  // Lines end with LF only, so that the file can be sent to a GSM module unchanged (G-3.3-5).
  const pem = (one: ForgePki.Certificate): string => pki.certificateToPem(one).replaceAll('\r', '')
  return {
    ca: { certificatePem: pem(ca), keyPem: caKeyPem },
    server: { certificatePem: pem(server), keyPem: serverKeyPem }
  }
}

/** Given keys (PKCS#1, PEM) and the date of the certificates (milliseconds since 1970 UTC). */
export interface FixedPki {
  readonly caKeyPem: string
  readonly serverKeyPem: string
  readonly nowMs: number
}

/** Returns whether stored keys can still be used: readable, matching their certificates, and valid for another day. */
export function stillGood({ ca, server }: LabPki, nowMs: number): boolean {
  try {
    return [ca, server].every(({ certificatePem, keyPem }) => {
      const read = new X509Certificate(certificatePem)
      return Date.parse(read.validTo) > nowMs + DAY_MS && read.checkPrivateKey(createPrivateKey(keyPem))
    })
  } catch {
    return false
  }
}

export function keyOf(identity: LabIdentity): KeyObject {
  return createPrivateKey(identity.keyPem)
}

const DAY_MS = 86_400_000
const CA_YEARS = 10
const SERVER_YEARS = 2
/** As servers of the guide's time used. Larger keys are only slower. */
const KEY_BITS = 2048

async function makeKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS })
  return privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
}

interface CertificateFacts {
  readonly subject: ForgePki.CertificateField[]
  readonly issuer: ForgePki.CertificateField[]
  /** The subject's key. Only its public half is used. */
  readonly key: KeyObject
  readonly years: number
  readonly serial: string
  readonly nowMs: number
}

function certificate(pki: typeof ForgePki, facts: CertificateFacts): ForgePki.Certificate {
  const made = pki.createCertificate()
  made.serialNumber = facts.serial
  made.publicKey = pki.publicKeyFromPem(createPublicKey(facts.key).export({ type: 'spki', format: 'pem' }).toString())
  // Valid from the day before, for a module whose clock is slow or in another time zone.
  made.validity.notBefore = new Date(facts.nowMs - DAY_MS)
  made.validity.notAfter = new Date(facts.nowMs + facts.years * 365 * DAY_MS)
  made.setSubject(facts.subject)
  made.setIssuer(facts.issuer)
  return made
}

/** Signs with node:crypto, so that node-forge never holds a private key. */
function signBy(
  { pki, asn1: asn }: typeof forgeModule,
  made: ForgePki.Certificate,
  key: KeyObject,
  hash: 'sha1' | 'sha256'
): void {
  const oid = pki.oids[`${hash}WithRSAEncryption`]!
  Object.assign(made, { signatureOid: oid, siginfo: { algorithmOid: oid } })
  // In the documentation of forge, but not in its types.
  const { getTBSCertificate } = pki as unknown as { getTBSCertificate(made: ForgePki.Certificate): asn1.Asn1 }
  const body = Buffer.from(asn.toDer(getTBSCertificate(made)).getBytes(), 'latin1')
  made.signature = sign(hash, body, key).toString('latin1')
}
