import { createPrivateKey, createPublicKey, generateKeyPair, sign, type KeyObject, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import type forgeModule from 'node-forge'
import type { asn1, pki as ForgePki } from 'node-forge'

/** A certificate and its key, as the lab's servers need them. */
export interface LabIdentity {
  readonly certificatePem: string
  readonly keyPem: string
}

/** The lab's own certificate authority and the certificate of its servers. */
export interface LabPki {
  readonly ca: LabIdentity
  readonly server: LabIdentity
}

/**
 * Makes keys and certificates anew: some hundred milliseconds, most of it finding primes off the main thread. With `fixed` keys and
 * date they are the same each time.
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
  // As servers of the guide's time had it; a certificate with SHA-256 can be chosen.
  signBy(forge, server, caKey, 'sha1')
  // Lines end with LF only, so that the file can be sent to a GSM module as it is (G-3.3-5).
  const pem = (one: ForgePki.Certificate): string => pki.certificateToPem(one).replaceAll('\r', '')
  return {
    ca: { certificatePem: pem(ca), keyPem: caKeyPem },
    server: { certificatePem: pem(server), keyPem: serverKeyPem }
  }
}

/** Keys that exist, PKCS#1 as PEM, and the date of the certificates, milliseconds since 1970 UTC. */
export interface FixedPki {
  readonly caKeyPem: string
  readonly serverKeyPem: string
  readonly nowMs: number
}

/** Whether a kept identity can still be used: readable, key and certificate of one pair, valid for another day. */
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
/** What servers of the guide's time had; larger keys only cost time here. */
const KEY_BITS = 2048

async function makeKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS })
  return privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
}

interface CertificateFacts {
  readonly subject: ForgePki.CertificateField[]
  readonly issuer: ForgePki.CertificateField[]
  /** Of the subject; only its public half is used. */
  readonly key: KeyObject
  readonly years: number
  readonly serial: string
  readonly nowMs: number
}

function certificate(pki: typeof ForgePki, facts: CertificateFacts): ForgePki.Certificate {
  const made = pki.createCertificate()
  made.serialNumber = facts.serial
  made.publicKey = pki.publicKeyFromPem(createPublicKey(facts.key).export({ type: 'spki', format: 'pem' }).toString())
  // Begins the day before, so that a module whose clock runs behind, or in another zone, accepts it.
  made.validity.notBefore = new Date(facts.nowMs - DAY_MS)
  made.validity.notAfter = new Date(facts.nowMs + facts.years * 365 * DAY_MS)
  made.setSubject(facts.subject)
  made.setIssuer(facts.issuer)
  return made
}

/** Signs with node:crypto: node-forge writes certificates and never has a private key. */
function signBy(
  { pki, asn1: asn }: typeof forgeModule,
  made: ForgePki.Certificate,
  key: KeyObject,
  hash: 'sha1' | 'sha256'
): void {
  const oid = pki.oids[`${hash}WithRSAEncryption`]!
  Object.assign(made, { signatureOid: oid, siginfo: { algorithmOid: oid } })
  // Not in forge's types, but in its documentation.
  const { getTBSCertificate } = pki as unknown as { getTBSCertificate(made: ForgePki.Certificate): asn1.Asn1 }
  const body = Buffer.from(asn.toDer(getTBSCertificate(made)).getBytes(), 'latin1')
  made.signature = sign(hash, body, key).toString('latin1')
}
