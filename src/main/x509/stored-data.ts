import { createHash, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { StoredData, StoredDataPolicy, StoredDataSummary } from '../../shared/contracts/security.ts'
import type { SecuritySlot } from '../../shared/hardware/security-slots.ts'
import type { FailureFact, Finding } from '../../shared/rules/failure-facts.ts'
import { TlsFailure } from '../../shared/tls/failure.ts'
import { certificateFact } from './certificate-fact.ts'
import { readCertificate, rsaKey } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { X509Fault } from './fault.ts'
import { looksLikePem, readPem } from './pem.ts'
import { keyFormatOfDer, keyFormatOfLabel, readPrivateKey } from './private-key.ts'

/** The stored data that an authentication mode needs, parsed (G-3.2-5). */
export type UsableData =
  | { readonly authMode: 0 }
  | { readonly authMode: 1; readonly ca: Certificate }
  | ({ readonly authMode: 2; readonly ca: Certificate } & StoredPair)

/** A client certificate and its private key. */
export interface StoredPair {
  readonly clientCertificate: Certificate
  readonly privateKey: KeyObject
}

/** Parses what the authentication mode needs. Throws a TlsFailure of blame own-data, which gives +CME 837 (D-27). */
export function readStoredData(stored: StoredData, policy: StoredDataPolicy): UsableData {
  const { authMode } = stored
  if (authMode === 0) return { authMode }
  const ca = slotContent('ca-certificate', stored.caCertificate, authMode, (bytes) =>
    readStoredCertificate(bytes, policy)
  )
  return authMode === 1 ? { authMode, ca } : { authMode, ca, ...readStoredPair(stored, policy) }
}

/**
 * Parses the client certificate and its key, which authentication mode 2 needs besides the CA certificate. Throws like
 * `readStoredData`.
 */
export function readStoredPair(
  stored: Pick<StoredData, 'clientCertificate' | 'privateKey'>,
  policy: StoredDataPolicy
): StoredPair {
  const client = slotContent('client-certificate', stored.clientCertificate, 2, (bytes) => {
    const certificate = readStoredCertificate(bytes, policy)
    return { certificate, key: rsaKey(certificate.publicKey) }
  })
  const privateKey = slotContent('private-key', stored.privateKey, 2, (bytes) => readStoredKey(bytes, policy))
  if (!createPublicKey(privateKey).equals(client.key)) {
    throw ownData('The stored private key does not belong to the stored client certificate.', {
      expected: `the key of ${client.certificate.subject.text}`,
      got: 'the key of another pair',
      rule: 'D-27',
      finding: 'key-mismatch',
      facts: [certificateFact(client.certificate, null)]
    })
  }
  return { clientCertificate: client.certificate, privateKey }
}

/** Summarises a slot for a person. Never throws. */
export function describeStored(slot: SecuritySlot, bytes: Uint8Array, policy: StoredDataPolicy): StoredDataSummary {
  const format = looksLikePem(bytes) ? 'PEM' : bytes[0] === DER_SEQUENCE ? 'DER' : 'unknown'
  const empty = {
    format,
    subject: null,
    issuer: null,
    notBeforeMs: null,
    notAfterMs: null,
    keyBits: null,
    sha1Fingerprint: null
  } as const
  try {
    if (slot === 'private-key') return { ...empty, keyBits: bitsOf(readStoredKey(bytes, policy)), fault: null }
    const certificate = readStoredCertificate(bytes, policy)
    return { ...empty, ...describeCertificate(certificate), ...keyOrFault(certificate, slot) }
  } catch (error) {
    return { ...empty, fault: faultSentence(slot, error) }
  }
}

/** Returns a certificate's names for people. Never throws. */
export function describeDer(der: Uint8Array): string {
  try {
    return readCertificate(der).subject.shortText
  } catch {
    return `an unreadable certificate of ${der.length} bytes`
  }
}

const DER_SEQUENCE = 0x30

const slotNames: Readonly<Record<SecuritySlot, string>> = {
  'client-certificate': 'client certificate',
  'ca-certificate': 'CA certificate',
  'private-key': 'private key'
}

const slotDataTypes: Readonly<Record<SecuritySlot, number>> = {
  'client-certificate': 0,
  'ca-certificate': 1,
  'private-key': 2
}

function readStoredCertificate(bytes: Uint8Array, policy: StoredDataPolicy): Certificate {
  if (!isPem(bytes, policy)) return readCertificate(bytes)
  const { label, der } = readPem(bytes, policy.pemLineEnds)
  if (label !== 'CERTIFICATE' && label !== 'X509 CERTIFICATE') {
    throw new X509Fault('is no certificate', { expected: 'CERTIFICATE', got: label })
  }
  return readCertificate(der)
}

function readStoredKey(bytes: Uint8Array, policy: StoredDataPolicy): KeyObject {
  if (!isPem(bytes, policy)) {
    const der = Buffer.from(bytes)
    return readPrivateKey(der, keyFormatOfDer(der), policy.keyFormats)
  }
  const { label, der } = readPem(bytes, policy.pemLineEnds)
  return readPrivateKey(der, keyFormatOfLabel(label), policy.keyFormats)
}

/**
 * Returns whether data is PEM. The products that refuse a CR are those that take PEM only: both follow from G-3.3-5.
 */
function isPem(bytes: Uint8Array, policy: StoredDataPolicy): boolean {
  if (looksLikePem(bytes)) return true
  if (bytes[0] !== DER_SEQUENCE) {
    const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
    throw new X509Fault('is neither PEM nor DER', { expected: '-----BEGIN', got: JSON.stringify(start) })
  }
  if (policy.pemLineEnds === 'lf-only')
    throw new X509Fault('is in DER', { expected: 'PEM', got: 'DER', rule: 'G-3.3-5', finding: 'slot-der' })
  return false
}

function describeCertificate({
  der,
  subject,
  issuer,
  notBeforeMs,
  notAfterMs
}: Certificate): Partial<StoredDataSummary> {
  const sha1Fingerprint = createHash('sha1')
    .update(der)
    .digest('hex')
    .toUpperCase()
    .replace(/..(?=.)/g, '$&:')
  return { subject: subject.text, issuer: issuer.text, notBeforeMs, notAfterMs, sha1Fingerprint }
}

function keyOrFault(certificate: Certificate, slot: SecuritySlot): Pick<StoredDataSummary, 'keyBits' | 'fault'> {
  try {
    return { keyBits: bitsOf(rsaKey(certificate.publicKey)), fault: null }
  } catch (error) {
    return { keyBits: null, fault: faultSentence(slot, error) }
  }
}

function bitsOf(key: KeyObject): number | null {
  return key.asymmetricKeyDetails?.modulusLength ?? null
}

function slotContent<T>(
  slot: SecuritySlot,
  bytes: Uint8Array | null,
  authMode: number,
  read: (bytes: Uint8Array) => T
): T {
  if (bytes === null || bytes.length === 0) {
    throw ownData(`No ${slotNames[slot]} is stored, which auth mode ${authMode} needs.`, {
      expected: `a ${slotNames[slot]} (data type ${slotDataTypes[slot]} of #SSLSECDATA)`,
      got: 'No data stored',
      rule: 'G-3.2-5',
      finding: 'slot-empty',
      facts: [{ kind: 'slot', slot, storedBytes: 0, strayBytes: 0 }]
    })
  }
  try {
    return read(bytes)
  } catch (error) {
    const { expected, got, rule, finding, strayBytes } =
      error instanceof X509Fault ? error : { expected: null, got: null, rule: null, finding: null, strayBytes: 0 }
    throw ownData(faultSentence(slot, error), {
      expected,
      got,
      rule: rule ?? 'D-27',
      finding: finding ?? 'slot-unreadable',
      facts: [{ kind: 'slot', slot, storedBytes: bytes.length, strayBytes }]
    })
  }
}

function faultSentence(slot: SecuritySlot, error: unknown): string {
  // Errors of the crypto library may quote their input, which may be a private key.
  const fault = error instanceof X509Fault ? error.message : 'cannot be read'
  return `The stored ${slotNames[slot]} ${fault}.`
}

function ownData(sentence: string, particulars: OwnDataParticulars): TlsFailure {
  return new TlsFailure({ blame: 'own-data', alert: null, sentence, ...particulars })
}

interface OwnDataParticulars {
  readonly expected: string | null
  readonly got: string | null
  readonly rule: string
  readonly finding: Finding
  readonly facts: readonly FailureFact[]
}
