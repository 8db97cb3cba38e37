import { createPrivateKey } from 'node:crypto'
import type { SlotForm, SlotOffer } from '../../shared/calls/nvm.ts'
import { counted } from '../../shared/english/counted.ts'
import { securitySlots } from '../../shared/hardware/security-slots.ts'
import { isSelfIssued, readCertificate, rsaKey, type Certificate } from './certificate.ts'
import { X509Fault } from './fault.ts'
import { looksLikePem } from './pem.ts'
import { keyFormatOfDer } from './private-key.ts'
import { blocksOf, count } from './slot-blocks.ts'
import type { OtherSlots, ReadFile, SlotNumber, SlotRules } from './slot-rules.ts'
import { warningsOf } from './slot-warnings.ts'
import { describeStored } from './stored-data.ts'

/** Returns what a person's file would be in a slot. Never throws, and quotes nothing of a key. */
export function offerOf(
  slot: SlotNumber,
  file: Uint8Array,
  rules: SlotRules,
  others: OtherSlots,
  pick?: number
): SlotOffer {
  const read = readFile(slot, file, rules, pick)
  const asIs = file.length > 0 && file.length <= rules.capacityBytes ? formOf(slot, file, rules) : null
  const sameBytes = read.wanted !== null && Buffer.from(read.wanted).equals(Buffer.from(file))
  const needsMending =
    read.wanted !== null && !sameBytes && (asIs === null || asIs.fault !== null || read.certificates.length > 1)
  const mended = needsMending ? formOf(slot, read.wanted, rules) : null
  return {
    asIs,
    mended,
    changes: mended ? read.changes : [],
    refusal: mended || asIs?.fault === null ? null : (read.refusal ?? asIs?.fault ?? null),
    warnings: warningsOf(slot, read, others),
    certificates:
      read.certificates.length > 1
        ? read.certificates.map((one) => ({ subject: one.subject.text, isRoot: isSelfIssued(one) }))
        : [],
    pick: read.pick
  }
}

/** Returns the bytes of a form to be stored; `null` when there is none. */
export function bytesOf(
  slot: SlotNumber,
  file: Uint8Array,
  form: 'as-is' | 'mended',
  rules: SlotRules,
  pick?: number
): Uint8Array | null {
  return form === 'as-is' ? file : readFile(slot, file, rules, pick).wanted
}

/** Returns a certificate in the module's format; `null` when it is too large in every format. */
export function storableCertificate(der: Uint8Array, { wants, readsDer, capacityBytes }: SlotRules): Uint8Array | null {
  const forms = [...(wants === 'DER' ? [der] : []), pemOf('CERTIFICATE', der), ...(readsDer ? [der] : [])]
  return forms.find((one) => one.length <= capacityBytes) ?? null
}

/** Returns PEM with LF only (RFC 7468), which every family accepts (G-3.3-5). */
export function pemOf(label: string, der: Uint8Array): Uint8Array {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return Buffer.from(`-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`, 'latin1')
}

function readFile(slot: SlotNumber, file: Uint8Array, rules: SlotRules, pick?: number): ReadFile {
  const none = { wanted: null, changes: [], certificates: [], pick: 0, key: null }
  if (file.length === 0) return { ...none, refusal: 'The file is empty.' }
  try {
    return slot === 2 ? readKeyFile(file, rules) : readCertificateFile(slot, file, rules, pick)
  } catch (error) {
    // Errors of the crypto library may quote their input, which may be a private key.
    const fault = error instanceof X509Fault ? error.message : 'cannot be read'
    return { ...none, refusal: `The file ${fault}.` }
  }
}

function readCertificateFile(slot: SlotNumber, file: Uint8Array, rules: SlotRules, asked?: number): ReadFile {
  const blocks = blocksOf(file)
  const ders =
    blocks.length > 0
      ? blocks.filter(({ label }) => label.endsWith('CERTIFICATE')).map(({ der }) => der)
      : looksLikePem(file)
        ? []
        : [Buffer.from(file)]
  if (ders.length === 0) {
    const [first] = blocks
    throw new X509Fault(
      first
        ? `holds no certificate but ${article(first.label)}`
        : looksLikePem(file)
          ? 'holds a certificate that was cut short'
          : 'holds no certificate'
    )
  }
  const certificates = ders
    .slice(0, MAX_CERTIFICATES)
    .map((der, index) => readOne(der, ders.length > 1 ? `certificate ${index + 1} of it ` : '', file))
  const pick = asked !== undefined && asked < certificates.length ? asked : pickOf(slot, certificates)
  const chosen = certificates[pick]!
  const base = { certificates, pick, key: null }
  const changes = [
    ...(certificates.length > 1 ? [`only ${chosen.subject.shortText} of ${certificates.length} certificates`] : []),
    ...changesOf(file, rules)
  ]
  try {
    rsaKey(chosen.publicKey)
  } catch (error) {
    if (!(error instanceof X509Fault)) throw error
    return { ...base, wanted: null, changes, refusal: `The certificate ${error.message}; the module knows RSA alone.` }
  }
  const wanted = storableCertificate(chosen.der, rules)
  const refusal = wanted ? null : tooLarge(`The certificate`, chosen.der, 'CERTIFICATE', rules)
  const inDer = wanted !== null && !looksLikePem(wanted)
  return {
    ...base,
    wanted,
    refusal,
    changes: [...changes, ...(looksLikePem(file) === inDer ? [inDer ? 'written as DER' : 'written as PEM'] : [])]
  }
}

function readOne(der: Buffer, which: string, file: Uint8Array): Certificate {
  try {
    return readCertificate(der)
  } catch (error) {
    if (!(error instanceof X509Fault)) throw error
    throw new X509Fault(
      looksLikePem(file) || file[0] === DER_SEQUENCE
        ? `is no certificate that can be read: ${which}${error.message}`
        : 'is neither PEM nor DER'
    )
  }
}

/** Chooses from a file with a whole chain: the root for the CA slot, the own certificate for the client's. */
function pickOf(slot: SlotNumber, certificates: readonly Certificate[]): number {
  if (slot === 0) return 0
  const root = certificates.findIndex(isSelfIssued)
  return root >= 0 ? root : certificates.length - 1
}

function readKeyFile(file: Uint8Array, rules: SlotRules): ReadFile {
  const base = { certificates: [], pick: 0 }
  const blocks = blocksOf(file)
  const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'))
  if (!block && (looksLikePem(file) || file[0] !== DER_SEQUENCE)) {
    throw new X509Fault(blocks[0] ? `holds no private key but ${article(blocks[0].label)}` : 'holds no private key')
  }
  if (block && (block.encrypted || block.label.startsWith('ENCRYPTED'))) throw new X509Fault(ENCRYPTED)
  const der = block?.der ?? Buffer.from(file)
  const container = block
    ? block.label === 'PRIVATE KEY'
      ? 'pkcs8'
      : block.label === 'RSA PRIVATE KEY'
        ? 'pkcs1'
        : 'other'
    : keyFormatOfDer(der)
  if (container === 'other') throw new X509Fault(`holds ${article(block!.label)}; the module knows RSA keys alone`)
  const key = createPrivateKey({ key: der, format: 'der', type: container })
  if (key.asymmetricKeyType !== 'rsa')
    throw new X509Fault(
      `holds a key of the kind ${key.asymmetricKeyType ?? 'unknown'}; the module knows RSA keys alone`
    )
  const readable = rules.policy.keyFormats.includes(container)
  const wantedDer = readable ? der : key.export({ format: 'der', type: 'pkcs1' })
  const label = readable && container === 'pkcs8' ? 'PRIVATE KEY' : 'RSA PRIVATE KEY'
  const forms = [
    ...(rules.wants === 'DER' ? [wantedDer] : []),
    pemOf(label, wantedDer),
    ...(rules.readsDer ? [wantedDer] : [])
  ]
  const wanted = forms.find((one) => one.length <= rules.capacityBytes) ?? null
  const changes = [
    ...changesOf(file, rules),
    ...(readable ? [] : ['PKCS#8 rewritten as PKCS#1']),
    ...(blocks.length > 1 ? ['only the key of the file'] : [])
  ]
  return { ...base, key, wanted, changes, refusal: wanted ? null : tooLarge('The key', wantedDer, label, rules) }
}

function changesOf(file: Uint8Array, { policy }: SlotRules): string[] {
  if (!looksLikePem(file)) return []
  const text = Buffer.from(file).toString('latin1')
  const crs = count(text, /\r/g)
  const strays = file.reduce((total, byte) => total + (byte === 0x00 || byte === 0x04 || byte === 0xff ? 1 : 0), 0)
  return [
    ...(crs > 0 && policy.pemLineEnds === 'lf-only' ? [`${counted(crs, 'CR')} taken out`] : []),
    ...(strays > 0 ? [`${counted(strays, 'end-of-file byte')} taken out`] : []),
    ...(/^\s*-----BEGIN/.test(text) && /-----\s*$/.test(text) ? [] : ['text around it left out'])
  ]
}

function formOf(slot: SlotNumber, bytes: Uint8Array, { policy }: SlotRules): SlotForm {
  const { format, subject, keyBits, fault } = describeStored(securitySlots[slot]!, bytes, policy)
  return { storedBytes: bytes.length, format, subject, keyBits, fault }
}

function tooLarge(what: string, der: Uint8Array, label: string, { capacityBytes, readsDer }: SlotRules): string {
  const pem = pemOf(label, der).length
  return `${what} has ${pem} bytes as PEM${readsDer ? ` and ${der.length} as DER` : ''}; a slot takes ${capacityBytes}.`
}

function article(label: string): string {
  const words = label
    .toLowerCase()
    .replace(/\brsa\b/, 'RSA')
    .replace(/\bec\b/, 'EC')
    .replace(/\bx509\b/, 'X.509')
  return `${/^([aeiou]|RSA|EC|X)/.test(words) ? 'an' : 'a'} ${words}`
}

const DER_SEQUENCE = 0x30

/** Far more than a chain. A file with all known roots has no single certificate to store. */
const MAX_CERTIFICATES = 32

const ENCRYPTED =
  'holds a key that is encrypted with a passphrase, which the module cannot ask for; openssl rsa -in FILE -out PLAIN takes it off'
