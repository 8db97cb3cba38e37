import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { counted } from '../../shared/english/counted.ts'
import type { SlotForm, SlotOffer } from '../../shared/calls/nvm.ts'
import type { StoredDataPolicy } from '../../shared/contracts/security.ts'
import { securitySlots } from '../../shared/hardware/security-slots.ts'
import { readCertificate, rsaKey } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { X509Fault } from './fault.ts'
import { looksLikePem } from './pem.ts'
import { keyFormatOfDer } from './private-key.ts'
import { describeStored } from './stored-data.ts'

/** What a slot of the product takes, and how. */
export interface SlotRules {
  readonly policy: StoredDataPolicy
  readonly capacityBytes: number
  /** How #SSLSECDATA takes data at present. */
  readonly wants: 'PEM' | 'DER'
  /** Whether the product reads DER at all (G-3.2-2). */
  readonly readsDer: boolean
}

/** What else is stored, for what pairs with what. */
export interface OtherSlots {
  readonly clientCertificate: Uint8Array | null
  readonly privateKey: Uint8Array | null
}

export type SlotNumber = 0 | 1 | 2

/** What a person's file would be in a slot. Never throws, and quotes nothing of a key. */
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

/** The bytes of a form, for storing; null where there is none. */
export function bytesOf(
  slot: SlotNumber,
  file: Uint8Array,
  form: 'as-is' | 'mended',
  rules: SlotRules,
  pick?: number
): Uint8Array | null {
  return form === 'as-is' ? file : readFile(slot, file, rules, pick).wanted
}

/** A certificate as the module wants it; null when it is too large in every form. */
export function storableCertificate(der: Uint8Array, { wants, readsDer, capacityBytes }: SlotRules): Uint8Array | null {
  const forms = [...(wants === 'DER' ? [der] : []), pemOf('CERTIFICATE', der), ...(readsDer ? [der] : [])]
  return forms.find((one) => one.length <= capacityBytes) ?? null
}

/** RFC 7468 with LF only, which every family takes (G-3.3-5). */
export function pemOf(label: string, der: Uint8Array): Uint8Array {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return Buffer.from(`-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`, 'latin1')
}

export function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return issuer.canonical === subject.canonical
}

interface ReadFile {
  /** As the module wants it; null: it cannot be had. */
  readonly wanted: Uint8Array | null
  readonly refusal: string | null
  readonly changes: readonly string[]
  readonly certificates: readonly Certificate[]
  readonly pick: number
  readonly key: KeyObject | null
}

function readFile(slot: SlotNumber, file: Uint8Array, rules: SlotRules, pick?: number): ReadFile {
  const none = { wanted: null, changes: [], certificates: [], pick: 0, key: null }
  if (file.length === 0) return { ...none, refusal: 'The file is empty.' }
  try {
    return slot === 2 ? readKeyFile(file, rules) : readCertificateFile(slot, file, rules, pick)
  } catch (error) {
    // Errors of the crypto library may quote what they read, and a private key must not get into a sentence.
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

/** A file with the whole chain: the module wants the root as the CA certificate, and its own certificate as the client's. */
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

/** Every PEM block, whatever surrounds it and however its lines end; what is broken is left out. */
function blocksOf(file: Uint8Array): { label: string; der: Buffer; encrypted: boolean }[] {
  const text = Buffer.from(file).toString('latin1')
  const lines = [...text.matchAll(/-----(BEGIN|END) ([A-Z0-9 ]{1,64})(?=-----)/g)].map(
    ({ index, 0: { length }, 1: kind, 2: label }) => ({
      kind,
      label: label!,
      start: index,
      end: index + length + DASHES
    })
  )
  // Of each label, those that have not been passed: a BEGIN without an END must not look through the rest of the file.
  const ends = new Map<string, number[]>()
  for (const { kind, label, start } of lines.toReversed()) {
    if (kind !== 'END') continue
    const starts = ends.get(label)
    if (starts) starts.push(start)
    else ends.set(label, [start])
  }
  const blocks: { label: string; der: Buffer; encrypted: boolean }[] = []
  let passed = 0
  for (const { kind, label, start, end } of lines) {
    const starts = ends.get(label)
    if (kind !== 'BEGIN' || start < passed || !starts) continue
    while (starts.length > 0 && starts.at(-1)! < end) starts.pop()
    const bodyEnd = starts.at(-1)
    if (bodyEnd === undefined) continue
    const body = text.slice(end, bodyEnd)
    blocks.push({
      label,
      encrypted: body.includes('ENCRYPTED'),
      der: Buffer.from(body.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64')
    })
    passed = bodyEnd + END_WORD.length + label.length + DASHES
  }
  return blocks
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

function warningsOf(slot: SlotNumber, read: ReadFile, others: OtherSlots): string[] {
  const chosen = read.certificates[read.pick]
  if (slot === 2 && read.key && others.clientCertificate) {
    const client = certificateIn(others.clientCertificate)
    if (client && !pairs(client, read.key))
      return [`This key does not belong to the client certificate in slot 0 (${client.subject.shortText}).`]
  }
  if (slot === 0 && chosen && others.privateKey) {
    const key = keyIn(others.privateKey)
    if (key && !pairs(chosen, key))
      return ['The private key in slot 2 belongs to another certificate: store its own key next.']
  }
  if (
    slot === 1 &&
    chosen &&
    !isSelfIssued(chosen) &&
    chosen.version === 3 &&
    chosen.extensions.basicConstraints?.isCa !== true
  ) {
    return [
      `${chosen.subject.shortText} is no authority but the certificate of one server; the module would trust that server alone.`
    ]
  }
  return []
}

function pairs(certificate: Certificate, privateKey: KeyObject): boolean {
  try {
    return createPublicKey(privateKey).equals(rsaKey(certificate.publicKey))
  } catch {
    return false
  }
}

function certificateIn(stored: Uint8Array): Certificate | null {
  try {
    return readCertificate(blocksOf(stored)[0]?.der ?? stored)
  } catch {
    return null
  }
}

function keyIn(stored: Uint8Array): KeyObject | null {
  try {
    const [block] = blocksOf(stored)
    const der = block?.der ?? Buffer.from(stored)
    return createPrivateKey({
      key: der,
      format: 'der',
      type: block ? (block.label === 'PRIVATE KEY' ? 'pkcs8' : 'pkcs1') : keyFormatOfDer(der)
    })
  } catch {
    return null
  }
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

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

const DER_SEQUENCE = 0x30
const DASHES = 5
const END_WORD = '-----END '
/** Far more than a chain; a file of all the roots there are has no one certificate to store. */
const MAX_CERTIFICATES = 32
const ENCRYPTED =
  'holds a key that is encrypted with a passphrase, which the module cannot ask for; openssl rsa -in FILE -out PLAIN takes it off'
