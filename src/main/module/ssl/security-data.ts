import type {
  SecureTransport,
  StoredData,
  StoredDataPolicy,
  StoredDataSummary
} from '../../../shared/contracts/security.ts'
import { securitySlots, type SecuritySlot } from '../../../shared/hardware/security-slots.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { Nvm } from '../hardware/nvm.ts'

/**
 * The three slots of #SSLSECDATA in NVM (guide chapter 3.3, D-12), stored byte for byte. A factory CA certificate can
 * be read and deleted like a stored one; the first write or delete of the slot removes it (G-3.3-8, D-41).
 */
export class SecurityData {
  readonly policy: StoredDataPolicy
  /** The certificate format last given in this power cycle; `null` before, which means PEM (G-3.2-6). */
  format: CertificateFormat | null = null
  /** The factory CA certificate in base64, or `null`. */
  private preloadedCa: string | null
  private readonly summaries = new Map<SecuritySlot, { of: string; summary: StoredDataSummary }>()

  constructor(
    private readonly nvm: Nvm,
    private readonly transport: SecureTransport,
    profile: ModuleProfile,
    preloadedCa: Uint8Array | null = null
  ) {
    this.preloadedCa = preloadedCa && base64OfBytes(preloadedCa)
    this.policy = { pemLineEnds: profile.pemLineEnds, keyFormats: profile.keyFormats }
  }

  read(dataType: DataType): Uint8Array | null {
    const stored = this.text(dataType)
    return stored === null ? null : bytesOfBase64(stored)
  }

  has(dataType: DataType): boolean {
    return this.text(dataType) !== null
  }

  /** Returns whether the slot holds the factory certificate. */
  isPreloaded(dataType: DataType): boolean {
    return this.nvm.contents.slots[dataType] === null && this.has(dataType)
  }

  /** Sets the factory CA certificate (`null` for none) and resets the slot to factory state. */
  preload(bytes: Uint8Array | null, cause: number): void {
    const [client, , key] = this.nvm.contents.slots
    const sentence =
      bytes === null
        ? 'The module comes without a CA certificate.'
        : `The module comes with a CA certificate, ${bytes.length} bytes.`
    this.nvm.update({ slots: [client, null, key], preloadedCaGone: false }, sentence, cause)
    this.preloadedCa = bytes && base64OfBytes(bytes)
  }

  write(dataType: DataType, bytes: Uint8Array, cause: number): void {
    this.store(dataType, base64OfBytes(bytes), `${dataTypeNames[dataType]} stored, ${bytes.length} bytes.`, cause)
  }

  delete(dataType: DataType, cause: number): void {
    this.store(dataType, null, `${dataTypeNames[dataType]} deleted.`, cause)
  }

  /** Returns the stored data for an authentication mode. */
  forDial(authMode: 0 | 1 | 2): StoredData {
    return { authMode, clientCertificate: this.read(0), caCertificate: this.read(1), privateKey: this.read(2) }
  }

  /** Describes a slot for people; `null` when it is empty. */
  describe(dataType: DataType): { storedBytes: number; summary: StoredDataSummary } | null {
    const bytes = this.read(dataType)
    const summary = this.summary(dataType)
    return bytes === null || summary === null ? null : { storedBytes: bytes.length, summary }
  }

  /** Returns the summary of a slot's data; `null` when it is empty. */
  summary(dataType: DataType): StoredDataSummary | null {
    const stored = this.text(dataType)
    if (stored === null) return null
    const slot = securitySlots[dataType]!
    let known = this.summaries.get(slot)
    // Cached: parsing takes time, and snapshots are made many times a second.
    if (known?.of !== stored) {
      known = { of: stored, summary: this.transport.describe(slot, bytesOfBase64(stored), this.policy) }
      this.summaries.set(slot, known)
    }
    return known.summary
  }

  private store(dataType: DataType, value: string | null, sentence: string, cause: number): void {
    const slots = this.nvm.contents.slots.map((one, index) => (index === dataType ? value : one))
    const preloadedCaGone = this.nvm.contents.preloadedCaGone || dataType === CA_CERTIFICATE
    this.nvm.update({ slots: [slots[0]!, slots[1]!, slots[2]!], preloadedCaGone }, sentence, cause)
  }

  /** Returns a slot's content in base64. */
  private text(dataType: DataType): string | null {
    const { slots, preloadedCaGone } = this.nvm.contents
    return slots[dataType] ?? (dataType === CA_CERTIFICATE && !preloadedCaGone ? this.preloadedCa : null)
  }
}

/** `<cert_format>` of #SSLSECCFG (G-3.2-2). */
export type CertificateFormat = 0 | 1
export const DER: CertificateFormat = 0
export const PEM: CertificateFormat = 1

/** `<DataType>` of #SSLSECDATA (G-3.3-1). */
export type DataType = 0 | 1 | 2

const CA_CERTIFICATE: DataType = 1

export const dataTypeNames: Record<DataType, string> = {
  0: 'Client certificate',
  1: 'CA certificate',
  2: 'Private key'
}

/** Encodes bytes as NVM stores them. */
export function base64OfBytes(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

export function bytesOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
}
